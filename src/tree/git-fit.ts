import type { Series } from '../series/series.ts';
import { decodeText } from '../series/text.ts';
import type { FittingBase } from './error.ts';
import { blobsNamed, namesOf, type NameHistory } from './git-names.ts';
import type { Ref, Repository } from './git-repository.ts';
import { runGit } from './git-run.ts';

/** What a mail says about the tree that it was made on. */
export interface BaseHints {
  /** The id behind `base-commit:`, where the input names just one. */
  readonly baseCommit?: string;
  /** The message identifiers behind `Based-on:`, without `<>`. */
  readonly basedOn: readonly string[];
}

/** A file as a patch expects it. */
interface Wanted {
  readonly names: readonly string[];
  /** As the mail abbreviates it. */
  readonly blob: string;
}

/** Milliseconds for searching the history: beyond, no answer is better than a wait. */
const SEARCH_LIMIT = 10_000;

/** Reads the trailers of `git format-patch --base` and of QEMU's mails, wherever in the input they stand. */
export function baseHints(input: Uint8Array): BaseHints {
  const { text } = decodeText(input);
  const commits = [...text.matchAll(/^(?:> ?)*base-commit: ([0-9a-f]{40,64})\s*$/gmu)];
  const based = [...text.matchAll(/^(?:> ?)*Based-on: *(?:<([^<>\s]+)>|(\S+@\S+))/gimu)];
  const [baseCommit, ...others] = new Set(commits.map(([, id = '']) => id));
  return {
    ...(baseCommit === undefined || others.length > 0 ? {} : { baseCommit }),
    basedOn: [...new Set(based.map(([, id, bare]) => id ?? bare ?? ''))],
  };
}

/**
 * A base on which the files are as the series has them: what the mail names, if it is there; else HEAD, a tag or a
 * branch; else a commit of the history. Undefined where none is found in time.
 */
export async function fittingBase(
  repository: Repository,
  series: Series,
  hints: BaseHints,
  history: NameHistory,
): Promise<FittingBase | undefined> {
  const { baseCommit } = hints;
  if (baseCommit !== undefined && (await repository.find(baseCommit)) !== undefined) {
    return { revision: baseCommit, because: 'base-commit' };
  }
  const wanted = wantedFiles(series, history);
  if (wanted.length === 0) {
    return undefined;
  }
  const refs = await repository.refs();
  const [ref] = await refsWith(repository, refs, wanted);
  const revision = ref?.name ?? (await commitWith(repository, refs, wanted));
  return revision === undefined ? undefined : { revision, because: 'blob' };
}

/** Every file as it must be before the series: the first patch that changes it names its blob. */
function wantedFiles(series: Series, history: NameHistory): Wanted[] {
  const wanted = new Map<string, Wanted>();
  const made = new Set<string>();
  for (const { kind, oldPath, newPath, oldBlob } of series.patches.flatMap(({ files }) => files)) {
    if (kind !== 'added' && oldPath !== undefined && oldBlob !== undefined && !made.has(oldPath)) {
      const names = namesOf(oldPath, history);
      wanted.set(oldPath, wanted.get(oldPath) ?? { names, blob: oldBlob });
    }
    made.add(newPath ?? oldPath ?? '');
  }
  return [...wanted.values()];
}

/** The refs whose trees have all files, by one process: a question is a line, and so is an answer. */
async function refsWith(
  repository: Repository,
  refs: readonly Ref[],
  wanted: readonly Wanted[],
): Promise<Ref[]> {
  const ask = refs.map(({ commit }) =>
    wanted.map(({ names }) => names.map((n) => `${commit}:${n}`)),
  );
  const input = `${ask.flat(2).join('\n')}\n`;
  const { out } = await runGit(repository.room, ['cat-file', '--batch-check=%(objectname)'], {
    input,
  });
  const answers = out.toString('utf8').split('\n')[Symbol.iterator]();
  return refs.filter((_, index) => {
    const fits = (ask[index] ?? []).map((questions, file) => {
      const ids = questions.map(() => answers.next().value ?? '');
      // One that is missing is answered by the question and a word.
      return ids.some((id) => /^\w+$/u.test(id) && id.startsWith(wanted[file]?.blob ?? '?'));
    });
    return fits.every(Boolean);
  });
}

/** The newest commit of the history that has all files: one that brought one of them in, or the one before it went. */
async function commitWith(
  repository: Repository,
  refs: readonly Ref[],
  wanted: readonly Wanted[],
): Promise<string | undefined> {
  for (const { names, blob } of wanted) {
    const id = (await blobsNamed(repository.room, [blob]))[0];
    if (id === undefined) {
      return undefined;
    }
    const found = await commitsTouching(repository, refs, names, id);
    const candidates = found.flatMap((commit) => [commit, `${commit}^`]);
    const known = await Promise.all(
      candidates.map(async (name) => ({
        name,
        commit: await repository.inRoom(`${name}^{commit}`),
      })),
    );
    const named = known.flatMap(({ commit }) =>
      commit === undefined ? [] : [{ name: commit.slice(0, 12), commit }],
    );
    const [fitting] = await refsWith(repository, named, wanted);
    if (fitting !== undefined) {
      return fitting.name;
    }
  }
  return undefined;
}

/** The newest commits that bring a blob in or take it out at one of the names. */
async function commitsTouching(
  repository: Repository,
  refs: readonly Ref[],
  names: readonly string[],
  blob: string,
): Promise<string[]> {
  const args = ['log', '--format=%H', '--max-count=4', `--find-object=${blob}`, '--stdin'];
  const input = `${[...new Set(refs.map(({ commit }) => commit))].join('\n')}\n--\n${names.join('\n')}\n`;
  const { out } = await runGit(repository.room, args, { input, limit: SEARCH_LIMIT });
  return out
    .toString('utf8')
    .split('\n')
    .filter((line) => /^[0-9a-f]{40,64}$/u.test(line));
}
