import type { Variable } from '../ast.ts';
import type { Location } from '../source.ts';

/** How the linker has resolved a function that is called by name. */
export type Callee =
  /** Compiled C: `F[index](…)`. */
  | { readonly kind: 'c'; readonly index: number }
  /** A builtin of the machine: `B[index](R, site, […])`. */
  | { readonly kind: 'builtin'; readonly index: number };

/**
 * What code generation asks of the linker. Generated source names nothing of the input: it refers
 * to functions, static objects, sites and coverage marks by number only.
 */
export interface CompileContext {
  /** Number of a source position, for whatever goes wrong there. */
  site(location: Location): number;
  /** Resolves a call by name. */
  callee(variable: Variable): Callee;
  /** A JavaScript expression for the address of a static object. */
  staticAddress(variable: Variable): string;
  /** A JavaScript expression for the address of a function. */
  functionAddress(variable: Variable): string;
  /** A JavaScript number for `&&label` of GNU C. */
  labelAddress(label: string): string;
  /** A JavaScript expression for the address of a string literal's array. */
  stringAddress(bytes: Uint8Array): string;
  /** A JavaScript string literal or expression that names a local in messages. */
  label(name: string): string;
  /** Number of the coverage mark of these lines, or undefined where nobody asked for them. */
  mark(locations: readonly Location[]): number | undefined;
  /** Number of the mark that says that a function ran, or undefined where nobody asked. */
  entered(variable: Variable): number | undefined;
  /** Emit a hook before every statement and around every call. */
  readonly trace: boolean;
}
