import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { TreeError, type TreeProblem } from '../../src/tree/error.ts';
import { openRepository, type Repository } from '../../src/tree/git-repository.ts';

const PERSON = { NAME: 'A Person', EMAIL: 'a@example.org' };

/** A folder of its own, with real repositories whose clocks stand still. */
export class Fixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-test-'));
  private readonly opened: Repository[] = [];
  private clock = 0;

  path(name: string): string {
    return join(this.folder, name);
  }

  git(name: string, ...args: string[]): string {
    return this.bytes(name, ...args)
      .toString()
      .trimEnd();
  }

  private bytes(name: string, ...args: string[]): Buffer {
    const date = `2021-01-01T00:00:${String(this.clock++ % 60).padStart(2, '0')}Z`;
    const env = {
      PATH: process.env['PATH'],
      HOME: this.folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: PERSON.NAME,
      GIT_AUTHOR_EMAIL: PERSON.EMAIL,
      GIT_COMMITTER_NAME: PERSON.NAME,
      GIT_COMMITTER_EMAIL: PERSON.EMAIL,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_ALLOW_PROTOCOL: 'file',
    };
    const cwd = this.path(name);
    return execFileSync('git', args, { cwd, env, stdio: 'pipe' });
  }

  init(name: string, ...args: string[]): void {
    mkdirSync(this.path(name), { recursive: true });
    this.git(name, 'init', '-q', '-b', 'main', ...args);
  }

  write(name: string, files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.path(name), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Commits everything; returns the commit's id. */
  commit(
    name: string,
    subject: string,
    files: Readonly<Record<string, string | Uint8Array>> = {},
  ): string {
    this.write(name, files);
    this.git(name, 'add', '-A', '-f');
    this.git(name, 'commit', '-q', '--allow-empty', '-m', subject);
    return this.git(name, 'rev-parse', 'HEAD');
  }

  /** What `git format-patch` prints for a range. */
  mail(name: string, range: string, ...args: string[]): Buffer {
    return this.bytes(name, 'format-patch', '--stdout', ...args, range);
  }

  async open(name: string): Promise<Repository> {
    const repository = await openRepository(this.path(name));
    if (repository === undefined) {
      throw new Error(`no repository in ${name}`);
    }
    this.opened.push(repository);
    return repository;
  }

  /** A hash over every file, mode, link and time of change below a folder. */
  state(name: string): string {
    const hash = createHash('sha256');
    for (const file of readdirSync(this.path(name), { recursive: true }).map(String).toSorted()) {
      const path = join(this.path(name), file);
      const { mode, mtimeMs } = lstatSync(path);
      const content = (mode & 0o170000) === 0o100000 ? readFileSync(path) : '';
      const target = (mode & 0o170000) === 0o120000 ? readlinkSync(path) : '';
      hash.update(`${file}\0${mode}\0${mtimeMs}\0${target}\0`).update(content);
    }
    return hash.digest('hex');
  }

  async remove(): Promise<void> {
    await Promise.all(this.opened.map(async (repository) => repository.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The problem and the sentence that something ends with. */
export async function problemOf(
  work: Promise<unknown>,
): Promise<{ problem: TreeProblem; message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof TreeError) {
      return { problem: error.problem, message: error.message };
    }
    throw error;
  }
  throw new Error('expected a TreeError');
}

/** `count` lines `PREFIX 1;` and so on, of which some are others. */
export function lines(
  prefix: string,
  count: number,
  others: Readonly<Record<number, string>> = {},
): string {
  return Array.from(
    { length: count },
    (_, at) => `${others[at + 1] ?? `${prefix}${at + 1};`}\n`,
  ).join('');
}
