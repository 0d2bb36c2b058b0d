import type { Execution } from '../machine/execution.ts';
import type { FileChange, Patch } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import type { Store } from './base-store.ts';
import type { Seen } from './graph.ts';
import type { Scenario } from './scenario.ts';

/** An execution with its trace, and what the graph of its objects showed on the way. */
export interface Traced extends Execution {
  readonly seen?: Seen;
}

/** What runs C. The review knows no more of the machine than this, so that a test can stand in for it. */
export interface Engine {
  /** Every path of a scenario, in the order of its choices, each of at most so many steps; never empty. */
  explore(image: Image, scenario: Scenario, steps?: number): readonly Execution[];
  /** One path, traced: the same choices give the same execution. */
  trace(image: Image, scenario: Scenario, choices: readonly number[]): Traced;
  /**
   * Names what would run: two images with the same key run alike, line for line. What was asked for in an earlier call
   * of the program need not be parsed again where there is a store.
   */
  key(image: Image, store?: Store): string;
  /** The functions that differ between two images; undefined where anything else does. */
  changes(before: Image, after: Image): ReadonlySet<string> | undefined;
  /** Where an image is no C any more, though its first version was: `path:line:column: why`. */
  broken(image: Image): string | undefined;
  /** Tokens of a function's definition joined by blanks, comments gone; undefined where it has none. */
  functionText(image: Image, name: string): string | undefined;
}

/** A changed line of a patch, by the patch's own path and line number. */
export interface ChangedLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** Not blank, no comment. */
  readonly code: boolean;
  /** Where it stands in the image, when that is not `path:line`. */
  readonly at?: { readonly file: string; readonly line: number };
}

export interface NotMapped {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** The reason for lines of a change that stands in the image before it is made. */
export const ALREADY_THERE = 'the model already has this change';
export const PARTLY_THERE = 'the model already has a part of this change';

/** A patch carried out on an image. */
export interface Applied {
  readonly files: Image;
  readonly added: readonly ChangedLine[];
  readonly removed: readonly ChangedLine[];
  readonly notMapped: readonly NotMapped[];
}

/** Carries a patch out on an image; what cannot be is said in `notMapped`. */
export type Apply = (image: Image, patch: Patch) => Applied;

/** The path a change is known by: that of the new file, or of the old one when it is deleted. */
export function pathOf(change: FileChange): string {
  return change.newPath ?? change.oldPath ?? '';
}
