import { open } from 'node:fs/promises';
import { Failure, systemReason } from './failure.ts';

/** Where reviews go. */
export interface Output {
  /** Whether nobody reads any more. */
  readonly closed: boolean;
  write(text: string): void;
  /** Ends it; the exit status: 0, or 2 when it could not be written. */
  close(): Promise<number>;
}

/** Standard output, or a file. Throws Failure before any work is done where the file cannot be written. */
export async function openOutput(file: string | undefined, between: string): Promise<Output> {
  return file === undefined ? new StandardOutput(between) : openFile(file, between);
}

class StandardOutput implements Output {
  readonly #between: string;
  #first = true;

  constructor(between: string) {
    this.#between = between;
  }

  get closed(): boolean {
    return process.stdout.errored !== null;
  }

  write(text: string): void {
    if (!this.closed) {
      process.stdout.write(this.#first ? text : this.#between + text);
      this.#first = false;
    }
  }

  /** What could not be written is told where the stream fails. */
  async close(): Promise<number> {
    return Promise.resolve(0);
  }
}

/** Written at the end, so that a run that is broken off leaves an older file as it was. */
async function openFile(file: string, between: string): Promise<Output> {
  const handle = await open(file, 'a').catch((error: unknown) => {
    throw new Failure(
      `--output ${file}: cannot be written: ${systemReason(error)}; name a file in a folder that exists and is yours.`,
    );
  });
  const texts: string[] = [];
  return {
    closed: false,
    write(text) {
      texts.push(text);
    },
    async close() {
      const all = texts.join(between);
      try {
        if ((await handle.stat()).isFile()) {
          await handle.truncate();
        }
        await handle.writeFile(all);
        return 0;
      } catch (error) {
        process.stderr.write(
          `check-lifecycle: --output ${file}: cannot be written: ${systemReason(error)}; the review is on standard output instead.\n`,
        );
        process.stdout.write(all);
        return 2;
      } finally {
        await handle.close();
      }
    },
  };
}
