import { execFileSync, type ChildProcess } from 'node:child_process';

import { decodeText } from '../series/text.ts';
import { noGit, roomArguments, roomEnvironment, startGit } from './git-run.ts';

/** Blobs by id, read with one `git cat-file --batch` for the life of the reader. */
export class BlobReader {
  private readonly room: string;
  private child: ChildProcess | undefined;
  private input: ByteInput | undefined;
  /** Reads follow each other: the answers of one process come in the order of the questions. */
  private last: Promise<void> = Promise.resolve();
  private readonly known = new Map<string, string | undefined>();

  constructor(room: string) {
    this.room = room;
  }

  /** Reads every blob that is not known yet; one that the repository lacks is known as missing from then on. */
  async load(ids: Iterable<string>): Promise<void> {
    const wanted = [...new Set(ids)];
    const turn = this.last.then(async () => this.ask(wanted.filter((id) => !this.known.has(id))));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** The text of a blob, in UTF-8 or else as Windows-1252; undefined where the repository lacks it. */
  text(id: string): string | undefined {
    if (!this.known.has(id)) {
      this.known.set(id, this.readNow(id));
    }
    return this.known.get(id);
  }

  /** Blobs that were asked for and that the repository lacks; they are looked for anew when they are asked for again. */
  forgetLacking(): string[] {
    const ids = [...this.known].flatMap(([id, text]) => (text === undefined ? [id] : []));
    ids.forEach((id) => this.known.delete(id));
    return ids;
  }

  /** Ends the process. */
  close(): void {
    this.child?.stdin?.end();
    this.child?.kill();
    this.child = undefined;
  }

  private async ask(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) {
      return;
    }
    const input = this.started();
    this.child?.stdin?.write(ids.map((id) => `${id}\n`).join(''));
    for (const id of ids) {
      // `ID TYPE SIZE`, the content and a line end; or `ID missing` (git-cat-file(1), "BATCH OUTPUT").
      const [, type = '', size = ''] = (await input.line()).split(' ');
      const content = type === 'missing' ? undefined : await input.take(Number(size));
      if (content !== undefined) {
        await input.take(1);
      }
      this.known.set(id, content === undefined ? undefined : decodeText(content).text);
    }
  }

  private started(): ByteInput {
    if (this.child === undefined || this.input === undefined) {
      this.child = startGit(this.room, ['cat-file', '--batch']);
      this.child.stdin?.on('error', () => undefined);
      this.child.stderr?.resume();
      this.input = new ByteInput(this.child);
    }
    return this.input;
  }

  private readNow(id: string): string | undefined {
    const args = roomArguments(this.room, ['cat-file', 'blob', id]);
    try {
      const content = execFileSync('git', args, {
        cwd: this.room,
        env: roomEnvironment(),
        maxBuffer: 256 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return decodeText(content).text;
    } catch {
      return undefined;
    }
  }
}

/** The output of a process, taken piece by piece. */
class ByteInput {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(child: ChildProcess) {
    // Without a listener, a git that cannot be started would end the program; the stream then just ends.
    child.on('error', () => undefined);
    const stdout: AsyncIterable<Buffer> = child.stdout ?? { [Symbol.asyncIterator]: nothing };
    this.chunks = stdout[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    let end = this.rest.indexOf(10);
    while (end < 0) {
      this.rest = Buffer.concat([this.rest, await this.next()]);
      end = this.rest.indexOf(10);
    }
    const line = this.rest.toString('latin1', 0, end);
    this.rest = this.rest.subarray(end + 1);
    return line;
  }

  async take(size: number): Promise<Buffer> {
    const pieces = [this.rest];
    let length = this.rest.length;
    while (length < size) {
      const chunk = await this.next();
      pieces.push(chunk);
      length += chunk.length;
    }
    // Most files are smaller than what a pipe holds: copying the rest for each would take quadratic time.
    const all = pieces.length === 1 ? this.rest : Buffer.concat(pieces);
    this.rest = all.subarray(size);
    return all.subarray(0, size);
  }

  private async next(): Promise<Buffer> {
    const { done, value } = await this.chunks.next();
    if (done === true) {
      throw noGit();
    }
    return value;
  }
}

async function* nothing(): AsyncGenerator<Buffer> {
  // No output: the process has none of its own streams.
}
