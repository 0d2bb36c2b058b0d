import { shown } from '../series/text.ts';
import type { FileChange, Patch, Series } from '../series/series.ts';
import { diffTrees } from './git-diff.ts';
import { runApply, type ApplyBase, type ApplyOptions, type Attempt } from './git-attempt.ts';
import { openImage, type GitImage } from './git-image.ts';
import { placeLines, type PlacedLine } from './git-lines.ts';
import { misfit } from './git-misfit.ts';
import { BlobReader } from './git-objects.ts';
import { findRenamings, renamed, type Renaming } from './git-names.ts';
import { needGit } from './git-run.ts';

/** The tree after one patch of a series. */
export interface Level {
  readonly patch: Patch;
  /** Every path whose file is another than on the base: its text now, undefined where it is gone. */
  readonly changed: ReadonlyMap<string, string | undefined>;
  /**
   * What the patch changed in the tree: as `patch.files`, but with the paths and lines of the tree, which differ from the
   * mail's where git moved or merged a hunk, or the file has another name.
   */
  readonly files: readonly FileChange[];
  /** Every line that the patch adds or removes, in the mail's order, and where it stands in the tree. */
  readonly lines: readonly PlacedLine[];
  /** Names of the mail that the tree has otherwise. */
  readonly renamings: readonly Renaming[];
  /** What a reader should know: merged three-way, left aside. */
  readonly remarks: readonly string[];
}

/**
 * Applies the patches of a series one on the other, with git's own rules: every hunk where its lines are, moved if need
 * be, without fuzz; else merged three-way, where the room has the blobs that the mail names.
 *
 * @throws {TreeError} `does-not-apply`
 */
export async function applySeries(
  base: ApplyBase,
  series: Series,
  options: ApplyOptions,
): Promise<Level[]> {
  const blobs = new BlobReader(base.room);
  const levels: Level[] = [];
  let image = await openImage(base.room, base.tree, blobs, advice);
  try {
    for (const patch of series.patches) {
      const { tree, ...made } = await applyPatch({ base, image, series, patch, options });
      const { files } = await diffTrees(base.room, image.tree, tree);
      const next = await openImage(base.room, tree, blobs, advice);
      const { changed, links } = await changedFiles(base, next);
      const lines = await changedLines(patch, made.renamings, image, next);
      const remarks = [...made.remarks, ...links.map(linkAside)];
      levels.push({ patch, files, lines, changed, renamings: made.renamings, remarks });
      image = next;
    }
  } finally {
    blobs.close();
  }
  return levels;
}

function advice(): string {
  return 'the temporary folder was changed while it was in use.';
}

interface Made {
  readonly tree: string;
  readonly renamings: readonly Renaming[];
  readonly remarks: readonly string[];
}

async function applyPatch(attempt: Attempt): Promise<Made> {
  const { base, image, patch, options } = attempt;
  const renamings = findRenamings(image, patch.files, options.history);
  const files = renamed(patch.files.filter(hasText), renamings);
  const remarks = [...renamings.map(otherName), ...patch.files.flatMap(leftAside)];
  const plain = await tryApply(attempt, files, []);
  if (plain !== undefined) {
    return { tree: plain, renamings, remarks };
  }
  const merged = await tryApply(attempt, files, ['--3way']);
  // A merge that changes nothing means that the tree has the patch already.
  if (merged === undefined || merged === image.tree) {
    throw await misfit(attempt, files);
  }
  const how = `patch ${patch.index} was merged three-way: its lines stand elsewhere on ${base.name}`;
  return { tree: merged, renamings, remarks: [...remarks, how] };
}

/** Applies to the tree so far; returns the tree that comes out, undefined where it does not apply. */
async function tryApply(
  { base, image }: Attempt,
  files: readonly FileChange[],
  how: readonly string[],
): Promise<string | undefined> {
  const { room } = base;
  await needGit(room, ['read-tree', image.tree]);
  if (files.length > 0) {
    const { ok } = await runApply(room, files, how);
    if (!ok) {
      return undefined;
    }
  }
  return (await needGit(room, ['write-tree'])).trim();
}

/** A new mode changes no text, and what a binary file comes to is not in the series. */
function hasText(file: FileChange): boolean {
  return !file.binary && (file.kind !== 'modified' || file.hunks.length > 0);
}

function leftAside({ binary, newPath, oldPath }: FileChange): string[] {
  return binary ? [`the binary file "${shown(newPath ?? oldPath ?? '')}" is left as it is`] : [];
}

function otherName({ mail, tree }: Renaming): string {
  return `"${shown(mail)}" is "${shown(tree)}" there`;
}

async function changedLines(
  patch: Patch,
  renamings: readonly Renaming[],
  before: GitImage,
  after: GitImage,
): Promise<PlacedLine[]> {
  const changes = patch.files.filter(hasText);
  const trees = renamed(changes, renamings);
  await before.prefetch(
    trees.flatMap(({ oldPath }) => oldPath ?? []),
    [],
  );
  await after.prefetch(
    trees.flatMap(({ newPath }) => newPath ?? []),
    [],
  );
  return changes.flatMap((change, index) => {
    const tree = trees[index] ?? change;
    const texts = { before: textOf(before, tree.oldPath), after: textOf(after, tree.newPath) };
    return placeLines({ change, tree, ...texts });
  });
}

function textOf(image: GitImage, path: string | undefined): string {
  return path === undefined ? '' : (image.get(path) ?? '');
}

function linkAside(path: string): string {
  return `the symbolic link "${shown(path)}" is left as it is`;
}

/** The files of an image that differ from the base; links apart, since what they lead to need not be in the room. */
async function changedFiles(
  base: ApplyBase,
  image: GitImage,
): Promise<{ changed: Map<string, string | undefined>; links: string[] }> {
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', base.tree, image.tree];
  const out = await needGit(base.room, args);
  const paths = out.split('\0').filter((path) => path !== '');
  const links = paths.filter((path) => image.entry(path)?.link === true);
  const texts = paths.filter((path) => !links.includes(path));
  await image.prefetch(texts, []);
  return { changed: new Map(texts.map((path) => [path, image.get(path)])), links };
}
