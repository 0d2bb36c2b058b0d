import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG_FILE, ConfigError, parseConfig } from '../config/config.ts';
import type { PullRequest } from '../jobs/history.ts';
import type { GitHub } from './client.ts';

const MOST_CONFIG = 65_536;

/** The text of a configuration, empty where there is none, or why it cannot be used. */
export type RepositoryConfig =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * The configuration of a repository, which is that of its default branch: what a pull request says about its own review
 * does not count.
 */
export async function readRepositoryConfig(
  github: GitHub,
  pull: PullRequest,
): Promise<RepositoryConfig> {
  const text = (await github.file(pull, CONFIG_FILE)) ?? '';
  if (text.length > MOST_CONFIG) {
    return { ok: false, reason: `${CONFIG_FILE} has more than ${MOST_CONFIG} characters` };
  }
  try {
    parseConfig(CONFIG_FILE, text);
    return { ok: true, text };
  } catch (error) {
    if (error instanceof ConfigError) {
      return { ok: false, reason: error.message };
    }
    throw error;
  }
}

/** Calls `work` with the name of a file that holds a configuration, for as long as that takes. */
export async function withConfigFile<T>(
  text: string,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const file = join(tmpdir(), `check-lifecycle-${randomUUID()}.yml`);
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}
