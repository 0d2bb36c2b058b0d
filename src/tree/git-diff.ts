import { readDiff } from '../series/diff.ts';
import { takeQuoted } from '../series/path.ts';
import type { FileChange } from '../series/series.ts';
import { decodeText, shown, splitLines } from '../series/text.ts';
import type { TreeError } from './error.ts';
import type { Repository } from './git-repository.ts';
import { runGit } from './git-run.ts';

/** What changes from one tree to another. */
export interface Difference {
  readonly files: readonly FileChange[];
  /** Paths of the submodules that change; their files are not in the repository. */
  readonly submodules: ReadonlySet<string>;
}

/** A commit and its parents. */
interface Child {
  readonly id: string;
  readonly parents: readonly string[];
}

/** What `git diff` prints, whatever the user has set; a blank context line keeps its blank. */
const DIFF_OPTIONS = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--full-index',
  '--find-renames',
  '--unified=3',
  '--inter-hunk-context=0',
  '--diff-algorithm=myers',
  '--submodule=short',
  '--ignore-submodules=none',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

const DIFF_TREE = ['diff-tree', '-r', '--patch-with-raw', ...DIFF_OPTIONS];

/**
 * The difference that every commit makes to its first parent, by one process.
 *
 * @param name what errors call the input
 */
export async function diffCommits(
  repository: Repository,
  commits: readonly Child[],
  name: string,
): Promise<Difference[]> {
  // `COMMIT PARENT` on a line: that parent counts, whatever others the commit has (git-diff-tree(1), "--stdin").
  const input = commits.map(({ id, parents }) => `${id} ${parents[0] ?? ''}\n`).join('');
  const answer = await runGit(repository.room, [...DIFF_TREE, '--stdin', '--always'], { input });
  if (!answer.ok) {
    throw await lackingBlob(repository, answer.err, commits);
  }
  return splitAnswer(answer.out, commits).map((text) => differenceOf(text, name));
}

/** What changes from one tree of a room to another. */
export async function diffTrees(room: string, before: string, after: string): Promise<Difference> {
  const { ok, out } = await runGit(room, [...DIFF_TREE, before, after]);
  if (!ok) {
    throw new Error(`git finds no difference between the trees ${before} and ${after}`);
  }
  return differenceOf(decodeText(out).text, after);
}

function differenceOf(text: string, name: string): Difference {
  const submodules = submodulesOf(text);
  const files = readDiff(splitLines(text), 0, { file: shown(name), repairs: [] });
  return {
    files: files
      .filter(({ oldPath, newPath }) => !submodules.has(newPath ?? oldPath ?? ''))
      .map(withoutPlace),
    submodules,
  };
}

/** Lines of git's own output mean nothing to a reader. */
function withoutPlace(file: FileChange): FileChange {
  return { ...file, hunks: file.hunks.map(({ inputLine: _line, ...hunk }) => hunk) };
}

/** Cuts the answer at the lines that name the commits: no line of a diff is an id on its own. */
function splitAnswer(out: Buffer, commits: readonly Child[]): string[] {
  let start = 0;
  return commits.map(({ id }, index) => {
    const from = out.indexOf(`${id}\n`, start) + id.length + 1;
    const next = commits[index + 1];
    const end = next === undefined ? -1 : out.indexOf(`\n${next.id}\n`, from - 1);
    start = end < 0 ? out.length : end + 1;
    return decodeText(out.subarray(from, start)).text;
  });
}

/** Paths of the submodules that change: mode 160000 in a raw line (git-diff-tree(1), "RAW OUTPUT FORMAT"). */
function submodulesOf(text: string): Set<string> {
  const lines = text.matchAll(/^:(\d{6}) (\d{6}) \w+ \w+ \w+\t(.*)$/gmu);
  return new Set(
    [...lines].flatMap(([, before, after, path = '']) =>
      before === '160000' || after === '160000' ? [unquoted(path)] : [],
    ),
  );
}

function unquoted(path: string): string {
  return path.startsWith('"') ? (takeQuoted(path)?.path ?? path) : path;
}

/** The trees in which the name of a missing blob is looked for. */
const MOST_SEARCHED = 50;

async function lackingBlob(
  repository: Repository,
  err: string,
  commits: readonly Child[],
): Promise<TreeError> {
  const id = objectIn(err);
  const trees = commits
    .toReversed()
    .flatMap((commit) => [commit.id, commit.parents[0] ?? []].flat());
  for (const tree of id === undefined ? [] : trees.slice(0, MOST_SEARCHED)) {
    const image = await repository.image(tree);
    const path = [...image.paths()].find((each) => image.entry(each)?.id === id);
    if (path !== undefined) {
      return repository.missing(id ?? '', path);
    }
  }
  return repository.missing(id ?? commits.at(-1)?.id ?? '');
}

/** The object that git says it could not read. */
function objectIn(err: string): string | undefined {
  return /\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b/u.exec(err)?.[0];
}

/** What went wrong where git met an object that is not there. */
export function lacking(repository: Repository, err: string, fallback: string): TreeError {
  return repository.missing(objectIn(err) ?? fallback);
}
