import { posix } from 'node:path';

import type { FileChange, Series } from '../series/series.ts';
import type { GitImage } from './git-image.ts';
import { needGit, runGit } from './git-run.ts';

/** The names that a file had over time, one list for each file; the order does not matter. */
export type NameHistory = readonly (readonly string[])[];

/** A file that the mail knows by one name and the tree by another. */
export interface Renaming {
  readonly mail: string;
  readonly tree: string;
}

/** More files of one name than are compared with the mail's. */
const MOST_CANDIDATES = 200;

/** Whether a file must be there before a patch: all but new ones. */
function before({ kind, oldPath }: FileChange): string | undefined {
  return kind === 'added' ? undefined : oldPath;
}

/** The files that a tree has under another name than the mail, by the history of names. */
export function findRenamings(
  image: GitImage,
  files: readonly FileChange[],
  history: NameHistory,
): Renaming[] {
  return files.flatMap((file) => {
    const mail = before(file);
    if (mail === undefined || image.has(mail)) {
      return [];
    }
    const tree = namesOf(mail, history).find((name) => image.has(name));
    return tree === undefined ? [] : [{ mail, tree }];
  });
}

/** All names of a file, its own first. */
export function namesOf(path: string, history: NameHistory): string[] {
  return [...new Set([path, ...history.filter((names) => names.includes(path)).flat()])];
}

/** Every path that a series names, with all names that its file ever had. */
export function pathsOf(series: Series, history: NameHistory): string[] {
  const files = series.patches.flatMap((patch) => patch.files);
  const paths = files.flatMap(({ oldPath, newPath }) => [oldPath ?? [], newPath ?? []].flat());
  return [...new Set(paths.flatMap((path) => namesOf(path, history)))];
}

/**
 * Finds by git's rename detection what the history of names does not tell: the mail's own blob, where the repository
 * has it, is compared with the tree's files of the same last name.
 */
export async function detectRenamings(
  room: string,
  image: GitImage,
  series: Series,
  history: NameHistory,
): Promise<string[][]> {
  const found: string[][] = [];
  const seen = new Set<string>();
  for (const file of series.patches.flatMap(({ files }) => files)) {
    const path = before(file);
    const unknown =
      path !== undefined &&
      !seen.has(path) &&
      !namesOf(path, history).some((name) => image.has(name));
    const tree = unknown ? await detect(room, image, path, file.oldBlob) : undefined;
    found.push(...(path === undefined || tree === undefined ? [] : [[path, tree]]));
    // What an earlier patch makes or has changed is no file of the base.
    [file.oldPath, file.newPath].forEach((each) => seen.add(each ?? ''));
  }
  return found;
}

/** The same changes, of the files as the tree calls them. */
export function renamed(
  files: readonly FileChange[],
  renamings: readonly Renaming[],
): FileChange[] {
  const names = new Map(renamings.map(({ mail, tree }) => [mail, tree]));
  return files.map((file) => {
    const path = before(file);
    const tree = path === undefined ? undefined : names.get(path);
    if (tree === undefined) {
      return file;
    }
    const both = file.newPath === path && file.newPath !== undefined;
    return { ...file, oldPath: tree, ...(both ? { newPath: tree } : {}) };
  });
}

/**
 * Two trees of one level are compared, the mail's file alone against the candidates: git compares contents, and a whole
 * tree against one file would take seconds.
 */
async function detect(
  room: string,
  image: GitImage,
  path: string,
  blob: string | undefined,
): Promise<string | undefined> {
  const name = posix.basename(path);
  const candidates = [...image.paths()].filter((each) => posix.basename(each) === name);
  const old = blob === undefined ? undefined : (await blobsNamed(room, [blob]))[0];
  if (old === undefined || candidates.length === 0 || candidates.length > MOST_CANDIDATES) {
    return undefined;
  }
  const ids = candidates.map(
    (each, index) => `100644 blob ${image.blob(each) ?? ''}\tto-${index}\0`,
  );
  const trees = [`100644 blob ${old}\tfrom\0`, ids.join('')].map(async (input) =>
    needGit(room, ['mktree', '-z', '--missing'], { input }),
  );
  const [one, many] = (await Promise.all(trees)).map((out) => out.trim());
  const args = ['diff-tree', '--find-renames=50%', '--name-status', one ?? '', many ?? ''];
  const { out } = await runGit(room, args);
  const [, index] = /^R\d+\tfrom\tto-(\d+)$/mu.exec(out.toString('utf8')) ?? [];
  return index === undefined ? undefined : candidates[Number(index)];
}

/** The whole ids of the blobs that a mail abbreviates; those that the repository lacks or has twice are left out. */
export async function blobsNamed(room: string, prefixes: readonly string[]): Promise<string[]> {
  const input = prefixes.map((prefix) => `${prefix}\n`).join('');
  const { out } = await runGit(room, ['cat-file', '--batch-check'], { input });
  return [...out.toString('utf8').matchAll(/^(\w+) blob \d+$/gmu)].map(([, id = '']) => id);
}
