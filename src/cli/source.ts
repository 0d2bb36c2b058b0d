import { stat } from 'node:fs/promises';
import type { Applied, ChangedLine, NotMapped } from '../lifecycle/engine.ts';
import { canLink, type Pack } from '../lifecycle/pack.ts';
import { applyToTree, openTree, relevantFiles } from '../lifecycle/tree.ts';
import type { Patch, Series } from '../series/series.ts';
import { openDirectory } from '../tree/directory.ts';
import type { Level } from '../tree/git-apply.ts';
import { applyToCommit, chooseBase, describeBase } from '../tree/git-base.ts';
import { applyToDirectory } from '../tree/git-directory.ts';
import { baseHints, type BaseHints } from '../tree/git-fit.ts';
import { isRange, readRange } from '../tree/git-range.ts';
import { openRepository, type Repository } from '../tree/git-repository.ts';
import { type Image, overlay } from '../tree/image.ts';
import { readInput } from './bytes.ts';
import { Failure } from './failure.ts';
import {
  openPack,
  openSession,
  sourceOf,
  type OpenPack,
  type Session,
  type Source,
} from './session.ts';

/** What a series is carried out on. */
export interface SourceOptions {
  /** A folder with real files, or a git repository; without one the embedded model is run. */
  readonly tree?: string | undefined;
  /** A revision of that repository. */
  readonly base?: string | undefined;
  /** A folder of scenarios of the user's. */
  readonly scenarios?: string | undefined;
}

/** `input` is the mail or mbox, which may say what it was made for. Throws TreeError, PackError, Failure. */
export async function openSource(options: SourceOptions, input: Uint8Array): Promise<Source> {
  if (options.tree === undefined && options.base === undefined) {
    return sourceOf(await openSession(options.scenarios));
  }
  const opened = await openPack(options.scenarios);
  const folder = await folderAt(options.tree ?? '.');
  const repository = await openTop(folder);
  if (repository !== undefined) {
    return new RepositorySource(opened, repository, baseHints(input), options.base);
  }
  if (options.base !== undefined) {
    throw new Failure(
      `--base names a revision, and ${folder} is not the top of a git repository; name that with --tree.`,
    );
  }
  return directorySource(opened, folder, baseHints(input));
}

