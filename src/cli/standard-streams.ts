import { fstatSync, readFileSync, readSync, writeSync } from 'node:fs';

const CHUNK = 64 * 1024;
/** What a shell reports of a program that SIGPIPE ended. */
const BROKEN_PIPE = 141;

/** The process's own standard streams, for a program that the machine runs as if natively. */
export interface StandardStreams {
  /** All of a file; of a pipe or a terminal what comes next, undefined at its end. */
  readonly stdin: Uint8Array | (() => Uint8Array | undefined);
  /** Bytes go out in the order in which the program wrote them. */
  readonly write: (fd: number, bytes: Uint8Array) => void;
  readonly flush: () => void;
}

/** Output is collected until something else must be seen after it: stderr, a question for input, the end. */
export function openStandardStreams(): StandardStreams {
  let pending: Uint8Array[] = [];
  let size = 0;
  function flush(): void {
    const bytes = Buffer.concat(pending);
    pending = [];
    size = 0;
    writeAll(1, bytes);
  }
  return {
    stdin: isFile(0)
      ? readFileSync(0)
      : () => {
          flush();
          return readChunk();
        },
    write(fd, bytes) {
      if (fd !== 1) {
        flush();
        writeAll(fd, bytes);
        return;
      }
      pending.push(bytes.slice());
      size += bytes.length;
      if (size >= CHUNK) {
        flush();
      }
    },
    flush,
  };
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

function readChunk(): Uint8Array | undefined {
  const buffer = new Uint8Array(CHUNK);
  for (;;) {
    try {
      const length = readSync(0, buffer, 0, CHUNK, null);
      return length === 0 ? undefined : buffer.subarray(0, length);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') {
        // Closed, or a folder: there is nothing to read.
        return undefined;
      }
      pause();
    }
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EPIPE') {
        process.exit(BROKEN_PIPE);
      }
      if (code !== 'EAGAIN') {
        throw error;
      }
      pause();
    }
  }
}

/** The other end is not ready, and the program cannot go on before it is. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
