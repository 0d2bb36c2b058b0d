import type { Expr, FunctionBody, Stmt } from '../ast.ts';
import { condition, declaration, effect, value } from './expression.ts';
import { type Frame, unsupported } from './frame.ts';
import { literal } from './representation.ts';
import { asm, cleanupCall, linesOf, returnValue } from './statement.ts';
import { anyStatement, callsSetjmp, casesOf, childrenOf } from './walk.ts';

/** True for functions whose control flow JavaScript's statements cannot express. */
export function needsFlat(body: FunctionBody): boolean {
  return (
    body.hasLabels ||
    callsSetjmp(body.block) ||
    anyStatement(body.block, (stmt) => stmt.kind === 'switch' && !hasPlainCases(stmt))
  );
}

/** All `case`s of a switch stand directly in its block, perhaps behind each other. */
function hasPlainCases(stmt: Extract<Stmt, { kind: 'switch' }>): boolean {
  let plain = 0;
  const top = stmt.body.kind === 'block' ? stmt.body.body : [stmt.body];
  for (let inner of top) {
    while (inner.kind === 'case' || inner.kind === 'default') {
      plain++;
      inner = inner.body;
    }
  }
  return plain === casesOf(stmt.body).length;
}

interface Targets {
  readonly break?: number;
  readonly continue?: number;
  /** Number of open scopes where the target is. */
  readonly depth: number;
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
  private targets: Targets = { depth: 0 };
  private caseBlocks = new Map<Stmt, number>();
  private blocks = 1;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  compile(body: FunctionBody): string {
    this.findLabels(body.block, []);
    const jumps = callsSetjmp(body.block);
    this.lines.push('case 0:');
    this.statement(body.block);
    const flow = `switch (pc) {${this.lines.join('\n')}}`;
    const site = this.frame.site(body.block.location);
    const guarded = jumps
      ? `try {${flow}} catch (error) { pc = R.land(error, frame); continue flow; }`
      : flow;
    const head = jumps ? 'let sj = 0; const frame = R.newFrame();' : '';
    return `${head} let pc = 0; flow: for (;;) { if (--R.steps < 0) R.outOfSteps(${site}); ${guarded} break body; }`;
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

  private statement(stmt: Stmt): void {
    if (callsSetjmp(stmt) && stmt.kind !== 'block' && stmt.kind !== 'for') {
      const again = this.blocks++;
      this.place(again);
      this.emit(`sj = ${again};`);
    }
    this.hook(stmt);
    switch (stmt.kind) {
      case 'expression':
        this.emit(`${effect(this.frame, stmt.expr)};`);
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
        this.leaveLoop(stmt);
        break;
      case 'goto':
        this.goto(stmt);
        break;
      case 'label':
        this.place(this.labels.get(stmt.name) ?? 0);
        this.statement(stmt.body);
        break;
      case 'return':
        this.return(stmt);
        break;
      case 'asm':
        this.emit(asm(this.frame, stmt));
        break;
      case 'empty':
        break;
      case 'computed-goto':
        throw unsupported(stmt.location, 'a computed goto');
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
    for (const js of declaration(this.frame, stmt)) {
      this.emit(`${js};`);
    }
    if (stmt.variable.cleanup !== undefined) {
      this.open.at(-1)?.cleanups.push(cleanupCall(this.frame, stmt));
    }
  }

  private branch(stmt: Extract<Stmt, { kind: 'if' }>): void {
    const [otherwise, end] = [this.blocks++, this.blocks++];
    this.emit(`if (!(${condition(this.frame, stmt.test)})) ${this.jump(otherwise)}`);
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
    if (stmt.kind !== 'do' && stmt.test !== undefined) {
      this.emit(`if (!(${condition(this.frame, stmt.test)})) ${this.jump(end)}`);
    }
    this.within({ break: end, continue: step, depth: this.open.length }, stmt.body);
    this.place(step);
    if (stmt.kind === 'for' && stmt.step !== undefined) {
      this.emit(`${effect(this.frame, stmt.step)};`);
    }
    this.emit(
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
    this.emit(`${js} = ${value(this.frame, stmt.value)};`);
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
    const outer = this.targets.continue;
    this.within(
      outer === undefined
        ? { break: end, depth: this.open.length }
        : { break: end, continue: outer, depth: this.open.length },
      stmt.body,
    );
    this.place(end);
  }

  private leaveLoop(stmt: Extract<Stmt, { kind: 'break' | 'continue' }>): void {
    const target = this.targets[stmt.kind];
    if (target === undefined) {
      throw unsupported(stmt.location, `${stmt.kind} outside a loop`);
    }
    this.emit(`${this.leave(this.targets.depth)} ${this.jump(target)}`);
  }

  private goto(stmt: Extract<Stmt, { kind: 'goto' }>): void {
    const block = this.labels.get(stmt.label);
    const chain = this.chains.get(stmt.label);
    if (block === undefined || chain === undefined) {
      throw unsupported(stmt.location, `a jump to the unknown label ${stmt.label}`);
    }
    let shared = 0;
    while (shared < this.open.length && this.open[shared]?.stmt === chain[shared]) {
      shared++;
    }
    this.emit(`${this.leave(shared)} ${this.jump(block)}`);
  }

  private return(stmt: Extract<Stmt, { kind: 'return' }>): void {
    const result = stmt.value === undefined ? '' : returnValue(this.frame, stmt.value);
    this.emit(`${result} ${this.leave(0)} break body;`);
  }

  private leave(depth: number): string {
    const code: string[] = [];
    for (let index = this.open.length - 1; index >= depth; index--) {
      code.push(...(this.open[index]?.cleanups ?? []).toReversed());
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
