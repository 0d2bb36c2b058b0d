import type { Expr, Stmt } from '../ast.ts';
import { declaration, condition, effect, value } from './expression.ts';
import { guarded, leaveClosure } from './escape.ts';
import { type Escape, type Frame, type Jump, unsupported } from './frame.ts';
import { literal, representationOf } from './representation.ts';

/** A cleanup that the end of a scope owes (`__attribute__((cleanup(f)))`), innermost last. */
type Scope = { readonly kind: 'block' | 'loop' | 'switch'; readonly cleanups: string[] };

/**
 * Structured C to structured JavaScript: one statement to one statement. Functions with labels, or
 * with `case` inside nested statements, go through `flat.ts` instead.
 *
 * A `return` stores its value in `r`, runs the cleanups of all open scopes and leaves the labelled
 * block `body`, behind which the function's epilogue frees its objects.
 */
export class StatementCompiler {
  private readonly frame: Frame;
  private readonly scopes: Scope[] = [];
  /** Inside a statement expression: where its jumps to the outside are noted. */
  private readonly outside: Escape[] | undefined;

  constructor(frame: Frame, outside?: Escape[]) {
    this.frame = frame;
    this.outside = outside;
  }

  compile(stmt: Stmt): string {
    return `${this.hook(stmt)}${this.guarded(() => this.bare(stmt))}`;
  }

  private guarded(compile: () => string): string {
    return guarded(this.frame, compile, (jump) => this.jump(jump));
  }

  /** The inside of a statement expression: its last expression is returned from a closure. */
  compileValue(block: Extract<Stmt, { kind: 'block' }>): string {
    const { resumable } = this.frame;
    this.frame.resumable = false;
    this.scopes.push({ kind: 'block', cleanups: [] });
    const code: string[] = [];
    for (const [index, stmt] of block.body.entries()) {
      if (index === block.body.length - 1 && stmt.kind === 'expression') {
        const js = this.frame.temporary();
        code.push(this.hook(stmt));
        code.push(this.guarded(() => `${js} = ${value(this.frame, stmt.expr)};`));
        code.push(this.leave(this.scopes.length - 1), `return ${js};`);
      } else {
        code.push(this.compile(stmt));
      }
    }
    this.scopes.pop();
    this.frame.resumable = resumable;
    return code.join('\n');
  }

  private hook(stmt: Stmt): string {
    const { context } = this.frame;
    if (stmt.kind === 'block' || stmt.kind === 'case' || stmt.kind === 'default') {
      return '';
    }
    const mark = context.mark(linesOf(stmt));
    const covered = mark === undefined ? '' : `R.covered[${mark}] = 1; `;
    const traced = context.trace ? `R.statement(${context.site(stmt.location)}); ` : '';
    return covered + traced;
  }

  private bare(stmt: Stmt): string {
    switch (stmt.kind) {
      case 'expression':
        return this.expression(stmt.expr);
      case 'declare':
        return this.declare(stmt);
      case 'block':
        return this.block(stmt);
      case 'if':
        return this.branch(stmt);
      case 'while':
        return this.loop(`while (${condition(this.frame, stmt.test)})`, stmt);
      case 'do':
        return `${this.loop('do', stmt)} while (${condition(this.frame, stmt.test)});`;
      case 'for':
        return this.forLoop(stmt);
      case 'switch':
        return this.switch(stmt);
      case 'case':
        return `${caseLabels(stmt, this.switchType)} ${this.compile(stmt.body)}`;
      case 'default':
        return `default: ${this.compile(stmt.body)}`;
      case 'break':
      case 'continue':
      case 'goto':
        return this.jump(stmt);
      case 'return':
        return this.return(stmt);
      case 'empty':
        return ';';
      case 'asm':
        return asm(this.frame, stmt);
      case 'computed-goto':
        return this.computedGoto(stmt);
      case 'label':
        throw new Error('a label outside of the flat form');
    }
  }

  private jump(jump: Jump): string {
    const scope = this.target(jump);
    if (scope !== undefined) {
      return `${this.leave(scope)} ${jump.kind === 'return' ? 'break body' : jump.kind};`;
    }
    if (this.outside === undefined) {
      throw unsupported(jump.location, `${jump.kind} that leads nowhere`);
    }
    // A computed goto runs no cleanups (GCC manual, "Labels as Values").
    const owed = jump.kind === 'dispatch' ? '' : this.leave(0);
    return `${owed} ${leaveClosure(this.frame, jump, this.outside)}`;
  }

