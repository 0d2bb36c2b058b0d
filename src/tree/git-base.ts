import type { Series } from '../series/series.ts';
import { applySeries, type Level } from './git-apply.ts';
import type { ApplyOptions } from './git-attempt.ts';
import type { FittingBase } from './error.ts';
import { fittingBase, type BaseHints } from './git-fit.ts';
import { blobsNamed, detectRenamings, pathsOf } from './git-names.ts';
import type { Repository } from './git-repository.ts';
import { closeRoom, openWorkshop } from './git-room.ts';
import { copyBlobs } from './git-workshop.ts';

/** The commit that a mail is applied to. */
export interface Base {
  readonly commit: string;
  /** As the user named it, or `HEAD`, or the commit's id. */
  readonly name: string;
  readonly because: 'given' | 'base-commit' | 'head';
}

/**
 * Chooses the base of a mail: the revision that was asked for; else the `base-commit:` of the mail, where the repository
 * has it; else HEAD.
 *
 * @throws {TreeError} `unknown-revision`
 */
export async function chooseBase(
  repository: Repository,
  hints: BaseHints,
  revision?: string,
): Promise<Base> {
  if (revision !== undefined) {
    return { commit: await repository.resolve(revision), name: revision, because: 'given' };
  }
  const { baseCommit } = hints;
  const named = baseCommit === undefined ? undefined : await repository.find(baseCommit);
  if (named !== undefined) {
    return { commit: named, name: named.slice(0, 12), because: 'base-commit' };
  }
  return { commit: await repository.resolve('HEAD'), name: 'HEAD', because: 'head' };
}

/** One line for the reader: which base was taken, and why. */
export function describeBase({ commit, name, because }: Base): string {
  const id = commit.slice(0, 12);
  switch (because) {
    case 'given':
      return name === commit || name === id ? `base ${id}` : `base ${name} (${id})`;
    case 'base-commit':
      return `base ${id}, the base-commit of the mail`;
    case 'head':
      return `base HEAD (${id}); another one is taken with --base`;
  }
}

const OTHERWISE =
  'nothing here has the files as the mail expects them: fetch newer history, or have it rebased.';

/**
 * Applies a series to a commit, patch after patch, without writing in the repository: the files that it touches are
 * copied into a workshop, and git applies it there.
 *
 * @returns the levels; `changed` lies over `repository.image(base.commit)`
 * @throws {TreeError} `does-not-apply`, with the base that would fit; `missing-object`
 */
export async function applyToCommit(
  repository: Repository,
  base: Base,
  series: Series,
  options: ApplyOptions,
): Promise<Level[]> {
  const image = await repository.image(base.commit);
  const detected = await detectRenamings(repository.room, image, series, options.history);
  const all = {
    history: [...options.history, ...detected],
    hints: await unknownHints(repository, options.hints),
  };
  const room = await openWorkshop(repository.format);
  try {
    const blobs = await mergeBlobs(repository, series);
    const tree = await copyBlobs(repository.room, image, room, pathsOf(series, all.history), blobs);
    const fit = async () => otherBase(repository, base, series, options);
    const target = { name: base.name, room, tree, fit, otherwise: OTHERWISE };
    return await applySeries(target, series, all);
  } finally {
    await closeRoom(room);
  }
}

/** The blobs that the mail names and the repository has: what a three-way merge starts from. */
async function mergeBlobs(repository: Repository, series: Series): Promise<string[]> {
  const files = series.patches.flatMap((patch) => patch.files);
  const names = new Set(files.flatMap(({ oldBlob }) => oldBlob ?? []));
  return blobsNamed(repository.room, [...names]);
}

/** What a mail says of its base, without a base-commit that is here: then it is not for being absent that it does not fit. */
async function unknownHints(
  repository: Repository,
  { baseCommit, basedOn }: BaseHints,
): Promise<BaseHints> {
  const here = baseCommit === undefined || (await repository.find(baseCommit)) !== undefined;
  return here ? { basedOn } : { baseCommit, basedOn };
}

/** A base that fits; where that is the one that was taken, the mail's own word for it does not help. */
async function otherBase(
  repository: Repository,
  base: Base,
  series: Series,
  { hints, history }: ApplyOptions,
): Promise<FittingBase | undefined> {
  const named = await fittingBase(repository, series, hints, history);
  if (named === undefined || (await repository.find(named.revision)) !== base.commit) {
    return named;
  }
  const { basedOn } = hints;
  const found =
    named.because === 'blob' ? named : await fittingBase(repository, series, { basedOn }, history);
  const same = found !== undefined && (await repository.find(found.revision)) === base.commit;
  return same ? { revision: base.name, because: 'same' } : found;
}
