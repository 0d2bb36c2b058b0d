import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileChange, Series } from '../series/series.ts';
import { diffTrees } from '../tree/git-diff.ts';
import { openImage } from '../tree/git-image.ts';
import { readRange } from '../tree/git-range.ts';
import type { CommitRange } from '../tree/git-range.ts';
import { openRepository } from '../tree/git-repository.ts';
import type { Repository } from '../tree/git-repository.ts';
import { runGit } from '../tree/git-run.ts';
import { FetchError, fetchingGit } from './git-fetch.ts';
import type { Remote } from './git-fetch.ts';

/** What a program that runs a tree wants of it. */
export interface Wanted {
  /** What it reads, and where that includes from (`prefetch` of `tree/git-image.ts`). */
  readonly roots: readonly string[];
  readonly folders: readonly string[];
  /** Whether it runs anything for a series: most are of no concern. */
  readonly runs: (series: Series) => boolean;
}

/** A pull request's commits, with all that is read of them. */
export interface Fetched {
  /** The bare repository; give it to `--tree`. */
  readonly folder: string;
  readonly range: CommitRange;
  /** The same as two revisions: `BASE...HEAD`. */
  readonly revisions: string;
  /** What the pull request changes as a whole. */
  readonly diff: readonly FileChange[];
}

export interface Asked {
  /** GitHub's number of the repository: names change, and could be anything. */
  readonly repo: number;
  readonly number: number;
  readonly base: string;
  readonly head: string;
  readonly remote: Remote;
  readonly wanted: Wanted;
  readonly signal: AbortSignal;
}

/** A repository that was used within so many milliseconds is not removed: a review may still read it. */
const IN_USE = 3_600_000;
/** Milliseconds after which a lock of git's is taken for one that nobody holds. */
const LOCKED = 60_000;
/** Rounds of includes that include others. */
const MOST_ROUNDS = 60;

/** Partial clones on this machine: commits and trees, and those blobs that something asked for. */
export class Clones {
  readonly #folder: string;
  readonly #mostBytes: number;
  readonly #turns = new Map<string, Promise<unknown>>();

  /** @param mostBytes what they may take together before the longest unused are removed */
  constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /**
   * Fetches what is read of a pull request. Nothing of it is checked out.
   *
   * @throws {FetchError} where the server refuses or is not there
   * @throws {TreeError} where the commits are no range that can be reviewed
   */
  async fetch(asked: Asked): Promise<Fetched> {
    const folder = join(this.#folder, `${asked.repo}.git`);
    const turn = (this.#turns.get(folder) ?? Promise.resolve())
      .catch(() => undefined)
      .then(async () => fetchInto(folder, asked));
    this.#turns.set(folder, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(folder) === turn) {
        this.#turns.delete(folder);
      }
    }
  }

  /** Removes the longest unused until the rest has room. */
  async prune(now: number = Date.now()): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const clones = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        return { path, used: (await stat(path)).mtimeMs, bytes: await sizeOf(path) };
      }),
    );
    let total = clones.reduce((sum, { bytes }) => sum + bytes, 0);
    const removed: string[] = [];
    for (const { path, used, bytes } of clones.toSorted((a, b) => a.used - b.used)) {
      if (total > this.#mostBytes && now - used > IN_USE) {
        await rm(path, { recursive: true, force: true });
        removed.push(path);
        total -= bytes;
      }
    }
    return removed;
  }
}

async function fetchInto(folder: string, asked: Asked): Promise<Fetched> {
  const { base, head, number, signal } = asked;
  await open(folder, asked);
  const refs = [`+${head}:refs/pull/${number}/head`, `+${base}:refs/pull/${number}/base`];
  await fetchObjects(folder, asked, ['--filter=blob:none', 'origin', ...refs]);
  await utimes(folder, new Date(), new Date());
  const repository = await openRepository(folder);
  if (repository === undefined) {
    throw new FetchError('make a repository');
  }
  try {
    const fork = await forkOf(repository, base, head);
    await fetchChanged(repository, folder, asked, fork);
    const revisions = `${base}...${head}`;
    const range = await readRange(repository, revisions);
    const { files } = await diffTrees(repository.room, range.base, head);
    for (const commit of asked.wanted.runs(range.series) ? [range.base, head] : []) {
      await fetchImage(repository, folder, asked, commit);
    }
    signal.throwIfAborted();
    return { folder, range, revisions, diff: files };
  } finally {
    await repository.close();
  }
}

