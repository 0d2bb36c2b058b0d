import type { Expr, FunctionBody, Stmt, Variable } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import { CError, type Location } from '../source.ts';
import type { CType } from '../types.ts';
import type { CompileContext } from './context.ts';
import { representationOf } from './representation.ts';

/** Where a variable of a function lives: in a JavaScript local, or in memory at the address in one. */
export type Place =
  | { readonly kind: 'local'; readonly js: string; readonly checked: boolean }
  | { readonly kind: 'memory'; readonly js: string };

/** The compilers of expressions and blocks, which call each other through the frame. */
export interface Compilers {
  value(frame: Frame, expr: Expr): string;
  effect(frame: Frame, expr: Expr): string;
  compoundLiteral(frame: Frame, variable: Variable): string;
  /** The inside of a statement expression, as the body of a JavaScript function. */
  nested(frame: Frame, block: Extract<Stmt, { kind: 'block' }>): string;
}

/** A jump that a statement makes, without the value that a `return` has stored already. */
export type Jump = { readonly location: Location } & (
  | { readonly kind: 'return' | 'break' | 'continue' }
  | { readonly kind: 'goto'; readonly label: string }
  /** `goto *e`: `target` is the local that holds the address of a label. */
  | { readonly kind: 'dispatch'; readonly target: string }
);

/** A jump out of a statement expression; generated code throws its number (see escape.ts). */
export interface Escape {
  readonly number: number;
  readonly jump: Jump;
}

/** An object in memory that lives as long as one call of the function. */
interface FrameObject {
  readonly js: string;
  /** Made where it is first needed, or never: most calls of a variadic function report failures. */
  readonly late: boolean;
  readonly size: number;
  readonly name: string;
}

/**
 * The names of one generated function: every automatic variable and temporary becomes a numbered
 * JavaScript local, declared at its head, so that nothing of the input is spelled in generated code.
 */
export class Frame {
  readonly context: CompileContext;
  readonly objects: FrameObject[] = [];
  readonly locals: string[] = [];
  /** Jumps that leave the expression of the statement which is being compiled. */
  escapes: Escape[] = [];
  /** True where control may come by again: inside loops, and in functions with labels. */
  repeats = false;
  /** True where setjmp can return a second time: in the flat form, outside of statement expressions. */
  resumable = false;
  private readonly places = new Map<Variable, Place>();
  private count = 0;
  private jumps = 0;

  private readonly compilers: Compilers;

  constructor(context: CompileContext, compilers: Compilers) {
    this.context = context;
    this.compilers = compilers;
  }

  /** See `value` of expression.ts. */
  value(expr: Expr): string {
    return this.compilers.value(this, expr);
  }

  /** See `effect` of expression.ts. */
  effect(expr: Expr): string {
    return this.compilers.effect(this, expr);
  }

  compoundLiteral(variable: Variable): string {
    return this.compilers.compoundLiteral(this, variable);
  }

  nested(block: Extract<Stmt, { kind: 'block' }>): string {
    return this.compilers.nested(this, block);
  }

  /** The number that stands for a jump of this function. */
  escape(jump: Jump, escapes: Escape[]): number {
    const number = ++this.jumps;
    escapes.push({ number, jump });
    return number;
  }

  /** A fresh JavaScript local without a C name. */
  temporary(): string {
    const js = `t${this.count++}`;
    this.locals.push(js);
    return js;
  }

  /** A fresh object in memory; the result is the local that holds its address. */
  object(size: number, name: string): string {
    const js = `a${this.count++}`;
    this.objects.push({ js, size, name, late: size < 0 });
    return js;
  }

  /** An object for what one expression needs; `make` gives its address, and makes it when there is none yet. */
  temporaryObject(size: number, name: string): { readonly js: string; readonly make: string } {
    const js = `a${this.count++}`;
    this.objects.push({ js, size, name, late: true });
    const label = this.context.label(name);
    return { js, make: `(${js} || (${js} = M.allocate(${size}, 'stack', ${label})))` };
  }

  /** Give a local or parameter its place. `checked`: reading it may find it uninitialized. */
  declare(variable: Variable, checked: boolean): Place {
    const place: Place = needsMemory(variable)
      ? { kind: 'memory', js: this.object(objectSize(variable), variable.name) }
      : { kind: 'local', js: `l${this.count++}`, checked };
    if (place.kind === 'local' && variable.storage !== 'parameter') {
      this.locals.push(place.js);
    }
    this.places.set(variable, place);
    return place;
  }

  place(variable: Variable): Place {
    const place = this.places.get(variable);
    if (place === undefined) {
      // A declaration that the parser did not list, such as one in an unevaluated operand.
      return this.declare(variable, true);
    }
    return place;
  }

  site(location: Location): number {
    return this.context.site(location);
  }
}

export function needsMemory(variable: Variable): boolean {
  return variable.addressTaken || representationOf(variable.type) === 'record';
}

export function isVla(type: CType): boolean {
  return type.kind === 'array' && (type.vla !== undefined || isVla(type.of));
}

/** A variable-length array's frame object is made when its declaration runs; 0 stands for it. */
function objectSize(variable: Variable): number {
  return isVla(variable.type) ? -1 : sizeOf(variable.type);
}

export function unsupported(location: Location, what: string): CError {
  return new CError(location, `unsupported: ${what}`);
}

/** The variables of a body, in a stable order. */
export function variablesOf(body: FunctionBody): readonly Variable[] {
  return [...body.params, ...body.locals];
}
