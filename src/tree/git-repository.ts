import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { TreeError } from './error.ts';
import { missing, openImage, type GitImage } from './git-image.ts';
import { BlobReader } from './git-objects.ts';
import { closeRoom, openRoom, type ObjectSource } from './git-room.ts';
import { runGit } from './git-run.ts';
import { askGit } from './git-user.ts';

/** A branch, a tag or HEAD, and the commit behind it. */
export interface Ref {
  /** As a user writes it: `HEAD`, `v10.0`, `main`, `origin/main`. */
  readonly name: string;
  readonly commit: string;
}

/** Refs that are looked at for a base that fits: the newest, since a search must end. */
const MOST_REFS = 2_000;

/**
 * A repository that is read and never written: not its work tree, index, refs, objects or settings. Contents are read
 * in a room of our own (see `openRoom`); in the repository itself git only resolves names.
 */
export class Repository {
  /** The folder it was found from. */
  readonly folder: string;
  /** Path of that folder below the top of the work tree, with a slash at its end; empty at the top and when bare. */
  readonly prefix: string;
  /** A temporary bare repository that sees this one's objects. */
  readonly room: string;
  readonly blobs: BlobReader;
  /** `sha1` or `sha256`. */
  readonly format: string;
  readonly shallow: boolean;
  /** Whether objects were left out when it was cloned (`--filter`). */
  readonly partial: boolean;

  constructor(
    found: Pick<Repository, 'folder' | 'prefix' | 'format' | 'shallow' | 'partial'>,
    room: string,
  ) {
    this.folder = found.folder;
    this.format = found.format;
    this.prefix = found.prefix;
    this.shallow = found.shallow;
    this.partial = found.partial;
    this.room = room;
    this.blobs = new BlobReader(room);
  }

  /**
   * The id of the commit that a revision names (gitrevisions(7)); undefined where there is none. The revision may come
   * from anywhere: it is never taken for an option, and nothing is fetched for it.
   */
  async find(revision: string): Promise<string | undefined> {
    if (/^[0-9a-f]{40,64}$/u.test(revision)) {
      // Asking the repository itself would have a partial clone ask its remote for it.
      return this.inRoom(`${revision}^{commit}`);
    }
    if (revision === '' || /[\0\n]/u.test(revision)) {
      return undefined;
    }
    const name = `${revision}^{commit}`;
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', name];
    const answer = await askGit(this.folder, args);
    const id = answer.ok ? answer.out.trim() : '';
    return /^[0-9a-f]{40,64}$/u.test(id) ? id : undefined;
  }

  /** As {@link Repository.find}. @throws {TreeError} `unknown-revision` where there is none */
  async resolve(revision: string): Promise<string> {
    const commit = await this.find(revision);
    if (commit !== undefined) {
      return commit;
    }
    const why = this.shallow ? '; its history is cut off (a shallow clone)' : '';
    throw new TreeError(
      { kind: 'unknown-revision', revision },
      `there is no commit "${revision}" in ${this.folder}${why}; "git log" and "git branch -a" show what there is.`,
    );
  }

