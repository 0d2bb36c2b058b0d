/** One mail of an mbox, or the whole input where it is none. */
export interface Unit {
  readonly bytes: Uint8Array;
  /** Line of the input at which `bytes` start, from 1. */
  readonly line: number;
  /** Whether it came from an mbox: then `>From ` stands for `From `. */
  readonly mbox: boolean;
}

const POSTMARK = /^From \S+.*\d\d:\d\d:\d\d.*\d{4}\s*$/;
const HEADER = /^[!-9;-~]+:/;

/**
 * Cuts an mbox at its `From ` lines (RFC 4155). One counts only with a header field behind it, so that neither prose
 * nor a commit's own `From ` line in an indented listing cuts a mail in two. Works on bytes: each mail has its own
 * charset.
 */
export function splitMbox(input: Uint8Array): Unit[] {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  let start = 0;
  let line = 1;
  while (bytes[start] === 10 || bytes[start] === 13) {
    line += bytes[start] === 10 ? 1 : 0;
    start++;
  }
  if (!isPostmark(bytes, start)) {
    return [{ bytes: input, line: 1, mbox: false }];
  }
  const units: Unit[] = [];
  while (start < bytes.length) {
    let next = bytes.indexOf('\nFrom ', start);
    while (next >= 0 && !isPostmark(bytes, next + 1)) {
      next = bytes.indexOf('\nFrom ', next + 1);
    }
    const end = next < 0 ? bytes.length : next + 1;
    const body = lineEnd(bytes, start) + 1;
    units.push({ bytes: bytes.subarray(body, end), line: line + 1, mbox: true });
    line += countLines(bytes, start, end);
    start = end;
  }
  return units;
}

function isPostmark(bytes: Buffer, at: number): boolean {
  const end = lineEnd(bytes, at);
  const next = bytes.subarray(end + 1, end + 200).toString('latin1');
  return (
    end - at < 500 && POSTMARK.test(bytes.subarray(at, end).toString('latin1')) && HEADER.test(next)
  );
}

function lineEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(10, at);
  return end < 0 ? bytes.length : end;
}

function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10, from); at >= 0 && at < to; at = bytes.indexOf(10, at + 1)) {
    count++;
  }
  return count;
}

/** Undoes the quoting of `From ` at the start of a line, one level, as mboxrd has it. */
export function unescapeFrom(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!buffer.includes('>From ')) {
    return bytes;
  }
  return Buffer.from(buffer.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
