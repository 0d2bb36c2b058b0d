import type { FileChange, Hunk, HunkLine } from '../series/series.ts';
import type { Image } from './image.ts';

/** A change that the tree has no place for: the file, the hunk, and the line that differs. */
export class ApplyError extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = 'ApplyError';
    this.path = path;
  }
}

/** A line that was added or removed, and its number in the text it is in: the new one or the old. */
export interface PlacedLine {
  readonly line: HunkLine;
  readonly at: number;
}

export interface AppliedText {
  readonly text: string;
  readonly lines: readonly PlacedLine[];
}

/**
 * One file of a patch on the file that `path` names in an image. Undefined text is a file that is gone
 * after it. Throws ApplyError.
 */
export function applyChange(
  image: Image,
  path: string,
  change: FileChange,
): { text: string | undefined; lines: readonly PlacedLine[] } {
  const text = image.get(path);
  if (change.kind === 'added') {
    if (text !== undefined) {
      throw new ApplyError(path, 'the patch adds this file, and the tree has it already.');
    }
    return applyHunks(path, '', change.hunks);
  }
  if (text === undefined) {
    throw new ApplyError(path, 'the patch changes this file, and the tree does not have it.');
  }
  const applied = applyHunks(path, text, change.hunks);
  return change.kind === 'deleted' ? { ...applied, text: undefined } : applied;
}

/** Hunks in order, each at the place nearest to its own where all of its old lines are. Throws ApplyError. */
export function applyHunks(path: string, text: string, hunks: readonly Hunk[]): AppliedText {
  const old = text === '' ? [] : text.replace(/\n$/u, '').split('\n');
  const result: string[] = [];
  const lines: PlacedLine[] = [];
  let from = 0;
  let shift = 0;
  for (const [index, hunk] of hunks.entries()) {
    const wanted = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
    const at = findPlace(old, hunk, wanted + shift, from);
    if (at === undefined) {
      throw new ApplyError(path, describeMiss(old, hunk, wanted, index, hunks.length));
    }
    result.push(...old.slice(from, at));
    from = putHunk(old, hunk, at, result, lines);
    shift = at - wanted;
  }
  result.push(...old.slice(from));
  return { text: result.length === 0 ? '' : `${result.join('\n')}\n`, lines };
}

/** Copies a hunk's new side; the index behind its old side. Context stays as the tree has it. */
function putHunk(
  old: readonly string[],
  hunk: Hunk,
  at: number,
  result: string[],
  lines: PlacedLine[],
): number {
  let next = at;
  for (const line of hunk.lines) {
    if (line.kind === 'added') {
      lines.push({ line, at: result.push(line.text) });
      continue;
    }
    if (line.kind === 'removed') {
      lines.push({ line, at: next + 1 });
    } else {
      result.push(old[next] ?? '');
    }
    next += 1;
  }
  return next;
}

/** The nearest place where the old side is, letter by letter, else white space aside, as mails mangle it. */
function findPlace(
  old: readonly string[],
  hunk: Hunk,
  wanted: number,
  from: number,
): number | undefined {
  const side = oldSide(hunk);
  for (const form of [(text: string) => text, squeeze]) {
    const pattern = side.map(form);
    const fits = (at: number): boolean =>
      at >= from &&
      at + pattern.length <= old.length &&
      pattern.every((text, offset) => form(old[at + offset] ?? '') === text);
    for (let distance = 0; distance <= old.length; distance++) {
      const found = [wanted - distance, wanted + distance].find(fits);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

function oldSide(hunk: Hunk): string[] {
  return hunk.lines.filter((line) => line.kind !== 'added').map((line) => line.text);
}

function squeeze(text: string): string {
  return text.trim().replaceAll(/\s+/gu, ' ');
}

/** The first line that differs where the hunk should go. */
function describeMiss(
  old: readonly string[],
  hunk: Hunk,
  wanted: number,
  index: number,
  of: number,
): string {
  const side = oldSide(hunk);
  const offset = side.findIndex(
    (text, each) => squeeze(old[wanted + each] ?? '') !== squeeze(text),
  );
  const expected = squeeze(side[Math.max(offset, 0)] ?? '');
  const found = old[wanted + Math.max(offset, 0)];
  const there =
    found === undefined ? 'the file ends before it' : `the tree has \`${squeeze(found)}\``;
  return `hunk ${index + 1} of ${of} does not apply; at line ${wanted + Math.max(offset, 0) + 1} it expects \`${expected}\`, and ${there}.`;
}
