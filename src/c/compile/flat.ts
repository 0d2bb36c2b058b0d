import type { Expr, FunctionBody, Stmt } from '../ast.ts';
import { condition, declaration, effect, value } from './expression.ts';
import { guarded, leaveClosure } from './escape.ts';
import { type Escape, type Frame, type Jump, unsupported } from './frame.ts';
import { literal } from './representation.ts';
import { asm, cleanupCall, linesOf, returnValue } from './statement.ts';
import { anyStatement, callsSetjmp, casesOf, childrenOf } from './walk.ts';

/** True for functions whose control flow JavaScript's statements cannot express. */
export function needsFlat(body: FunctionBody): boolean {
  return body.hasLabels || callsSetjmp(body.block) || isFlat(body.block);
}

/** The same for the inside of a statement expression. */
export function isFlat(block: Stmt): boolean {
  return anyStatement(
    block,
    (stmt) => stmt.kind === 'label' || (stmt.kind === 'switch' && !hasPlainCases(stmt)),
  );
}

/** More values than this in one `case` are compared, not listed. */
const LISTED_VALUES = 256n;

/** All `case`s of a switch stand directly in its block, perhaps behind each other. */
function hasPlainCases(stmt: Extract<Stmt, { kind: 'switch' }>): boolean {
  let plain = 0;
  const top = stmt.body.kind === 'block' ? stmt.body.body : [stmt.body];
  for (let inner of top) {
    while (inner.kind === 'case' || inner.kind === 'default') {
      if (inner.kind === 'case' && inner.high - inner.low > LISTED_VALUES) {
        return false;
      }
      plain++;
      inner = inner.body;
    }
  }
  return plain === casesOf(stmt.body).length;
}

interface Target {
  readonly block: number;
  /** How many scopes are open there. */
  readonly depth: number;
}

interface Targets {
  readonly break?: Target;
  readonly continue?: Target;
}

/**
 * One function as a loop over numbered blocks:
 *
 *     flow: for (;;) { switch (pc) { case 0: …; pc = 3; continue flow; case 1: … } }
 *
 * A block that ends without a jump falls into the next, as `case` does.
 */
class FlatCompiler {
  private readonly frame: Frame;
  private readonly lines: string[] = [];
  private readonly labels = new Map<string, number>();
  /** For each label, the blocks that are open where it stands, outermost first. */
  private readonly chains = new Map<string, readonly Stmt[]>();
  private readonly open: { stmt: Stmt; cleanups: string[] }[] = [];
  /** For each label that was placed, how many cleanups each open block owed there. */
  private readonly owed = new Map<string, readonly number[]>();
  private readonly outside: Escape[] | undefined;
  private targets: Targets = {};
  private caseBlocks = new Map<Stmt, number>();
  private blocks = 1;

  constructor(frame: Frame, outside?: Escape[]) {
    this.frame = frame;
    this.outside = outside;
  }

  compile(body: FunctionBody): string {
    this.findLabels(body.block, []);
    const jumps = callsSetjmp(body.block);
    this.lines.push('case 0:');
    this.frame.resumable = jumps;
    this.statement(body.block);
    this.frame.resumable = false;
    const flow = `switch (pc) {${this.lines.join('\n')}}`;
    const site = this.frame.site(body.block.location);
    const landing = jumps
      ? `try {${flow}} catch (error) { pc = R.land(error, frame); continue flow; }`
      : flow;
    const head = jumps ? 'let sj = 0; const frame = R.newFrame();' : '';
    return `${head} let pc = 0; flow: for (;;) { if (--R.steps < 0) R.outOfSteps(${site}); ${landing} break body; }`;
  }

  /** The inside of a statement expression, as the body of a JavaScript function. */
  compileValue(block: Extract<Stmt, { kind: 'block' }>): string {
    const { repeats, resumable } = this.frame;
    this.frame.repeats = true;
    this.frame.resumable = false;
    this.findLabels(block, []);
    this.lines.push('case 0:');
    const result = this.frame.temporary();
    this.scope(block, () => {
      for (const [index, stmt] of block.body.entries()) {
        const last = index === block.body.length - 1;
        this.statement(stmt, last ? result : undefined);
      }
    });
    this.frame.repeats = repeats;
    this.frame.resumable = resumable;
    const flow = `switch (pc) {${this.lines.join('\n')}}`;
    const step = `if (--R.steps < 0) R.outOfSteps(${this.frame.site(block.location)});`;
    return `let pc = 0; ${result} = undefined; flow: for (;;) { ${step} ${flow} return ${result}; }`;
  }

  private findLabels(stmt: Stmt, chain: readonly Stmt[]): void {
    if (stmt.kind === 'label') {
      this.labels.set(stmt.name, this.blocks++);
      this.chains.set(stmt.name, chain);
    }
    const inner = stmt.kind === 'block' || stmt.kind === 'for' ? [...chain, stmt] : chain;
    for (const child of childrenOf(stmt)) {
      this.findLabels(child, inner);
    }
  }

