import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CONFIG_FILE, ConfigError, DEFAULTS, parseConfig } from './config.ts';
import type { Config } from './config.ts';

/** The file that was named, else that of the folder that somebody works in. Throws ConfigError. */
export async function chooseConfig(file: string | undefined): Promise<Config> {
  return file === undefined ? findConfig(process.cwd()) : readConfig(file);
}

/**
 * The configuration of the folder that somebody works in: the nearest `.check-lifecycle.yml` upwards, no further than the
 * top of its git repository or the home directory. What is reviewed never brings its own: neither a patch
 * nor the tree that is named with --tree is looked at.
 *
 * Throws ConfigError; also for a file that belongs to another user, who would otherwise decide what a review
 * leaves out by leaving a file in a folder that everybody can write.
 */
export async function findConfig(folder: string): Promise<Config> {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    if (existsSync(file)) {
      await refuseForeign(file);
      return readConfig(file);
    }
    if (existsSync(join(at, '.git')) || at === homedir() || dirname(at) === at) {
      return DEFAULTS;
    }
  }
}

/** A file that was named. Throws ConfigError. */
export async function readConfig(file: string): Promise<Config> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new ConfigError(file, 1, 1, 'cannot be read; name a file that exists.');
  }
  return parseConfig(file, text);
}

async function refuseForeign(file: string): Promise<void> {
  const own = process.getuid?.();
  const { uid } = await stat(file);
  if (own !== undefined && uid !== own && uid !== 0) {
    throw new ConfigError(file, 1, 1, 'belongs to another user; name it with --config to use it.');
  }
}
