import { posix } from 'node:path';

import { TreeError } from './error.ts';
import type { BlobReader } from './git-objects.ts';
import { runGit } from './git-run.ts';

/** A file of a tree, by the id of its blob. */
export interface Entry {
  readonly id: string;
  readonly link: boolean;
}

/** What a sentence about a missing object says to do, which depends on the repository. */
export type Advice = (id: string) => string;

const INCLUDE = /^[ \t]*#[ \t]*(?:include|include_next|import)[ \t]*([<"])([^>"\n]+)[>"]/gmu;
const MOST_LINKS = 8;

/**
 * The files of one tree of a repository. Nothing is read until it is asked for: {@link GitImage.prefetch} reads at once
 * what a program is made of, and what that did not foresee is read one by one.
 */
export class GitImage {
  /** Id of the tree. */
  readonly tree: string;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly blobs: BlobReader;
  private readonly advice: Advice;

  constructor(
    tree: string,
    entries: ReadonlyMap<string, Entry>,
    blobs: BlobReader,
    advice: Advice,
  ) {
    this.tree = tree;
    this.entries = entries;
    this.blobs = blobs;
    this.advice = advice;
  }

  /** Every file's path, in git's order. Submodules are none. */
  paths(): Iterable<string> {
    return this.entries.keys();
  }

  /** None: a tree's files are looked for by path, and all of them are never wanted at once. */
  keys(): Iterable<string> {
    return [];
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  /** What stands at a path itself: a file, or a symbolic link, whose blob is its target. */
  entry(path: string): Entry | undefined {
    return this.entries.get(path);
  }

  /** Id of the blob behind a path, through symbolic links. */
  blob(path: string): string | undefined {
    return this.follow(path)?.id;
  }

  /**
   * The text of a file; undefined where the tree has none.
   *
   * @throws {TreeError} `missing-object` where the tree has it and the repository lacks its blob
   */
  get(path: string): string | undefined {
    const entry = this.follow(path);
    if (entry === undefined) {
      return undefined;
    }
    const text = this.blobs.text(entry.id);
    if (text === undefined) {
      throw missing(path, entry.id, 0, this.advice);
    }
    return text;
  }

  /**
   * Reads `roots` and all that they include, directly or not, in a few rounds. Conditions are not looked at, so some
   * headers are read that no program needs: one that the repository lacks is an error only when it is asked for.
   *
   * @param folders where `#include` looks, in this order, after the includer's own folder for `"path"`
   * @throws {TreeError} `missing-object` where the repository lacks the blob of a root
   */
  async prefetch(roots: readonly string[], folders: readonly string[]): Promise<void> {
    const seen = new Set<string>();
    let next = roots.filter((path) => this.has(path));
    for (let round = 0; next.length > 0; round++) {
      next.forEach((path) => seen.add(path));
      await this.blobs.load(await this.resolved(next));
      if (round === 0) {
        this.requireAll(next);
      }
      const found = next.flatMap((path) => this.includes(path, folders));
      next = [...new Set(found)].filter((path) => !seen.has(path));
    }
  }

  /** Ids of the blobs behind paths; links are loaded on the way, since their targets stand in their blobs. */
  private async resolved(paths: readonly string[]): Promise<string[]> {
    const links = paths.flatMap((path) => {
      const entry = this.entries.get(path);
      return entry?.link === true ? [entry.id] : [];
    });
    await this.blobs.load(links);
    return paths.flatMap((path) => this.blob(path) ?? []);
  }

  private requireAll(paths: readonly string[]): void {
    const lacking = paths.filter((path) => {
      const id = this.blob(path);
      return id !== undefined && this.blobs.text(id) === undefined;
    });
    const [first] = lacking;
    if (first !== undefined) {
      throw missing(first, this.blob(first) ?? '', lacking.length - 1, this.advice);
    }
  }

  private includes(path: string, folders: readonly string[]): string[] {
    const id = this.blob(path);
    const text = id === undefined ? undefined : this.blobs.text(id);
    return [...(text ?? '').matchAll(INCLUDE)].flatMap(([, mark, header = '']) => {
      const first = mark === '"' ? [posix.dirname(path)] : [];
      const found = [...first, ...folders]
        .map((folder) => posix.join(folder, header))
        .find((candidate) => this.has(candidate));
      return found ?? [];
    });
  }

  /** The file at a path, through symbolic links that stay inside the tree. */
  private follow(path: string): Entry | undefined {
    let at = path;
    for (let links = 0; links < MOST_LINKS; links++) {
      const entry = this.entries.get(at);
      if (entry?.link !== true) {
        return entry;
      }
      const target = this.blobs.text(entry.id);
      if (target === undefined) {
        throw missing(at, entry.id, 0, this.advice);
      }
      at = posix.join(posix.dirname(at), target);
    }
    return undefined;
  }
}

/**
 * Lists a tree.
 *
 * @throws {TreeError} `missing-object` where the repository lacks it or one of its folders
 */
export async function openImage(
  room: string,
  tree: string,
  blobs: BlobReader,
  advice: Advice,
): Promise<GitImage> {
  const { ok, out, err } = await runGit(room, ['ls-tree', '-r', '-z', '--full-tree', tree]);
  if (!ok) {
    const id = /[0-9a-f]{40,64}/u.exec(err)?.[0] ?? tree;
    throw missing(undefined, id, 0, advice);
  }
  const entries = new Map<string, Entry>();
  for (const record of out.toString('utf8').split('\0')) {
    // `MODE TYPE ID<TAB>PATH` (git-ls-tree(1), "OUTPUT FORMAT"); a commit is a submodule.
    const [, mode = '', type, id = '', path = ''] =
      /^(\d+) (\w+) (\w+)\t(.*)$/su.exec(record) ?? [];
    if (type === 'blob') {
      entries.set(path, { id, link: mode === '120000' });
    }
  }
  return new GitImage(tree, entries, blobs, advice);
}

/** The error for an object that the repository names and lacks. */
export function missing(
  path: string | undefined,
  id: string,
  others: number,
  advice: Advice,
): TreeError {
  const what = path === undefined ? `the object ${id}` : `the blob ${id} of "${path}"`;
  const more = others > 0 ? ` and ${others} more` : '';
  return new TreeError(
    { kind: 'missing-object', id, others, ...(path === undefined ? {} : { path }) },
    `this clone lacks ${what}${more}; ${advice(id)}`,
  );
}
