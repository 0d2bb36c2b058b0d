import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';

import { TreeError } from './error.ts';

/** What a git process said. */
export interface GitAnswer {
  readonly ok: boolean;
  readonly out: Buffer;
  /** In English; for finding out what went wrong, never to be shown. */
  readonly err: string;
}

/**
 * What every git process gets beside its own arguments: nothing of the user's or the repository's configuration may
 * start a program, and no setting may change what is printed.
 */
export const FIXED_CONFIG: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=true',
  'core.attributesFile=/dev/null',
  'color.ui=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
];

/**
 * Variables that keep git from writing and from the network. `GIT_NO_LAZY_FETCH` is known from git 2.45 on; with
 * older ones the empty list of protocols stops a partial clone from fetching what it lacks.
 */
export const FIXED_VARIABLES: Readonly<Record<string, string>> = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
};

/** What git needs of the environment to be found and to know who asks. */
const NEEDED =
  'PATH HOME XDG_CONFIG_HOME USER LOGNAME SUDO_UID TMPDIR LD_LIBRARY_PATH SystemRoot USERPROFILE HOMEDRIVE HOMEPATH TEMP PATHEXT';

/**
 * The environment with nothing in it that turns git elsewhere or has it start something: a hook or an alias sets
 * GIT_DIR, which would name another repository, and npm sets EDITOR, which simple-git refuses.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = NEEDED.split(' ').flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** The environment of git in a room of our own: nobody's configuration and attributes are read. */
export function roomEnvironment(): NodeJS.ProcessEnv {
  return {
    ...cleanEnvironment(),
    ...FIXED_VARIABLES,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
  };
}

/** The arguments that set the fixed configuration, and those of the command. */
export function roomArguments(room: string, args: readonly string[]): string[] {
  return [
    `--git-dir=${room}`,
    '--literal-pathspecs',
    ...FIXED_CONFIG.flatMap((each) => ['-c', each]),
    ...args,
  ];
}

/** Starts git in a room. */
export function startGit(room: string, args: readonly string[]): ChildProcess {
  return spawn('git', roomArguments(room, args), { cwd: room, env: roomEnvironment() });
}

const MOST_OUTPUT = 512 * 1024 * 1024;

export interface GitOptions {
  /** What stands on its standard input. */
  readonly input?: string | Uint8Array;
  /** Milliseconds after which it is stopped; what it printed so far is the answer, `ok` is then false. */
  readonly limit?: number;
}

/**
 * Runs git in a room.
 *
 * @throws {TreeError} where git is not installed or prints more than half a gigabyte
 */
export async function runGit(
  room: string,
  args: readonly string[],
  { input = '', limit }: GitOptions = {},
): Promise<GitAnswer> {
  const child = startGit(room, args);
  const timer = limit === undefined ? undefined : setTimeout(() => child.kill(), limit);
  const out = collect(child, child.stdout);
  const err = collect(child, child.stderr);
  // A process that ends before it has read its input closes the pipe: its exit status tells the rest.
  child.stdin?.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', () => reject(noGit()));
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  const [bytes, text] = [await out, await err];
  if (bytes === undefined || text === undefined) {
    throw new TreeError(
      { kind: 'too-large' },
      'git printed more than 512 MB; give a smaller range or series.',
    );
  }
  return { ok: code === 0, out: bytes, err: text.toString('utf8') };
}

/**
 * As {@link runGit}, for what can only fail where the machine does; returns the output.
 *
 * @throws {TreeError} `unreadable`
 */
export async function needGit(
  room: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string> {
  const { ok, out } = await runGit(room, args, options);
  if (!ok) {
    throw new TreeError(
      { kind: 'unreadable' },
      `"git ${args[0] ?? ''}" failed in a temporary folder; is there space left in ${tmpdir()}?`,
    );
  }
  return out.toString('utf8');
}

export function noGit(): TreeError {
  return new TreeError(
    { kind: 'no-git' },
    'git could not be started; install git 2.32 or newer and put it on the PATH.',
  );
}

/** All bytes of a stream; undefined, and the process stopped, where they are too many. */
async function collect(
  child: ChildProcess,
  stream: NodeJS.ReadableStream | null,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > MOST_OUTPUT) {
      child.kill();
      return undefined;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