  /** The outermost scope that a jump leaves; undefined when it leaves this code altogether. */
  private target(jump: Jump): number | undefined {
    switch (jump.kind) {
      case 'return':
        return this.outside === undefined ? 0 : undefined;
      case 'break':
        return this.innermost(['loop', 'switch']);
      case 'continue':
        return this.innermost(['loop']);
      default:
        return undefined;
    }
  }

  private computedGoto(stmt: Extract<Stmt, { kind: 'computed-goto' }>): string {
    const target = this.frame.temporary();
    const js = `${target} = ${value(this.frame, stmt.target)};`;
    return `${js} ${this.jump({ kind: 'dispatch', target, location: stmt.location })}`;
  }

  private switchType: Expr['type'] = { kind: 'int' };

  private expression(expr: Expr): string {
    if (expr.kind === 'statement-expression') {
      return this.block(expr.body);
    }
    return `${effect(this.frame, expr)};`;
  }

  private declare(stmt: Extract<Stmt, { kind: 'declare' }>): string {
    // A jump out of the initializer does not owe the cleanup yet.
    const code = this.guarded(() =>
      declaration(this.frame, stmt)
        .map((js) => `${js};`)
        .join(' '),
    );
    const { cleanup } = stmt.variable;
    if (cleanup !== undefined) {
      this.scopes.at(-1)?.cleanups.push(cleanupCall(this.frame, stmt));
    }
    return code;
  }

  private block(stmt: Extract<Stmt, { kind: 'block' }>): string {
    this.scopes.push({ kind: 'block', cleanups: [] });
    const code = stmt.body.map((inner) => this.compile(inner));
    code.push(this.leave(this.scopes.length - 1));
    this.scopes.pop();
    return `{${code.join('\n')}}`;
  }

  private branch(stmt: Extract<Stmt, { kind: 'if' }>): string {
    const test = `if (${condition(this.frame, stmt.test)}) {${this.compile(stmt.then)}}`;
    return stmt.else === undefined ? test : `${test} else {${this.compile(stmt.else)}}`;
  }

  private loop(head: string, stmt: Stmt & { body: Stmt }): string {
    this.scopes.push({ kind: 'loop', cleanups: [] });
    const step = `if (--R.steps < 0) R.outOfSteps(${this.frame.site(stmt.location)});`;
    const outer = this.frame.repeats;
    this.frame.repeats = true;
    const code = `${head} {${step} ${this.compile(stmt.body)}}`;
    this.frame.repeats = outer;
    this.scopes.pop();
    return code;
  }

  private forLoop(stmt: Extract<Stmt, { kind: 'for' }>): string {
    this.scopes.push({ kind: 'block', cleanups: [] });
    const init = stmt.init.map((inner) => this.compile(inner)).join(' ');
    const loop = this.guarded(() => {
      const test = stmt.test === undefined ? '' : condition(this.frame, stmt.test);
      const step = stmt.step === undefined ? '' : effect(this.frame, stmt.step);
      return this.loop(`for (; ${test}; ${step})`, stmt);
    });
    const code = `${init} ${loop} ${this.leave(this.scopes.length - 1)}`;
    this.scopes.pop();
    return `{${code}}`;
  }

  private switch(stmt: Extract<Stmt, { kind: 'switch' }>): string {
    const outer = this.switchType;
    this.switchType = stmt.value.type;
    this.scopes.push({ kind: 'switch', cleanups: [] });
    const body = stmt.body.kind === 'block' ? stmt.body.body : [stmt.body];
    // Statements before the first label are never reached, and JavaScript has no place for them.
    const first = body.findIndex((inner) => inner.kind === 'case' || inner.kind === 'default');
    const reachable = first === -1 ? [] : body.slice(first);
    const code = reachable.map((inner) => this.compile(inner)).join('\n');
    this.scopes.pop();
    this.switchType = outer;
    return `switch (${value(this.frame, stmt.value)}) {${code}}`;
  }

  private return(stmt: Extract<Stmt, { kind: 'return' }>): string {
    const result = stmt.value === undefined ? '' : returnValue(this.frame, stmt.value);
    return `${result} ${this.jump({ kind: 'return', location: stmt.location })}`;
  }