  private emit(js: string): void {
    this.lines.push(js);
  }

  /** Statements with expressions in them, out of which statement expressions may jump. */
  private guard(compile: () => string): void {
    this.emit(guarded(this.frame, compile, (jump) => this.leaveBy(jump)));
  }

  private place(block: number): void {
    this.lines.push(`case ${block}:`);
  }

  private jump(block: number): string {
    return `{ pc = ${block}; continue flow; }`;
  }

  private hook(stmt: Stmt): void {
    const { context } = this.frame;
    if (
      stmt.kind === 'block' ||
      stmt.kind === 'label' ||
      stmt.kind === 'case' ||
      stmt.kind === 'default'
    ) {
      return;
    }
    const mark = context.mark(linesOf(stmt));
    if (mark !== undefined) {
      this.emit(`R.covered[${mark}] = 1;`);
    }
    if (context.trace) {
      this.emit(`R.statement(${context.site(stmt.location)});`);
    }
  }

  /** `result`: the local that takes the value of an expression statement. */
  private statement(stmt: Stmt, result?: string): void {
    if (callsSetjmp(stmt) && stmt.kind !== 'block' && stmt.kind !== 'for') {
      const again = this.blocks++;
      this.place(again);
      this.emit(`sj = ${again};`);
    }
    this.hook(stmt);
    switch (stmt.kind) {
      case 'expression':
        this.expression(stmt.expr, result);
        break;
      case 'declare':
        this.declare(stmt);
        break;
      case 'block':
        this.scope(stmt, () => {
          for (const inner of stmt.body) {
            this.statement(inner);
          }
        });
        break;
      case 'if':
        this.branch(stmt);
        break;
      case 'while':
      case 'do':
        this.loop(stmt);
        break;
      case 'for':
        this.scope(stmt, () => {
          for (const inner of stmt.init) {
            this.statement(inner);
          }
          this.loop(stmt);
        });
        break;
      case 'switch':
        this.switch(stmt);
        break;
      case 'case':
      case 'default':
        this.place(this.caseBlocks.get(stmt) ?? 0);
        this.statement(stmt.body);
        break;
      case 'break':
      case 'continue':
      case 'goto':
        this.emit(this.leaveBy(stmt));
        break;
      case 'computed-goto':
        this.computedGoto(stmt);
        break;
      case 'label':
        this.place(this.labels.get(stmt.name) ?? 0);
        this.owed.set(
          stmt.name,
          this.open.map(({ cleanups }) => cleanups.length),
        );
        this.statement(stmt.body, result);
        break;
      case 'return':
        this.return(stmt);
        break;
      case 'asm':
        this.emit(asm(this.frame, stmt));
        break;
      case 'empty':
        break;
    }
  }

  private expression(expr: Expr, result: string | undefined): void {
    if (result !== undefined) {
      this.guard(() => `${result} = ${value(this.frame, expr)};`);
    } else if (expr.kind === 'statement-expression') {
      this.statement(expr.body);
    } else {
      this.guard(() => `${effect(this.frame, expr)};`);
    }
  }

  private scope(stmt: Stmt, inside: () => void): void {
    const scope = { stmt, cleanups: [] as string[] };
    this.open.push(scope);
    inside();
    this.open.pop();
    this.emit(scope.cleanups.toReversed().join(' '));
  }

  private declare(stmt: Extract<Stmt, { kind: 'declare' }>): void {
    this.guard(() =>
      declaration(this.frame, stmt)
        .map((js) => `${js};`)
        .join(' '),
    );
    if (stmt.variable.cleanup !== undefined) {
      this.open.at(-1)?.cleanups.push(cleanupCall(this.frame, stmt));
    }
  }

  private branch(stmt: Extract<Stmt, { kind: 'if' }>): void {
    const [otherwise, end] = [this.blocks++, this.blocks++];
    this.guard(() => `if (!(${condition(this.frame, stmt.test)})) ${this.jump(otherwise)}`);
    this.statement(stmt.then);
    if (stmt.else !== undefined) {
      this.emit(this.jump(end));
    }
    this.place(otherwise);
    if (stmt.else !== undefined) {
      this.statement(stmt.else);
      this.place(end);
    }
  }

  private loop(stmt: Extract<Stmt, { kind: 'while' | 'do' | 'for' }>): void {
    const [top, step, end] = [this.blocks++, this.blocks++, this.blocks++];
    this.place(top);
    const { test } = stmt;
    if (stmt.kind !== 'do' && test !== undefined) {
      this.guard(() => `if (!(${condition(this.frame, test)})) ${this.jump(end)}`);
    }
    const depth = this.open.length;
    const targets = { break: { block: end, depth }, continue: { block: step, depth } };
    this.within(targets, stmt.body);
    this.place(step);
    const after = stmt.kind === 'for' ? stmt.step : undefined;
    if (after !== undefined) {
      this.guard(() => `${effect(this.frame, after)};`);
    }
    this.guard(() =>
      stmt.kind === 'do'
        ? `if (${condition(this.frame, stmt.test)}) ${this.jump(top)}`
        : this.jump(top),
    );
    this.place(end);
  }

