import type { Builtin } from '../runtime.ts';

export { runAtExit } from './at-exit.ts';

/** The C library, by the names of C. */
export const LIBC: ReadonlyMap<string, Builtin> = new Map<string, Builtin>();