  private innermost(kinds: readonly Scope['kind'][]): number | undefined {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const scope = this.scopes[index];
      if (scope !== undefined && kinds.includes(scope.kind)) {
        return index;
      }
    }
    return undefined;
  }

  /** The cleanups that leaving every scope from the innermost to `outermost` runs, in reverse order. */
  private leave(outermost: number): string {
    const code: string[] = [];
    for (let index = this.scopes.length - 1; index >= outermost; index--) {
      code.push(...(this.scopes[index]?.cleanups ?? []).toReversed());
    }
    return code.join(' ');
  }
}

/** `r = value`; a record is copied to where the caller wants it. */
export function returnValue(frame: Frame, expr: Expr): string {
  switch (representationOf(expr.type)) {
    case 'void':
      return `${effect(frame, expr)};`;
    case 'record':
      return `r = R.returnRecord(ret, ${value(frame, expr)}, ${sizeOfRecord(expr)}, ${frame.site(expr.location)});`;
    default:
      return `r = ${value(frame, expr)};`;
  }
}

function sizeOfRecord(expr: Expr): number {
  return expr.type.kind === 'struct' || expr.type.kind === 'union' ? expr.type.size : 0;
}

export function cleanupCall(frame: Frame, stmt: Extract<Stmt, { kind: 'declare' }>): string {
  const { cleanup } = stmt.variable;
  const place = frame.place(stmt.variable);
  if (cleanup === undefined || place.kind !== 'memory') {
    throw unsupported(stmt.location, 'cleanup of a variable without an address');
  }
  const target = frame.context.callee(cleanup);
  const site = frame.site(stmt.location);
  const from = frame.context.trace ? `, R.callSite = ${site}` : '';
  return target.kind === 'c'
    ? `F[${target.index}](${place.js}${from});`
    : `B[${target.index}](R, ${site}, [${place.js}]);`;
}

/** `asm("" ::: "memory")` and the like order memory for a compiler: here they are nothing. */
export function asm(frame: Frame, stmt: Extract<Stmt, { kind: 'asm' }>): string {
  const text = stmt.text.replaceAll(/\\n|\\t|["\s;]/g, '');
  return text === '' || /^(pause|mfence|lfence|sfence|nop|rep;?nop)$/.test(text)
    ? ';'
    : `R.unsupported('assembly', ${frame.site(stmt.location)});`;
}

export function caseLabels(stmt: Extract<Stmt, { kind: 'case' }>, type: Expr['type']): string {
  const labels: string[] = [];
  for (let constant = stmt.low; constant <= stmt.high; constant++) {
    labels.push(`case ${literal(constant, type)}:`);
    if (labels.length > 4096) {
      throw unsupported(stmt.location, 'a case range of more than 4096 values');
    }
  }
  return labels.join(' ');
}

/** The lines that a statement's own code stands on, for coverage: its head only, not nested ones. */
export function linesOf(stmt: Stmt): readonly Expr['location'][] {
  const lines = [stmt.location];
  const visit = (expr: Expr | undefined): void => {
    if (expr !== undefined) {
      collect(expr, lines);
    }
  };
  switch (stmt.kind) {
    case 'expression':
      visit(stmt.expr);
      break;
    case 'declare':
      for (const part of stmt.variable.initializer?.parts ?? []) {
        visit(part.value);
      }
      break;
    case 'if':
    case 'while':
      visit(stmt.test);
      break;
    case 'switch':
    case 'return':
      visit(stmt.value);
      break;
    default:
      break;
  }
  return lines;
}

/** Every expression that is evaluated whenever the whole is. */
function collect(expr: Expr, into: Expr['location'][]): void {
  into.push(expr.location);
  switch (expr.kind) {
    case 'member':
    case 'address':
      return collect(expr.of, into);
    case 'deref':
      return collect(expr.pointer, into);
    case 'cast':
    case 'unary':
      return collect(expr.operand, into);
    case 'binary':
    case 'assign':
    case 'update':
    case 'comma':
      collect(expr.left, into);
      return collect(expr.right, into);
    case 'logical':
      return collect(expr.left, into);
    case 'conditional':
      return collect(expr.test, into);
    case 'call':
      collect(expr.callee, into);
      for (const arg of expr.args) {
        collect(arg, into);
      }
      return;
    default:
      return;
  }
}
