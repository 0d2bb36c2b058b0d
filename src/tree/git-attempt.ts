import { formatDiff } from '../series/format.ts';
import type { FileChange, Patch, Series } from '../series/series.ts';
import type { FittingBase } from './error.ts';
import type { BaseHints } from './git-fit.ts';
import type { GitImage } from './git-image.ts';
import type { NameHistory } from './git-names.ts';
import { runGit } from './git-run.ts';

/** What a series is applied to: the files that it touches, in a workshop. */
export interface ApplyBase {
  /** As a sentence names it: `v7.2`, `the folder qemu`. */
  readonly name: string;
  /** Where git may write (see `openWorkshop`). */
  readonly room: string;
  /** The files before the first patch, as a tree of the room. */
  readonly tree: string;
  /** What base would do instead; undefined where none is known. */
  fit(): Promise<FittingBase | undefined>;
  /** What to do where none is known and the mail says nothing. */
  readonly otherwise: string;
}

export interface ApplyOptions {
  readonly history: NameHistory;
  readonly hints: BaseHints;
}

/** One patch about to be applied. */
export interface Attempt {
  readonly base: ApplyBase;
  /** The tree so far. */
  readonly image: GitImage;
  readonly series: Series;
  readonly patch: Patch;
  readonly options: ApplyOptions;
}

/** `git apply` on the index of a room, whatever the user's settings for blanks are. */
export async function runApply(
  room: string,
  files: readonly FileChange[],
  how: readonly string[],
): Promise<{ ok: boolean; err: string }> {
  const args = ['apply', '--cached', '--whitespace=nowarn', ...how, '-'];
  return runGit(room, args, { input: formatDiff(files) });
}
