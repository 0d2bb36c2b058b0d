import type { Case } from './execution.ts';
import type { Memory } from './memory.ts';

/** What the functions of libc and of rule packs may ask of the machine that runs them. */
export interface Runtime {
  readonly memory: Memory;
  /** Scratch of libc (errno, strtok, open files, seed of rand, atexit list); emptied before each execution. */
  readonly state: Map<string, unknown>;
  /** External functions that the policy stood in for. */
  readonly notModelled: Set<string>;
  /** 1 is stdout, 2 stderr. The bytes are copied. */
  write(fd: number, bytes: Uint8Array): void;
  /** Call the C function at this address. */
  call(
    functionAddress: number,
    args: readonly (number | bigint)[],
    site: number,
  ): number | bigint | undefined;
  /** A choice point: an answer from 0 to n - 1. */
  choose(n: number, what: string): number;
  /** This execution is a case of its own: see `Execution.case`. */
  declare(stated: Case): void;
  longjmp(buffer: number, value: number, site: number): never;
  /** What the object at this address is called from now on. */
  name(address: number, text: string): void;
  /** Into the trace. */
  note(text: string): void;
}

/**
 * A C function written in TypeScript. `args` by the C prototype: integers of up to 32 bits are numbers, `long` and
 * `size_t` are BigInt, pointers and floating types numbers; so is what comes back, `undefined` for void. A function
 * that returns a record gets the address for it first. The last argument of a variadic function is the address of
 * its variadic area, 0 when that is empty; see libc/variadic.ts.
 */
export type Builtin = (
  rt: Runtime,
  site: number,
  args: readonly (number | bigint)[],
) => number | bigint | undefined;

/** Builtins by their C names. */
export type BuiltinTable = Readonly<Record<string, Builtin>>;
