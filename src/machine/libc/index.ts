import type { Builtin } from '../runtime.ts';
import { CTYPE } from './ctype.ts';
import { MATH } from './math.ts';
import { MEMORY_BLOCK } from './memory-block.ts';
import { PROCESS } from './process.ts';
import { RANDOM } from './random.ts';
import { SCAN } from './scan.ts';
import { SORT } from './sort.ts';
import { STDIO } from './stdio.ts';
import { STDIO_FILES } from './stdio-files.ts';
import { STDLIB } from './stdlib.ts';
import { STRING } from './string.ts';
import { TIME } from './time.ts';
import { WIDE } from './wide.ts';

export { runAtExit } from './at-exit.ts';

/** The C library, by the names of C; what it declares is in `shim/libc` of the rule packs. */
export const LIBC: ReadonlyMap<string, Builtin> = new Map<string, Builtin>(
  [
    CTYPE,
    MATH,
    MEMORY_BLOCK,
    PROCESS,
    RANDOM,
    SCAN,
    SORT,
    STDIO,
    STDIO_FILES,
    STDLIB,
    STRING,
    TIME,
    WIDE,
  ].flatMap((table) => Object.entries(table)),
);