  /** The object of that name or expression over ids, as long as it is there. */
  async inRoom(expression: string): Promise<string | undefined> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', expression];
    const { ok, out } = await runGit(this.room, args);
    return ok ? out.toString('utf8').trim() : undefined;
  }

  /** The files of a commit or tree, by its id. */
  async image(id: string): Promise<GitImage> {
    const tree = await this.inRoom(`${id}^{tree}`);
    if (tree === undefined) {
      throw this.missing(id);
    }
    return openImage(this.room, tree, this.blobs, (lacking) => this.advice(lacking));
  }

  /** HEAD, tags from the newest on, then branches. */
  async refs(): Promise<Ref[]> {
    const format = '--format=%(objectname) %(*objectname) %(refname)';
    const count = `--count=${MOST_REFS}`;
    const kinds = ['refs/tags', 'refs/heads', 'refs/remotes'];
    const answers = await Promise.all(
      kinds.map(async (kind) =>
        askGit(this.folder, ['for-each-ref', '--sort=-creatordate', count, format, kind]),
      ),
    );
    const head = await this.find('HEAD');
    const lines = answers.flatMap((answer) => (answer.ok ? answer.out.split('\n') : []));
    const named = lines.flatMap((line) => {
      const [, id = '', peeled = '', name = ''] =
        /^(\w+) (\w*) refs\/(?:tags|heads|remotes)\/(.+)$/u.exec(line) ?? [];
      return name === '' ? [] : [{ name, commit: peeled === '' ? id : peeled }];
    });
    return [...(head === undefined ? [] : [{ name: 'HEAD', commit: head }]), ...named];
  }

  /** The error for an object that this repository names and lacks. */
  missing(id: string, path?: string): TreeError {
    return missing(path, id, 0, (lacking) => this.advice(lacking));
  }

  /** Ends the processes and removes the room. */
  async close(): Promise<void> {
    this.blobs.close();
    await closeRoom(this.room);
  }

  private advice(id: string): string {
    const git = `git -C ${quoted(this.folder)}`;
    if (this.partial) {
      return `it is a partial clone: "${git} show ${id}" fetches this object, "${git} fetch --refetch --no-filter" all.`;
    }
    return this.shallow
      ? `it is a shallow clone: "${git} fetch --unshallow" completes it.`
      : `the repository is damaged: "${git} fsck" says more.`;
  }
}

function quoted(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Opens the repository that `folder` is, or is in: with a work tree, bare, shallow, partial, or one of several work
 * trees. Close it when done: it keeps a process and a temporary folder.
 *
 * @returns undefined where there is no repository: `folder` is then a plain directory
 * @throws {TreeError} `no-folder`; `not-trusted` where git refuses to read somebody else's repository; `no-git`;
 *   `unreadable` where it is broken
 */
export async function openRepository(folder: string): Promise<Repository | undefined> {
  if (!(await isFolder(folder))) {
    throw new TreeError(
      { kind: 'no-folder' },
      `"${folder}" is no folder; give the top of a source tree or a git repository.`,
    );
  }
  const args = ['rev-parse', '--path-format=absolute', '--is-shallow-repository'];
  const parts = ['--show-object-format', '--git-path', 'objects', '--git-path', 'shallow'];
  const answer = await askGit(folder, [...args, ...parts, '--show-prefix']);
  if (!answer.ok) {
    return refused(folder, answer.err);
  }
  const lines = answer.out.split('\n');
  const [shallowClone, format = 'sha1', objects = '', shallow = '', prefix = ''] = lines;
  if (lines.length !== 6) {
    // A line end in the path of the repository: git has no way to name such an object folder to another one.
    return refused(folder, '');
  }
  const source: ObjectSource = { objects, shallow, format };
  const partial = await isPartial(objects);
  const where = { folder: resolve(folder), prefix, format };
  const found = { ...where, shallow: shallowClone === 'true', partial };
  return new Repository(found, await openRoom(source));
}

function refused(folder: string, err: string): undefined {
  if (/not a git repository/u.test(err)) {
    return undefined;
  }
  const owned = /(?:dubious ownership in|unsafe) repository (?:at )?\(?'([^'\n]+)'/u.exec(err);
  if (owned !== null) {
    const trust = `git config --global --add safe.directory ${quoted(owned[1] ?? '')}`;
    throw new TreeError(
      { kind: 'not-trusted' },
      `the repository in "${folder}" belongs to another user and git does not read it; if you trust it, run: ${trust}`,
    );
  }
  throw new TreeError(
    { kind: 'unreadable' },
    `git cannot read the repository in "${folder}"; "git -C ${quoted(folder)} status" says why.`,
  );
}

/** A pack that came with a filter has a file `.promisor` beside it. */
async function isPartial(objects: string): Promise<boolean> {
  const packs = await readdir(join(objects, 'pack')).catch(() => []);
  return packs.some((name) => name.endsWith('.promisor'));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
