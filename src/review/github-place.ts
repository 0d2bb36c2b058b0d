import type { FileChange, Hunk, Patch, Series } from '../series/series.ts';

/** A line as GitHub names it in the difference that a pull request makes. */
export interface DiffPlace {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
}

/** Where a line went: `exact` when it is still the same line, else the nearest one. */
interface Moved {
  readonly path: string;
  readonly line: number;
  readonly exact: boolean;
}

type Anchor = DiffPlace;

/** What a series changes as a whole; that of one patch is its own. Where git knows better, its answer is given. */
export interface WholeDiff {
  readonly files: readonly FileChange[];
  /** Of one patch, or as git says it; else each patch of the series for itself. */
  readonly known: boolean;
}

/** The difference of a series as far as it shows in its patches. */
export function wholeDiff(series: Series, files?: readonly FileChange[]): WholeDiff {
  if (files !== undefined) {
    return { files, known: true };
  }
  const [first] = series.patches;
  return series.patches.length === 1 && first !== undefined
    ? { files: first.files, known: true }
    : { files: [], known: false };
}

/**
 * Where a remark on a line of patch `number` (from 1) stands in the whole difference; undefined where that line is not
 * part of it: a later patch changed it again, or another one undid it.
 */
export function placeOnDiff(
  series: Series,
  number: number,
  anchor: Anchor,
  diff: WholeDiff,
): DiffPlace | undefined {
  const moved =
    anchor.side === 'RIGHT' ? toTip(series, number, anchor) : toBase(series, number, anchor);
  if (moved.exact) {
    const place = { path: moved.path, side: anchor.side, line: moved.line };
    if (isOnDiff(diff, place)) {
      return place;
    }
  }
  return undefined;
}

/** The line of the tip at or nearest to an anchor: annotations stand on files, not on differences. */
export function lineAtTip(series: Series, number: number, anchor: Anchor): Moved {
  if (anchor.side === 'RIGHT') {
    return toTip(series, number, anchor);
  }
  const after = throughPatch(series.patches[number - 1], anchor, 'forward');
  return { ...follow(series.patches.slice(number), after, 'forward'), exact: false };
}

/** Whether all lines of a run are of one hunk: a comment on several lines must not cross a gap. */
export function isRunOnDiff(diff: WholeDiff, path: string, start: number, end: number): boolean {
  if (!diff.known) {
    return false;
  }
  const file = diff.files.find(({ newPath }) => newPath === path);
  return (file?.hunks ?? []).some(
    ({ newStart, newCount }) => newStart <= start && end < newStart + newCount,
  );
}

function isOnDiff(diff: WholeDiff, { path, side, line }: DiffPlace): boolean {
  if (!diff.known) {
    return true;
  }
  // GitHub names a file by its path at the head, on both sides.
  const file = diff.files.find((each) => (each.newPath ?? each.oldPath) === path);
  return (file?.hunks ?? []).some((hunk) =>
    side === 'RIGHT'
      ? hunk.newStart <= line && line < hunk.newStart + hunk.newCount
      : hunk.oldStart <= line && line < hunk.oldStart + hunk.oldCount,
  );
}

function toTip(series: Series, number: number, { path, line }: Anchor): Moved {
  return follow(series.patches.slice(number), { path, line, exact: true }, 'forward');
}

/** The line of the base, under the path that the file has at the tip. */
function toBase(series: Series, number: number, anchor: Anchor): Moved {
  const earlier = series.patches.slice(0, number - 1).toReversed();
  const moved = follow(earlier, { ...anchor, exact: true }, 'backward');
  const tip = follow(series.patches.slice(number), { ...anchor, exact: true }, 'forward');
  return { ...moved, path: tip.path };
}

function follow(patches: readonly Patch[], from: Moved, way: 'forward' | 'backward'): Moved {
  return patches.reduce((at, patch) => throughPatch(patch, at, way), from);
}

function throughPatch(
  patch: Patch | undefined,
  from: { readonly path: string; readonly line: number; readonly exact?: boolean },
  way: 'forward' | 'backward',
): Moved {
  const exact = from.exact ?? true;
  const change = patch?.files.find(
    (file) =>
      file.kind !== 'copied' && (way === 'forward' ? file.oldPath : file.newPath) === from.path,
  );
  if (change === undefined) {
    return { path: from.path, line: from.line, exact };
  }
  const path = (way === 'forward' ? change.newPath : change.oldPath) ?? from.path;
  const moved = throughHunks(change.hunks, from.line, way);
  return { path, line: moved.line, exact: exact && moved.exact };
}

function throughHunks(
  hunks: readonly Hunk[],
  line: number,
  way: 'forward' | 'backward',
): { line: number; exact: boolean } {
  let shift = 0;
  for (const hunk of hunks) {
    const [start, count, target, targetCount] =
      way === 'forward'
        ? [hunk.oldStart, hunk.oldCount, hunk.newStart, hunk.newCount]
        : [hunk.newStart, hunk.newCount, hunk.oldStart, hunk.oldCount];
    if (count > 0 && start <= line && line < start + count) {
      return throughHunk(hunk, line, way, Math.max(1, target));
    }
    // A side without lines is named by the line before it (POSIX diff, "unified format").
    if (line < start || (count === 0 && line <= start)) {
      break;
    }
    shift += targetCount - count;
  }
  return { line: line + shift, exact: true };
}

function throughHunk(
  hunk: Hunk,
  line: number,
  way: 'forward' | 'backward',
  start: number,
): { line: number; exact: boolean } {
  let nearest = start;
  for (const { oldLine, newLine } of hunk.lines) {
    const [from, to] = way === 'forward' ? [oldLine, newLine] : [newLine, oldLine];
    nearest = to ?? nearest;
    if (from === line) {
      return { line: nearest, exact: to !== undefined };
    }
  }
  return { line: nearest, exact: false };
}
