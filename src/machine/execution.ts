import type { Location } from '../c/source.ts';
import type { OutcomeKind } from './outcome.ts';

/** Where something happened: the statement and the C function it is in. */
export interface Site {
  readonly location: Location;
  readonly function: string;
}

/** `choose(n, what)` was asked and `taken` (from 0) was answered. */
export interface Choice {
  readonly what: string;
  readonly n: number;
  readonly taken: number;
}

/** What an execution says of itself: one program can hold many cases, of which each path is one. */
export interface Case {
  /** What is promised for this case. */
  readonly contract: string;
  /** What it is about, in a few words. */
  readonly text: string;
}

/** A step of a traced execution, in order. */
export type TraceEvent =
  | { readonly kind: 'statement'; readonly site: Site; readonly depth: number }
  /** Arguments as shown to people: integers in decimal, pointers as `D1+0x40` or `NULL`. */
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly args: readonly string[];
      /** Raw values of pointer arguments, so that a ledger can tell objects apart; others are their value. */
      readonly values: readonly (number | bigint)[];
      /** The call expression. */
      readonly site: Site;
      readonly depth: number;
    }
  | { readonly kind: 'return'; readonly callee: string; readonly depth: number }
  | { readonly kind: 'choice'; readonly choice: Choice }
  /** `lifecycle_note("…")` of the pack's C. */
  | { readonly kind: 'note'; readonly text: string };

/** What one execution did: the same program, choices and bounds give the same execution. */
export interface Execution {
  readonly outcome: OutcomeKind;
  /** Where it ended; absent for `clean` and for what is only seen at the end (`leak`). */
  readonly at?: Site;
  /** One sentence: what was broken, with names. */
  readonly message: string;
  /** Innermost first; only in traced executions. */
  readonly stack: readonly Site[];
  readonly choices: readonly Choice[];
  readonly case?: Case | undefined;
  /** Another path stands for this one: it is no path of the scenario. */
  readonly skipped?: true;
  readonly trace: readonly TraceEvent[];
  /** `file:line` of every covered statement that ran and lies in a file that was asked for. */
  readonly covered: ReadonlySet<string>;
  /** Names of the functions that ran; empty where no coverage was asked for. */
  readonly functions: ReadonlySet<string>;
  /** External functions that the policy stood in for. */
  readonly notModelled: ReadonlySet<string>;
  readonly stdout: string;
  readonly stderr: string;
  /** For programs with a `main`. */
  readonly exitStatus: number;
  /** Calls and loop iterations it took. */
  readonly steps: number;
}

export interface Bounds {
  /** Loop iterations and calls. */
  readonly steps: number;
  /** Of all living objects. */
  readonly bytes: number;
  /** Nested C calls. */
  readonly depth: number;
  /** Executions of one scenario. */
  readonly paths: number;
}

export const DEFAULT_BOUNDS: Bounds = {
  steps: 2_000_000,
  bytes: 256 * 1024 * 1024,
  depth: 1_000,
  paths: 4_096,
};