  private within(targets: Targets, body: Stmt): void {
    const outer = this.targets;
    this.targets = targets;
    this.statement(body);
    this.targets = outer;
  }

  private switch(stmt: Extract<Stmt, { kind: 'switch' }>): void {
    const end = this.blocks++;
    const js = this.frame.temporary();
    this.guard(() => `${js} = ${value(this.frame, stmt.value)};`);
    let otherwise = end;
    for (const inner of casesOf(stmt.body)) {
      const block = this.blocks++;
      this.caseBlocks.set(inner, block);
      if (inner.kind === 'default') {
        otherwise = block;
      } else {
        this.emit(`if (${inCase(js, inner, stmt.value)}) ${this.jump(block)}`);
      }
    }
    this.emit(this.jump(otherwise));
    // A `continue` inside leaves the switch and whatever is around it in the loop.
    this.within({ ...this.targets, break: { block: end, depth: this.open.length } }, stmt.body);
    this.place(end);
  }

  private return(stmt: Extract<Stmt, { kind: 'return' }>): void {
    const { value: result } = stmt;
    if (result !== undefined) {
      this.guard(() => returnValue(this.frame, result));
    }
    this.emit(this.leaveBy({ kind: 'return', location: stmt.location }));
  }

  private computedGoto(stmt: Extract<Stmt, { kind: 'computed-goto' }>): void {
    const target = this.frame.temporary();
    this.guard(() => `${target} = ${value(this.frame, stmt.target)};`);
    this.emit(this.leaveBy({ kind: 'dispatch', target, location: stmt.location }));
  }

  /** Run what the scopes that a jump leaves owe, and jump. */
  private leaveBy(jump: Jump): string {
    switch (jump.kind) {
      case 'return':
        return this.outside === undefined ? `${this.leave(0)} break body;` : this.escape(jump);
      case 'break':
      case 'continue': {
        const target = this.targets[jump.kind];
        return target === undefined
          ? this.escape(jump)
          : `${this.leave(target.depth)} ${this.jump(target.block)}`;
      }
      case 'goto':
        return this.goto(jump.label) ?? this.escape(jump);
      case 'dispatch':
        return this.dispatch(jump);
    }
  }

  private escape(jump: Jump): string {
    if (this.outside === undefined) {
      throw unsupported(jump.location, `${jump.kind} that leads nowhere`);
    }
    return `${this.leave(0)} ${leaveClosure(this.frame, jump, this.outside)}`;
  }

  /** Undefined for a label outside of this statement expression. */
  private goto(label: string): string | undefined {
    const block = this.labels.get(label);
    const chain = this.chains.get(label);
    if (block === undefined || chain === undefined) {
      return undefined;
    }
    let shared = 0;
    while (shared < this.open.length && this.open[shared]?.stmt === chain[shared]) {
      shared++;
    }
    return `${this.leave(shared, this.owed.get(label))} ${this.jump(block)}`;
  }

  /** A computed goto runs no cleanups (GCC manual, "Labels as Values"). */
  private dispatch(jump: Extract<Jump, { kind: 'dispatch' }>): string {
    const { context } = this.frame;
    const cases = [...this.labels.keys()].map(
      (label) =>
        `if (${jump.target} === ${context.labelAddress(label)}) ${this.jump(this.labels.get(label) ?? 0)}`,
    );
    const otherwise =
      this.outside === undefined
        ? `R.noLabel(${jump.target}, ${this.frame.site(jump.location)});`
        : leaveClosure(this.frame, jump, this.outside);
    return `${cases.join(' ')} ${otherwise}`;
  }

  /** `owed`: where the jump leads, so many cleanups of each scope that stays open are owed still. */
  private leave(depth: number, owed?: readonly number[]): string {
    const code: string[] = [];
    for (let index = this.open.length - 1; index >= 0; index--) {
      const { cleanups } = this.open[index] ?? { cleanups: [] };
      const kept = index >= depth ? 0 : (owed?.[index] ?? cleanups.length);
      code.push(...cleanups.slice(kept).toReversed());
    }
    return code.join(' ');
  }
}

function inCase(js: string, stmt: Extract<Stmt, { kind: 'case' }>, on: Expr): string {
  const low = literal(stmt.low, on.type);
  return stmt.low === stmt.high
    ? `${js} === ${low}`
    : `${js} >= ${low} && ${js} <= ${literal(stmt.high, on.type)}`;
}

export function compileFlat(frame: Frame, body: FunctionBody): string {
  return new FlatCompiler(frame).compile(body);
}

export function compileFlatValue(frame: Frame, block: Extract<Stmt, { kind: 'block' }>): string {
  return new FlatCompiler(frame, frame.escapes).compileValue(block);
}
