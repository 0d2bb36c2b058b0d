import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Store } from '../lifecycle/base-store.ts';

/** Bases that are kept; each is some hundred kilobytes. */
const MOST = 32;

/**
 * A folder of the user's cache for this very build of the program: another build may run C otherwise. Undefined
 * where there is no build, as in tests, or where CHECK_LIFECYCLE_CACHE is empty; it names another folder.
 */
export function openStore(): Store | undefined {
  const build = buildId();
  const root = cacheFolder();
  if (build === undefined || root === undefined) {
    return undefined;
  }
  const folder = join(root, build);
  return {
    load: (name) => load(join(folder, name)),
    save(name, text) {
      // A cache that cannot be written is none.
      attempt(() => {
        save(folder, name, text);
        forgetBuilds(root, build);
      });
    },
  };
}

function buildId(): string | undefined {
  const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'build-id');
  return attempt(() => readFileSync(file, 'utf8').trim());
}

function cacheFolder(): string | undefined {
  const named = process.env['CHECK_LIFECYCLE_CACHE'];
  if (named !== undefined) {
    return named === '' ? undefined : named;
  }
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  return join(cache.startsWith('/') ? cache : join(homedir(), '.cache'), 'check-lifecycle');
}

/** What is read again is young again: the oldest are forgotten. */
function load(file: string): string | undefined {
  return attempt(() => {
    const text = readFileSync(file, 'utf8');
    const now = new Date();
    utimesSync(file, now, now);
    return text;
  });
}

/** Written beside and renamed, so that another process never reads a half. */
function save(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = join(folder, `.${name}.${process.pid}`);
  writeFileSync(beside, text, { mode: 0o600 });
  renameSync(beside, join(folder, name));
  const files = readdirSync(folder).map((each) => join(folder, each));
  const young = files.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  young.slice(MOST).forEach((file) => {
    rmSync(file, { force: true });
  });
}

function forgetBuilds(root: string, build: string): void {
  for (const other of readdirSync(root).filter((name) => /^[0-9a-f]{16}$/u.test(name))) {
    if (other !== build) {
      rmSync(join(root, other), { recursive: true, force: true });
    }
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
