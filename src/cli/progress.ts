import { performance } from 'node:perf_hooks';

const QUIET_MS = 1000;
const EVERY_MS = 100;

/** One line on stderr, rewritten in place; only on a terminal and only when the wait is long. */
export class Progress {
  readonly #started = performance.now();
  #last = 0;
  #shown = false;

  /** What is going on; told at most ten times a second. */
  tell(text: string): void {
    const now = performance.now();
    if (process.stderr.isTTY && now - this.#started > QUIET_MS && now - this.#last > EVERY_MS) {
      this.#last = now;
      this.#shown = true;
      process.stderr.write(`\r\u001B[K${text}`);
    }
  }

  clear(): void {
    if (this.#shown) {
      process.stderr.write('\r\u001B[K');
      this.#shown = false;
    }
  }
}
