import type { Expr, FunctionBody, Stmt } from '../ast.ts';
import { condition, declaration, effect, value } from './expression.ts';
import { guarded } from './escape.ts';
import { FlatJumps, jumpTo } from './flat-jumps.ts';
import type { Escape, Frame } from './frame.ts';
import { literal } from './representation.ts';
import { asm, cleanupCall, linesOf, returnValue } from './statement.ts';
import { anyStatement, callsSetjmp, casesOf } from './walk.ts';

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

/**
 * One function as a loop over numbered blocks:
 *
 *     flow: for (;;) { switch (pc) { case 0: …; pc = 3; continue flow; case 1: … } }
 *
 * A block that ends without a jump falls into the next, as `case` does.
 */
class FlatCompiler {
  private readonly frame: Frame;
  private readonly jumps: FlatJumps;
  private readonly lines: string[] = [];
  private caseBlocks = new Map<Stmt, number>();

  constructor(frame: Frame, outside?: Escape[]) {
    this.frame = frame;
    this.jumps = new FlatJumps(frame, outside);
  }

  compile(body: FunctionBody): string {
    this.jumps.findLabels(body.block);
    const resumable = callsSetjmp(body.block);
    this.lines.push('case 0:');
    this.frame.resumable = resumable;
    this.statement(body.block);
    this.frame.resumable = false;
    const flow = `switch (pc) {${this.lines.join('\n')}}`;
    const site = this.frame.site(body.block.location);
    const landing = resumable
      ? `try {${flow}} catch (error) { pc = R.land(error, frame); continue flow; }`
      : flow;
    const head = resumable ? 'let sj = 0; const frame = R.newFrame();' : '';
    return `${head} let pc = 0; flow: for (;;) { if (--R.steps < 0) R.outOfSteps(${site}); ${landing} break body; }`;
  }

  /** The inside of a statement expression, as the body of a JavaScript function. */
  compileValue(block: Extract<Stmt, { kind: 'block' }>): string {
    const { repeats, resumable } = this.frame;
    this.frame.repeats = true;
    this.frame.resumable = false;
    this.jumps.findLabels(block);
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

  private emit(js: string): void {
    this.lines.push(js);
  }

  /** Statements with expressions in them, out of which statement expressions may jump. */
  private guard(compile: () => string): void {
    this.emit(guarded(this.frame, compile, (jump) => this.jumps.leaveBy(jump)));
  }

  private place(block: number): void {
    this.lines.push(`case ${block}:`);
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
      const again = this.jumps.newBlock();
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
        this.emit(this.jumps.leaveBy(stmt));
        break;
      case 'computed-goto':
        this.computedGoto(stmt);
        break;
      case 'label':
        this.place(this.jumps.placeLabel(stmt.name));
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
    this.emit(this.jumps.inScope(stmt, inside));
  }

  private declare(stmt: Extract<Stmt, { kind: 'declare' }>): void {
    this.guard(() =>
      declaration(this.frame, stmt)
        .map((js) => `${js};`)
        .join(' '),
    );
    if (stmt.variable.cleanup !== undefined) {
      this.jumps.owe(cleanupCall(this.frame, stmt));
    }
  }

  private branch(stmt: Extract<Stmt, { kind: 'if' }>): void {
    const [otherwise, end] = [this.jumps.newBlock(), this.jumps.newBlock()];
    this.guard(() => `if (!(${condition(this.frame, stmt.test)})) ${jumpTo(otherwise)}`);
    this.statement(stmt.then);
    if (stmt.else !== undefined) {
      this.emit(jumpTo(end));
    }
    this.place(otherwise);
    if (stmt.else !== undefined) {
      this.statement(stmt.else);
      this.place(end);
    }
  }

  private loop(stmt: Extract<Stmt, { kind: 'while' | 'do' | 'for' }>): void {
    const [top, step, end] = [this.jumps.newBlock(), this.jumps.newBlock(), this.jumps.newBlock()];
    this.place(top);
    const { test } = stmt;
    if (stmt.kind !== 'do' && test !== undefined) {
      this.guard(() => `if (!(${condition(this.frame, test)})) ${jumpTo(end)}`);
    }
    this.jumps.inLoop(end, step, () => this.statement(stmt.body));
    this.place(step);
    const after = stmt.kind === 'for' ? stmt.step : undefined;
    if (after !== undefined) {
      this.guard(() => `${effect(this.frame, after)};`);
    }
    this.guard(() =>
      stmt.kind === 'do' ? `if (${condition(this.frame, stmt.test)}) ${jumpTo(top)}` : jumpTo(top),
    );
    this.place(end);
  }

  private switch(stmt: Extract<Stmt, { kind: 'switch' }>): void {
    const end = this.jumps.newBlock();
    const js = this.frame.temporary();
    this.guard(() => `${js} = ${value(this.frame, stmt.value)};`);
    let otherwise = end;
    for (const inner of casesOf(stmt.body)) {
      const block = this.jumps.newBlock();
      this.caseBlocks.set(inner, block);
      if (inner.kind === 'default') {
        otherwise = block;
      } else {
        this.emit(`if (${inCase(js, inner, stmt.value)}) ${jumpTo(block)}`);
      }
    }
    this.emit(jumpTo(otherwise));
    this.jumps.inSwitch(end, () => this.statement(stmt.body));
    this.place(end);
  }

  private return(stmt: Extract<Stmt, { kind: 'return' }>): void {
    const { value: result } = stmt;
    if (result !== undefined) {
      this.guard(() => returnValue(this.frame, result));
    }
    this.emit(this.jumps.leaveBy({ kind: 'return', location: stmt.location }));
  }

  private computedGoto(stmt: Extract<Stmt, { kind: 'computed-goto' }>): void {
    const target = this.frame.temporary();
    this.guard(() => `${target} = ${value(this.frame, stmt.target)};`);
    this.emit(this.jumps.leaveBy({ kind: 'dispatch', target, location: stmt.location }));
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