/** The series of an input that is one, and what it is carried out on; with no name, only the latter. */
export async function openFirst(
  name: string | undefined,
  options: SourceOptions,
): Promise<{ session: Session; series: Series; close: () => Promise<void> }> {
  const { series, source } = await openNamed(name, options);
  try {
    return { session: await source.prepare(series), series, close: async () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}

const NO_SERIES: Series = { kind: 'diff', subject: '', version: 1, patches: [], repairs: [] };

async function openNamed(
  name: string | undefined,
  options: SourceOptions,
): Promise<{ series: Series; source: Source }> {
  if (name === undefined) {
    return { series: NO_SERIES, source: await openSource(options, new Uint8Array(0)) };
  }
  if (await isCommits(name)) {
    return openRange(name, options);
  }
  const { readSeries } = await import('../series/read.ts');
  const input = await readInput(name);
  const { series, errors } = await readSeries(name, input);
  const [first] = series;
  if (first === undefined) {
    throw new Failure(errors.map(String).join('; ') || `${name}: holds no patch.`);
  }
  return { series: first, source: await openSource(options, input) };
}

/** Whether a word means a range of commits: it is written as one, and no file has that name. */
export async function isCommits(name: string): Promise<boolean> {
  return isRange(name) && (await stat(name).catch(() => undefined)) === undefined;
}

/** The commits of a range, and the sides that they are, whose files are read once something is run. Throws TreeError. */
export async function openRange(
  range: string,
  options: SourceOptions,
): Promise<{ series: Series; source: Source }> {
  const folder = await folderAt(options.tree ?? '.');
  const opened = await openPack(options.scenarios);
  const repository = await openTop(folder);
  if (repository === undefined) {
    throw new Failure(
      `${range} is a range of commits, and ${folder} is not the top of a git repository; name that with --tree.`,
    );
  }
  const { series, base, remarks } = await readRange(repository, range);
  const open = async (): Promise<Session> =>
    treeSession(opened, await openCommit(opened, repository, base), folder, remarks);
  let session: Promise<Session> | undefined;
  const source: Source = {
    pack: opened.pack,
    mode: 'tree',
    prepare: async () => (session ??= open()),
    close: async () => repository.close(),
  };
  return { series, source };
}

/** A folder below the top of a repository is a plain folder. */
async function openTop(folder: string): Promise<Repository | undefined> {
  const repository = await openRepository(folder);
  if (repository === undefined || repository.prefix === '') {
    return repository;
  }
  await repository.close();
  return undefined;
}

/** The real files below a folder, as they are. Throws TreeError. */
export async function openTreeSession(folder: string): Promise<Session> {
  return treeSession(await openPack(), openDirectory(await folderAt(folder)), folder, []);
}

async function folderAt(folder: string): Promise<string> {
  const info = await stat(folder).catch(() => undefined);
  if (info?.isDirectory() !== true) {
    throw new Failure(`${folder} is no directory; name the root of a source tree.`);
  }
  return folder;
}

function directorySource(opened: OpenPack, folder: string, hints: BaseHints): Source {
  const session = treeSession(opened, openDirectory(folder), folder, []);
  const history = opened.pack.files.map((file) => file.history);
  return {
    pack: session.pack,
    mode: 'tree',
    async prepare(series) {
      const { files, remarks } = relevantFiles(opened.pack, session.base, series);
      const levels = await applyToDirectory(folder, files, { history, hints });
      return withLevels(session, series, levels, remarks);
    },
    close: async () => Promise.resolve(),
  };
}

class RepositorySource implements Source {
  readonly pack: Pack;
  readonly mode = 'tree';
  readonly #opened: OpenPack;
  readonly #repository: Repository;
  readonly #hints: BaseHints;
  readonly #revision: string | undefined;
  readonly #sessions = new Map<string, Session>();

  constructor(
    opened: OpenPack,
    repository: Repository,
    hints: BaseHints,
    revision: string | undefined,
  ) {
    this.pack = opened.pack;
    this.#opened = opened;
    this.#repository = repository;
    this.#hints = hints;
    this.#revision = revision;
  }

  async prepare(series: Series): Promise<Session> {
    const repository = this.#repository;
    const base = await chooseBase(repository, this.#hints, this.#revision);
    const session = await this.#session(base.commit);
    const { files, remarks } = relevantFiles(this.#opened.pack, session.base, series);
    const history = this.#opened.pack.files.map((file) => file.history);
    const levels = await applyToCommit(repository, base, files, { history, hints: this.#hints });
    return withLevels(session, series, levels, [describeBase(base), ...remarks]);
  }

  async close(): Promise<void> {
    return this.#repository.close();
  }

  async #session(commit: string): Promise<Session> {
    const known = this.#sessions.get(commit);
    if (known !== undefined) {
      return known;
    }
    const image = await openCommit(this.#opened, this.#repository, commit);
    const session = treeSession(this.#opened, image, this.#repository.folder, []);
    this.#sessions.set(commit, session);
    return session;
  }
}

/** A commit's files, those that will be wanted read at once. */
async function openCommit(
  opened: OpenPack,
  repository: Repository,
  commit: string,
): Promise<Image> {
  const image = await repository.image(commit);
  const { roots, folders } = wantedOf(opened);
  await image.prefetch(roots, folders);
  return image;
}

/** What is read of a tree with whatever it includes, and where includes are looked for. */
export function wantedOf({ pack, programs }: OpenPack): { roots: string[]; folders: string[] } {
  const headers = [...programs.values()].flatMap((text) =>
    [...text.matchAll(/^#\s*include\s*[<"]([^>"]+)[>"]/gmu)].map(([, name = '']) => name),
  );
  const roots = [
    ...pack.files.flatMap((file) => file.history),
    ...pack.tree.markers,
    ...pack.tree.units,
    ...pack.tree.groups.flatMap(({ needs }) => needs.flat()),
    ...new Set(
      headers.flatMap((name) =>
        pack.tree.include.map((folder) => (folder === '.' ? name : `${folder}/${name}`)),
      ),
    ),
  ];
  return { roots, folders: [...pack.tree.include] };
}

function treeSession(
  { pack, programs, scenarios, user }: OpenPack,
  files: Image,
  name: string,
  remarks: readonly string[],
): Session {
  const tree = openTree(pack, programs, files, name);
  const runnable = scenarios.filter(
    ({ id, needs }) => needs.every(tree.has) && canLink(tree.pack, id),
  );
  const apply = applyToTree(pack, programs);
  return {
    pack: tree.pack,
    base: tree.image,
    scenarios: runnable,
    user,
    mode: 'tree',
    apply,
    remarks,
  };
}

/** Whole patches are as git carried them out; parts of one, for finding a culprit, go line by line. */
function withLevels(
  session: Session,
  series: Series,
  levels: readonly Level[],
  remarks: readonly string[],
): Session {
  const known = new Map<Patch, Applied>();
  for (const [index, patch] of series.patches.entries()) {
    const level = levels[index];
    if (level !== undefined) {
      known.set(patch, appliedLevel(session.base, level));
    }
  }
  return {
    ...session,
    apply: (image, patch) => known.get(patch) ?? session.apply(image, patch),
    remarks: [...remarks, ...levels.flatMap((level) => level.remarks)],
  };
}

function appliedLevel(base: Image, level: Level): Applied {
  const added: ChangedLine[] = [];
  const removed: ChangedLine[] = [];
  const notMapped: NotMapped[] = [];
  for (const { path, line, at } of level.lines) {
    const isAdded = line.kind === 'added';
    const number = (isAdded ? line.newLine : line.oldLine) ?? 0;
    if (at === undefined) {
      const side = isAdded ? 'RIGHT' : 'LEFT';
      notMapped.push({ path, side, line: number, text: line.text, reason: 'merged with the base' });
      continue;
    }
    const code = line.text.trim() !== '';
    (isAdded ? added : removed).push({ path, line: number, text: line.text, code, at });
  }
  return { files: overlay(base, level.changed), added, removed, notMapped };
}
