import { performance } from 'node:perf_hooks';
import { Failure } from './failure.ts';

const QUIET_MS = 1000;
const EVERY_MS = 100;

/** One line on stderr, rewritten in place; only on a terminal and only when the wait is long. */
export class Progress {
  readonly #started = performance.now();
  readonly #limit: number;
  #last = 0;
  #shown = false;

  /** `limit` is in milliseconds of wall clock: a guard of the process, never a verdict. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Throws Failure with status 3 once the time is up. */
  tick(done: number, of: number): void {
    const now = performance.now();
    if (now - this.#started > this.#limit) {
      this.clear();
      throw new Failure(
        `gave up after ${Math.round(this.#limit / 1000)} s with ${done} of ${of} runs done; the patched code runs for too long to be judged.`,
        3,
      );
    }
    if (process.stderr.isTTY && now - this.#started > QUIET_MS && now - this.#last > EVERY_MS) {
      this.#last = now;
      this.#shown = true;
      process.stderr.write(`\rrunning scenarios: ${done} of ${of}`);
    }
  }

  clear(): void {
    if (this.#shown) {
      process.stderr.write('\r\u001B[K');
      this.#shown = false;
    }
  }
}
