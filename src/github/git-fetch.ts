import { spawn } from 'node:child_process';
import { cleanEnvironment, FIXED_CONFIG } from '../tree/git-run.ts';

/** Where a repository is fetched from, and what opens it. */
export interface Remote {
  /** `https://github.com/OWNER/NAME.git`. */
  readonly url: string;
  /** An installation token; undefined where the server wants none. */
  readonly token: string | undefined;
}

/** Milliseconds for one transfer: the first of a repository with a long history takes minutes. */
const LONGEST = 1_800_000;

/** Git could not fetch; its own words are for the log alone. */
export class FetchError extends Error {
  readonly detail: string;

  constructor(what: string, detail = '') {
    super(`git could not ${what}`);
    this.detail = detail.trim().slice(-500);
    this.name = 'FetchError';
  }
}

/**
 * Runs git in a bare repository of our own, with the network. No file is checked out, no hook, filter or setting of
 * anybody's has an effect, and the token is in the environment only: neither in a file nor among the arguments.
 */
export async function fetchingGit(
  folder: string,
  args: readonly string[],
  options: { readonly remote?: Remote; readonly input?: string; readonly signal: AbortSignal },
): Promise<{ ok: boolean; out: string; err: string }> {
  const { remote, input = '', signal } = options;
  const child = spawn('git', [`--git-dir=${folder}`, ...config(), ...args], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...FETCHING, ...credentials(remote) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]),
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined).end(input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return {
    ok: status === 0,
    out: Buffer.concat(out).toString('utf8'),
    err: Buffer.concat(err).toString('utf8'),
  };
}

const FETCHING = {
  GIT_ALLOW_PROTOCOL: 'http:https',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

function config(): string[] {
  const more = ['fetch.negotiationAlgorithm=default', 'fetch.writeCommitGraph=false'];
  return [...FIXED_CONFIG, ...more].flatMap((each) => ['-c', each]);
}

function credentials(remote: Remote | undefined): NodeJS.ProcessEnv {
  if (remote?.token === undefined) {
    return {};
  }
  const basic = Buffer.from(`x-access-token:${remote.token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL(remote.url).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}
