/** One line of the input: its text without the line end, and where it stood (from 1). */
export interface Line {
  readonly text: string;
  readonly line: number;
  /**
   * A line outside the quotation that stood directly between this line and the next quoted one:
   * either a remark or the rest of this line, wrapped by a mail program.
   */
  readonly loose?: Line;
}

/**
 * Decodes `bytes` as `charset` (UTF-8 unless told). What is not valid in it is read as Windows-1252, in which
 * every byte is something: a name in Latin-1 must not make a patch unreadable. `fallback` says that it was so.
 */
export function decodeText(
  bytes: Uint8Array,
  charset?: string,
): { text: string; fallback: boolean } {
  try {
    return {
      text: new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes),
      fallback: false,
    };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), fallback: true };
  }
}

/**
 * Splits into lines numbered from `first`. A carriage return is part of the line end only when the first line has
 * one: in a mail with plain line ends, a diff of a CRLF file carries them as content.
 */
export function splitLines(text: string, first = 1): Line[] {
  const end = text.indexOf('\n');
  const crlf = end > 0 && text[end - 1] === '\r';
  const lines = text.split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines.map((line, index) => ({
    text: crlf && line.endsWith('\r') ? line.slice(0, -1) : line,
    line: first + index,
  }));
}

/** A piece of input that may be shown in a message: no control characters, and not longer than `limit`. */
export function shown(text: string, limit = 60): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?');
  return clean.length > limit ? `${clean.slice(0, limit)}...` : clean;
}
