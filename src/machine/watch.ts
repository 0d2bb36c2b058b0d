import type { Variable } from '../c/ast.ts';

/** Looks on as a traced execution runs; it must change nothing. */
export interface Watch {
  /** An execution begins, in the memory that constructors left. */
  begin(): void;
  /** A C function is entered with these arguments. */
  enter(callee: Variable, values: readonly (number | bigint)[]): void;
  /** A C function returns. */
  leave(callee: string): void;
  /** The trace is so long, and its next event is on the point of happening. */
  look(length: number): void;
}
