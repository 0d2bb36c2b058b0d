import { realpath } from 'node:fs/promises';

import type { Series } from '../series/series.ts';
import { applySeries, type Level } from './git-apply.ts';
import type { ApplyOptions } from './git-attempt.ts';
import { TreeError } from './error.ts';
import { pathsOf } from './git-names.ts';
import { closeRoom, openWorkshop } from './git-room.ts';
import { copyFiles } from './git-workshop.ts';

const OTHERWISE =
  'a directory has no history in which a base could be looked up: give the tree that the mail was made for, or its repository.';

/**
 * Applies a series to a directory that is no repository, without writing in it: the files that the series touches are
 * copied into a workshop, and git applies it there, by the same rules as to a commit. The blobs that a mail
 * names are not at hand, so nothing is merged.
 *
 * @returns the levels; `changed` lies over the directory's own files
 * @throws {TreeError} `does-not-apply`, `no-folder`
 */
export async function applyToDirectory(
  folder: string,
  series: Series,
  options: ApplyOptions,
): Promise<Level[]> {
  const root = await realpath(folder).catch(() => {
    throw new TreeError(
      { kind: 'no-folder' },
      `"${folder}" is no folder; give the top of a source tree.`,
    );
  });
  const room = await openWorkshop('sha1');
  try {
    const tree = await copyFiles(root, room, pathsOf(series, options.history));
    const base = { name: folder, room, tree, fit: noOther, otherwise: OTHERWISE };
    // A commit that the mail names means nothing without a repository.
    const hints = { basedOn: options.hints.basedOn };
    return await applySeries(base, series, { ...options, hints });
  } finally {
    await closeRoom(room);
  }
}

/** A directory has no history in which another base could be looked up. */
async function noOther(): Promise<undefined> {
  return Promise.resolve(undefined);
}
