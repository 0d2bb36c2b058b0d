import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import type { GitImage } from './git-image.ts';
import { needGit, runGit } from './git-run.ts';

/**
 * Copies files of a repository's tree into a workshop, by their blobs, without a byte being changed.
 *
 * @param paths those that the tree does not have are left out
 * @param more blobs to copy without a name, for three-way merges
 * @returns the tree of them, in the workshop
 * @throws {TreeError} `missing-object`
 */
export async function copyBlobs(
  room: string,
  image: GitImage,
  workshop: string,
  paths: readonly string[],
  more: readonly string[],
): Promise<string> {
  const there = paths.filter((path) => image.has(path));
  await image.prefetch(there, []);
  const entries = there.flatMap((path) => {
    const entry = image.entry(path);
    return entry === undefined
      ? []
      : [{ path, id: entry.id, mode: entry.link ? '120000' : '100644' }];
  });
  const ids = new Set([...entries.map(({ id }) => id), ...more]);
  const input = [...ids].map((id) => `${id}\n`).join('');
  const { out } = await runGit(room, ['pack-objects', '--quiet', '--stdout'], { input });
  await needGit(workshop, ['unpack-objects', '-q'], { input: out });
  return makeTree(workshop, entries);
}

/** Copies files of a directory into a workshop; returns the tree of those that are there. */
export async function copyFiles(
  root: string,
  workshop: string,
  paths: readonly string[],
): Promise<string> {
  const found = (await Promise.all(paths.map(async (path) => inside(root, path)))).flat();
  const input = found.map(({ file }) => `${file}\n`).join('');
  const args = ['hash-object', '-w', '--no-filters', '--stdin-paths'];
  const ids = (await needGit(workshop, args, { input })).split('\n');
  const entries = found.map(({ path }, at) => ({ path, id: ids[at] ?? '', mode: '100644' }));
  return makeTree(workshop, entries);
}

/** The file at a path of the directory. A link that leads out of it is not followed: its target is not the tree's. */
async function inside(root: string, path: string): Promise<{ path: string; file: string }[]> {
  const file = await realpath(join(root, path)).catch(() => undefined);
  if (file === undefined || !file.startsWith(`${root}${sep}`) || file.includes('\n')) {
    return [];
  }
  return (await stat(file)).isFile() ? [{ path, file }] : [];
}

async function makeTree(
  workshop: string,
  entries: readonly { path: string; id: string; mode: string }[],
): Promise<string> {
  const input = entries.map(({ path, id, mode }) => `${mode} ${id}\t${path}\0`).join('');
  await needGit(workshop, ['update-index', '-z', '--add', '--index-info'], { input });
  return (await needGit(workshop, ['write-tree'])).trim();
}