/** A bare repository whose remote promises what is not here. It is whole or not there at all. */
async function open(folder: string, { signal }: Asked): Promise<void> {
  if (await isThere(join(folder, 'HEAD'))) {
    await removeLocks(folder);
    return;
  }
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const beside = await mkdtemp(join(parent, '.new-'));
  try {
    const init = await fetchingGit(beside, ['init', '--quiet', '--bare', '--template=', beside], {
      signal,
    });
    if (!init.ok) {
      throw new FetchError(`make ${folder}; is there space left?`, init.err);
    }
    for (const [name, value] of PARTIAL) {
      await fetchingGit(beside, ['config', name, value], { signal });
    }
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (!(await isThere(join(folder, 'HEAD')))) {
      throw error;
    }
  }
}

const PARTIAL = [
  ['core.repositoryFormatVersion', '1'],
  ['extensions.partialClone', 'origin'],
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialCloneFilter', 'blob:none'],
] as const;

/** A git that was killed leaves the files by which it kept others out: nobody holds one for minutes. */
async function removeLocks(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.lock'))) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > LOCKED) {
      await rm(path, { force: true });
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function fetchObjects(
  folder: string,
  { remote, signal }: Asked,
  args: readonly string[],
  input = '',
): Promise<void> {
  const fixed = [
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
  ];
  // A repository that was renamed keeps its number, and its clone.
  const url = ['-c', `remote.origin.url=${remote.url}`];
  const answer = await fetchingGit(folder, [...url, ...fixed, ...args], { remote, signal, input });
  if (!answer.ok) {
    throw new FetchError('fetch the pull request', answer.err);
  }
}

/** Blobs by their ids, which the server must give (`uploadpack.allowAnySHA1InWant`, as GitHub's does). */
async function fetchBlobs(folder: string, asked: Asked, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    const args = ['--filter=blob:none', '--stdin', 'origin'];
    await fetchObjects(folder, asked, args, `${ids.join('\n')}\n`);
  }
}

async function forkOf(repository: Repository, base: string, head: string): Promise<string> {
  const { ok, out } = await runGit(repository.room, ['merge-base', base, head]);
  return ok ? out.toString('utf8').trim() : base;
}

/** The blobs on both sides of every commit, and of the whole. */
async function fetchChanged(
  repository: Repository,
  folder: string,
  asked: Asked,
  fork: string,
): Promise<void> {
  const { head } = asked;
  const raw = ['--raw', '--no-abbrev', '--no-renames', '-r'];
  const log = ['log', '-m', '--first-parent', '--format=', ...raw, `${fork}..${head}`];
  const answers = await Promise.all([
    runGit(repository.room, log),
    runGit(repository.room, ['diff-tree', ...raw, fork, head]),
  ]);
  const text = answers.map(({ out }) => out.toString('utf8')).join('\n');
  // `:MODE MODE ID ID STATUS<TAB>PATH` (git-diff-tree(1)); a submodule has no blob.
  const rows = text.matchAll(/^:(\d{6}) (\d{6}) (\w+) (\w+) /gmu);
  const ids = [...rows].flatMap(([, before, after, old = '', young = '']) => [
    ...(before === '160000' ? [] : [old]),
    ...(after === '160000' ? [] : [young]),
  ]);
  await fetchBlobs(folder, asked, await lackedOf(repository, ids));
}

/** Which objects of a list are not here. */
async function lackedOf(repository: Repository, ids: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(ids)].filter((id) => !/^0+$/u.test(id));
  const input = wanted.map((id) => `${id}\n`).join('');
  const { out } = await runGit(repository.room, ['cat-file', '--batch-check'], { input });
  return out
    .toString('utf8')
    .split('\n')
    .flatMap((line) => (line.endsWith(' missing') ? [line.split(' ')[0] ?? ''] : []));
}

function advice(): string {
  return 'it is fetched again.';
}

/** What a program made of a commit's files includes, round by round: a header tells of the next ones once it is here. */
async function fetchImage(
  { room, blobs }: Repository,
  folder: string,
  asked: Asked,
  commit: string,
): Promise<void> {
  const image = await openImage(room, commit, blobs, advice);
  let before = '';
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await image.prefetch(asked.wanted.roots, asked.wanted.folders).catch(() => undefined);
    const ids = blobs.forgetLacking();
    if (ids.length === 0 || ids.join(' ') === before) {
      return;
    }
    before = ids.join(' ');
    await fetchBlobs(folder, asked, ids);
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
