import { readFile, stat } from 'node:fs/promises';
import { Failure } from './failure.ts';

/** Larger inputs are no patch mail; refusing them keeps memory bounded. */
const LIMIT = 64 * 1024 * 1024;

/** The bytes of a file, or of standard input for `-`. Throws Failure with what to do next. */
export async function readInput(name: string): Promise<Buffer> {
  if (name === '-') {
    return readStandardInput();
  }
  try {
    const info = await stat(name);
    if (info.isDirectory()) {
      throw new Failure(`${name}: is a directory; give a patch file, a mail or an mbox.`);
    }
    if (info.size > LIMIT) {
      throw new Failure(`${name}: is larger than 64 MiB; give only the mails with the patches.`);
    }
    return await readFile(name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Failure(
        `${name}: no such file; give a patch file, a mail or an mbox, or - for standard input.`,
      );
    }
    throw error;
  }
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT) {
      throw new Failure('<stdin>: is larger than 64 MiB; give only the mails with the patches.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
