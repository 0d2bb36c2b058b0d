import type { FileChange, Hunk, HunkLine } from '../series/series.ts';

/** A line that a patch adds or removes, and where it stands in the tree. */
export interface PlacedLine {
  /** The path as the mail has it. */
  readonly path: string;
  readonly line: HunkLine;
  /**
   * Path and line in the tree, after the patch for an added line and before it for a removed one. Undefined where it was
   * merged into something else.
   */
  readonly at?: { readonly file: string; readonly line: number };
}

/** One file of a patch with its texts before and after. */
export interface FileTexts {
  /** As the mail has it. */
  readonly change: FileChange;
  /** The same by the tree's names. */
  readonly tree: FileChange;
  readonly before: string;
  readonly after: string;
}

type Side = 'added' | 'removed';

/** Finds the lines of a file's change again in the tree: git may have moved hunks, or merged them. */
export function placeLines({ change, tree, before, after }: FileTexts): PlacedLine[] {
  const path = change.newPath ?? change.oldPath ?? '';
  const added = placeSide('added', change.hunks, after.split('\n'));
  const removed = placeSide('removed', change.hunks, before.split('\n'));
  return change.hunks.flatMap(({ lines }) =>
    lines.flatMap((line): PlacedLine[] => {
      if (line.kind === 'context') {
        return [];
      }
      const file = (line.kind === 'added' ? tree.newPath : tree.oldPath) ?? path;
      const at = (line.kind === 'added' ? added : removed).get(line);
      return [{ path, line, ...(at === undefined ? {} : { at: { file, line: at } }) }];
    }),
  );
}

/** The lines of one side by their numbers in a text: hunk by hunk where they stand together, else run by run. */
function placeSide(
  side: Side,
  hunks: readonly Hunk[],
  text: readonly string[],
): Map<HunkLine, number> {
  const places = new Map<HunkLine, number>();
  let [from, shift] = [0, 0];
  for (const hunk of hunks) {
    const start = (side === 'added' ? hunk.newStart : hunk.oldStart) - 1;
    const block = hunk.lines.filter(({ kind }) => kind === 'context' || kind === side);
    const whole = nearest(text, block, start + shift, from);
    if (whole !== undefined) {
      block.forEach((line, offset) => places.set(line, whole + offset + 1));
      [from, shift] = [whole + block.length, whole - start];
      continue;
    }
    for (const { run, offset } of runs(block, side)) {
      const at = nearest(text, run, start + shift + offset, from);
      run.forEach((line, each) => at !== undefined && places.set(line, at + each + 1));
      from = at === undefined ? from : at + run.length;
    }
  }
  return places;
}

/** The stretches of changed lines between those of the context. */
function runs(block: readonly HunkLine[], side: Side): { run: HunkLine[]; offset: number }[] {
  const found: { run: HunkLine[]; offset: number }[] = [];
  block.forEach((line, offset) => {
    const last = found.at(-1);
    if (line.kind !== side) {
      return;
    }
    if (last !== undefined && last.offset + last.run.length === offset) {
      last.run.push(line);
    } else {
      found.push({ run: [line], offset });
    }
  });
  return found;
}

/** The place nearest to the wanted one, not before `from`, at which the lines stand together. */
function nearest(
  text: readonly string[],
  block: readonly HunkLine[],
  wanted: number,
  from: number,
): number | undefined {
  const fits = (at: number): boolean =>
    at >= from &&
    at + block.length <= text.length &&
    block.every((line, offset) => text[at + offset] === line.text);
  for (let distance = 0; distance <= text.length + Math.abs(wanted); distance++) {
    const found = [wanted - distance, wanted + distance].find(fits);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
