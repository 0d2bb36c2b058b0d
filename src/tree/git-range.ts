import type { Patch, Series } from '../series/series.ts';
import { shown } from '../series/text.ts';
import { diffCommits, lacking, type Difference } from './git-diff.ts';
import { TreeError } from './error.ts';
import type { Repository } from './git-repository.ts';
import { runGit } from './git-run.ts';

/** Commits as a series of patches. */
export interface CommitRange {
  readonly series: Series;
  /** The commit before the first patch. */
  readonly base: string;
  /** The commit of every patch: `repository.image(commits[i])` is the tree after patch `i`. */
  readonly commits: readonly string[];
  /** What a reader should know: merges taken as one patch, submodules and binary files that were left aside. */
  readonly remarks: readonly string[];
}

interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly date: string;
  readonly subject: string;
  readonly message: string;
}

/** Longer ranges are no series that anybody reviews. */
const MOST_COMMITS = 1_000;

/**
 * Reads the commits of a range as a series, oldest first, one patch for each.
 *
 * - `A..B` (also `A..` and `..B`, with HEAD for what is left out): what B has and A has not;
 * - `A...B`: what B has since it forked from A;
 * - one revision: that commit alone.
 *
 * Only first parents are followed: a merge is one patch, the difference that it makes to the branch it was made on. So
 * the tree after each patch is the tree of a commit, and nothing has to be applied.
 *
 * @throws {TreeError} `unknown-revision`, `empty-range`, `no-parent` where nothing is before the first commit,
 *   `missing-object` in a shallow or partial clone, `too-large`
 * @throws {InputError} where a changed path is not to be used
 */
export async function readRange(repository: Repository, range: string): Promise<CommitRange> {
  const { from, to } = await endsOf(repository, range);
  const commits = await listCommits(repository, range, from, to);
  const base = commits[0]?.parents[0];
  if (base === undefined) {
    throw noParent(repository, range, commits[0]);
  }
  const diffs = await diffCommits(repository, commits, range);
  const patches = commits.map((commit, index) =>
    patchOf(commit, [index + 1, commits.length], diffs[index]),
  );
  return {
    series: {
      kind: commits.length > 1 ? 'mbox' : 'patch',
      subject: commits[0]?.subject ?? '',
      version: 1,
      patches: patches.map(({ patch }) => patch),
      repairs: [],
    },
    base,
    commits: commits.map(({ id }) => id),
    remarks: [...commits.flatMap(mergeRemark), ...patches.flatMap(({ remarks }) => remarks)],
  };
}

/** Whether a word is written as a range rather than as a file name or a single revision. */
export function isRange(text: string): boolean {
  return text.includes('..') && !/(?:^|\/)\.\.(?:\/|$)/u.test(text);
}

/** The commits between which a range lies; `from` undefined for one commit alone. */
async function endsOf(
  repository: Repository,
  range: string,
): Promise<{ from: string | undefined; to: string }> {
  const [, left = '', dots, right = ''] = /^(.*?)(\.{2,3})(.*)$/su.exec(range) ?? [];
  if (dots === undefined) {
    return { from: undefined, to: await repository.resolve(range) };
  }
  const from = await repository.resolve(left === '' ? 'HEAD' : left);
  const to = await repository.resolve(right === '' ? 'HEAD' : right);
  return { from: dots === '..' ? from : await forkOf(repository, range, from, to), to };
}

async function forkOf(
  repository: Repository,
  range: string,
  from: string,
  to: string,
): Promise<string> {
  const { ok, out } = await runGit(repository.room, ['merge-base', from, to]);
  if (!ok) {
    const why = repository.shallow ? ' (the clone is shallow)' : '';
    throw new TreeError(
      { kind: 'no-parent' },
      `the two sides of "${range}" have no commit in common${why}; give a range whose first side is older.`,
    );
  }
  return out.toString('utf8').trim();
}

/** Commits from the oldest to the newest. */
async function listCommits(
  repository: Repository,
  range: string,
  from: string | undefined,
  to: string,
): Promise<Commit[]> {
  const format = '--format=%H%x00%P%x00%an <%ae>%x00%aI%x00%s%x00%b';
  const which =
    from === undefined
      ? ['--max-count=1', to]
      : [`--max-count=${MOST_COMMITS + 1}`, to, `^${from}`];
  const args = ['log', '-z', '--first-parent', '--no-show-signature', '--encoding=UTF-8', format];
  const { ok, out, err } = await runGit(repository.room, [...args, ...which, '--']);
  if (!ok) {
    throw lacking(repository, err, to);
  }
  const fields = out.toString('utf8').split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + 5 < fields.length; at += 6) {
    const [id = '', parents = '', author = '', date = '', subject = '', body = ''] =
      fields.slice(at);
    const message = body.trim();
    commits.push({
      id,
      parents: parents.split(' ').filter(Boolean),
      author,
      date,
      subject,
      message,
    });
  }
  refuseCount(range, commits.length);
  return commits.toReversed();
}

function refuseCount(range: string, count: number): void {
  if (count === 0) {
    throw new TreeError(
      { kind: 'empty-range' },
      `the range "${range}" has no commits: its second side has nothing that the first has not; are they the wrong way round?`,
    );
  }
  if (count > MOST_COMMITS) {
    throw new TreeError(
      { kind: 'too-large' },
      `the range "${range}" has more than ${MOST_COMMITS} commits; give a shorter one.`,
    );
  }
}

function noParent(repository: Repository, range: string, first: Commit | undefined): TreeError {
  const why = repository.shallow
    ? `the clone is shallow and ends there: "git fetch --deepen=100" in ${repository.folder} brings more history.`
    : 'it is the first commit of its history; give a range that begins later.';
  return new TreeError(
    { kind: 'no-parent' },
    `there is nothing before "${first?.subject ?? ''}" (${first?.id.slice(0, 12) ?? ''}), with which "${range}" begins; ${why}`,
  );
}

function patchOf(
  commit: Commit,
  [index, total]: readonly [number, number],
  difference: Difference = { files: [], submodules: new Set() },
): { patch: Patch; remarks: string[] } {
  const { author, date, subject, message, id } = commit;
  const { submodules, files } = difference;
  const binary = files
    .filter((file) => file.binary)
    .map(({ oldPath, newPath }) => newPath ?? oldPath);
  const named = [
    ...[...submodules].map((path) => `the submodule "${shown(path)}"`),
    ...binary.map((path) => `the binary file "${shown(path ?? '')}"`),
  ];
  return {
    patch: { index, total, subject, author, date, message, files },
    remarks: named.map((what) => `${what} changes in ${id.slice(0, 12)} and is not looked into`),
  };
}

function mergeRemark({ id, parents, subject }: Commit): string[] {
  return parents.length > 1
    ? [
        `the merge ${id.slice(0, 12)} ("${shown(subject)}") is taken as one patch: what it changes against its first parent`,
      ]
    : [];
}
