import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Failure, propertyOf, systemReason } from './failure.ts';

/** Larger inputs are no patch mail; refusing them keeps memory bounded. */
const LIMIT = 64 * 1024 * 1024;

/** The bytes of a file, or of standard input for `-`. Throws Failure with what to do next. */
export async function readInput(name: string): Promise<Buffer> {
  const shown = name === '-' ? '<stdin>' : name;
  try {
    if (name === '-') {
      return await readAll(shown, process.stdin as AsyncIterable<Buffer>);
    }
    const info = await stat(name);
    if (info.isDirectory()) {
      throw new Failure(`${name}: is a directory; give a patch file, a mail or an mbox.`);
    }
    if (info.size > LIMIT) {
      throw tooLarge(name);
    }
    // Pipes and devices have no size: they are counted as they come.
    return await readAll(shown, createReadStream(name) as AsyncIterable<Buffer>);
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(shown, error);
  }
}

async function readAll(name: string, source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > LIMIT) {
      throw tooLarge(name);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string): Failure {
  return new Failure(`${name}: is larger than 64 MiB; give only the mails with the patches.`);
}

function unreadable(name: string, error: unknown): Failure {
  if (propertyOf(error, 'code') === 'ENOENT') {
    return new Failure(
      `${name}: no such file; give a patch file, a mail or an mbox, or - for standard input.`,
    );
  }
  return new Failure(
    `${name}: cannot be read: ${systemReason(error)}; give a patch file, a mail or an mbox.`,
  );
}
