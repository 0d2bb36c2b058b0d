import { getHeapStatistics } from 'node:v8';
import { createContext, runInContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config/config.ts';
import { Failure, propertyOf } from './failure.ts';

export interface Limits {
  /** Milliseconds of wall clock. */
  readonly time: number;
  /** Bytes by which the whole process may grow. */
  readonly memory: number;
}

const MIB = 1024 * 1024;

/**
 * What one series may cost: the bounds on steps and bytes of the machine end a run long before. The heap of a small
 * host is smaller still, and a process that fills it is aborted with a dump of V8's own.
 */
export const LIMITS: Limits = {
  time: 120_000,
  memory: Math.min(2048 * MIB, 0.8 * getHeapStatistics().heap_size_limit),
};

/** What a configuration allows, and where it says nothing the usual limits, `time` among them. */
export function limitsOf({ bounds }: Config, time: number = LIMITS.time): Limits {
  return {
    time: bounds.seconds === undefined ? time : bounds.seconds * 1000,
    memory: bounds.megabytes === undefined ? LIMITS.memory : bounds.megabytes * MIB,
  };
}

const IDLE = 0;
const WATCHED = 1;
const TOO_LARGE = 2;

/** JavaScript, since a thread of its own is started from text. */
const WATCH = `
const { workerData: { state, start, memory } } = require('node:worker_threads');
setInterval(() => {
  if (process.memoryUsage.rss() - start[0] > memory && Atomics.compareExchange(state, 0, ${WATCHED}, ${TOO_LARGE}) === ${WATCHED}) {
    process.kill(process.pid, 'SIGINT');
  }
}, 50);
`;

/**
 * Ends work that takes too much, also in the middle of a loop that never gives the event loop a turn: V8 itself stops
 * a script that runs for too long or that SIGINT arrives for. A thread looks at the memory, and sends that signal.
 */
export class Guard {
  readonly #limits: Limits;
  readonly #state = new Int32Array(new SharedArrayBuffer(4));
  /** Bytes that the process held when the work began. */
  readonly #start = new Float64Array(new SharedArrayBuffer(8));
  readonly #watch: Worker;

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
    this.#watch = new Worker(WATCH, {
      eval: true,
      workerData: { state: this.#state, start: this.#start, memory: limits.memory },
    });
    // It must neither keep the process alive nor end it.
    this.#watch.unref();
    this.#watch.on('error', () => undefined);
  }

  /**
   * Runs `work`, which must not await anything, and returns what it does. Throws Failure with status 3 when it took too
   * much; what it was changing is then in no state to be used again.
   */
  run<T>(work: () => T): T {
    let result: { readonly value: T } | undefined;
    let stopped = false;
    const context = createContext({
      work: (): void => {
        result = { value: work() };
      },
    });
    this.#start[0] = process.memoryUsage.rss();
    Atomics.store(this.#state, 0, WATCHED);
    try {
      runInContext('work()', context, { timeout: this.#limits.time, breakOnSigint: true });
    } catch (error) {
      stopped = true;
      throw this.#explain(error);
    } finally {
      const state = Atomics.exchange(this.#state, 0, IDLE);
      if (state === TOO_LARGE && !stopped) {
        // The work came to its end first: the signal is on its way, and means nothing any more.
        process.once('SIGINT', () => undefined);
      }
    }
    if (result === undefined) {
      throw new Error('guarded work ended without a result');
    }
    return result.value;
  }

  async close(): Promise<void> {
    await this.#watch.terminate();
  }

  #explain(error: unknown): unknown {
    const code = propertyOf(error, 'code');
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      return new Failure(
        `gave up after ${Math.round(this.#limits.time / 1000)} s: what it changes takes too long to be judged; split it and review the parts.`,
        3,
      );
    }
    if (code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
      return error;
    }
    if (Atomics.load(this.#state, 0) === TOO_LARGE) {
      return new Failure(
        `gave up after ${Math.round(this.#limits.memory / MIB)} MB of memory: what it changes takes too much to be judged; split it and review the parts.`,
        3,
      );
    }
    return new Interrupt();
  }
}

/** Runs one piece of work under a guard of its own. */
export async function guarded<T>(work: () => T, limits: Limits = LIMITS): Promise<T> {
  const guard = new Guard(limits);
  try {
    return guard.run(work);
  } finally {
    await guard.close();
  }
}

/** The user pressed Ctrl-C. */
export class Interrupt extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupt';
  }
}
