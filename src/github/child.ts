import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a child may take; whatever it does, it ends. */
export interface ChildLimits {
  /** Milliseconds of wall clock. */
  readonly time: number;
  /** Megabytes of the heap of its JavaScript. */
  readonly heap: number;
}

export const CHILD_LIMITS: ChildLimits = { time: 300_000, heap: 2048 };

export interface ChildAnswer {
  /** Null where it was killed. */
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  readonly ended: 'itself' | 'time' | 'output' | 'signal';
}

export interface ChildOptions {
  readonly limits: ChildLimits;
  /** The program; else the command line that this file was built with. */
  readonly program?: string | undefined;
  /** Where it keeps what holds for the same base. */
  readonly cache?: string | undefined;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

/**
 * A review is short, and V8 spends a third of it on compiling and collecting, on threads of its own: two reviews on two
 * cores then hardly take less time than one after the other. These have it collect where it runs and compile on one
 * thread. Both are known to Node 20, 22 and 24: one that is not would keep the process from starting.
 */
const V8 = ['--single-threaded-gc', '--v8-pool-size=1'];

const MOST_OUTPUT = 64 * 1024 * 1024;
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'XDG_CACHE_HOME'];

/**
 * Runs the command line in a process of its own, so that a patch that takes too much takes only that. It gets no secret:
 * neither the App's key nor a token is in its environment.
 *
 * @throws whatever `signal` was aborted with
 */
export async function runChild(
  args: readonly string[],
  { limits, program, cache, signal }: ChildOptions,
): Promise<ChildAnswer> {
  signal.throwIfAborted();
  const main = program ?? fileURLToPath(new URL('../cli/main.js', import.meta.url));
  const flags = [...V8, `--max-old-space-size=${limits.heap}`];
  const child = spawn(process.execPath, [...flags, main, ...args], {
    env: environment(cache),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let ended: ChildAnswer['ended'] = 'itself';
  function end(why: ChildAnswer['ended']): void {
    ended = why;
    child.kill('SIGKILL');
  }
  const timer = setTimeout(() => end('time'), limits.time);
  const abort = (): void => end('signal');
  signal.addEventListener('abort', abort);
  try {
    const out = collect(child.stdout, () => end('output'));
    const err = collect(child.stderr, () => end('output'));
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    return { status, out: await out, err: await err, ended };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** What a child says where it has nothing else to say. */
export function sentenceOf({ err }: ChildAnswer): string {
  return err.replace(/^check-lifecycle: /u, '').trim();
}

function environment(cache: string | undefined): NodeJS.ProcessEnv {
  const kept = KEPT.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    ...(cache === undefined ? {} : { CHECK_LIFECYCLE_CACHE: cache }),
    NO_COLOR: '1',
  };
}

async function collect(stream: NodeJS.ReadableStream, tooMuch: () => void): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_OUTPUT) {
      tooMuch();
      break;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
