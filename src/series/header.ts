import type { Line } from './text.ts';

/** Header fields by lower-case name; of a repeated field the first counts. */
export type Headers = ReadonlyMap<string, string>;

const FIELD = /^([!-9;-~]{1,76}):[ \t]*(.*)$/;
const MAIL_FIELDS =
  /^(from|to|cc|subject|date|message-id|mime-version|received|return-path|in-reply-to):/i;

/**
 * Reads a header block from `start` up to the first empty line (RFC 5322 §2.2), unfolding continuation lines.
 * Returns undefined where the lines are none: no known field, or something else in between.
 */
export function readHeaders(
  lines: readonly Line[],
  start: number,
): { headers: Headers; end: number } | undefined {
  const headers = new Map<string, string>();
  let last = '';
  let known = false;
  let at = start;
  for (; at < lines.length; at++) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') {
      break;
    }
    const field = FIELD.exec(text);
    if (/^[ \t]/.test(text) && last !== '') {
      headers.set(last, `${headers.get(last) ?? ''} ${text.trim()}`.slice(0, 20_000));
    } else if (field) {
      const name = (field[1] ?? '').toLowerCase();
      // A repeated field must not overwrite the first, nor may its continuation lines be added to it.
      last = headers.has(name) ? `${name}, again` : name;
      headers.set(last, field[2] ?? '');
      known ||= MAIL_FIELDS.test(text);
    } else {
      return undefined;
    }
  }
  return known ? { headers, end: at } : undefined;
}

/** Decodes the encoded words of RFC 2047; the blank between two of them is not part of the text. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) {
    return text;
  }
  const joined = text.replace(/(\?=)\s+(?==\?)/g, '$1');
  return joined.replace(
    /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/gi,
    (word: string, charset: string, encoding: string, data: string) => {
      try {
        return new TextDecoder(charset).decode(
          encoding.toLowerCase() === 'b' ? base64(data) : q(data),
        );
      } catch {
        return word;
      }
    },
  );
}

function base64(data: string): Uint8Array {
  return Buffer.from(data, 'base64');
}

function q(data: string): Uint8Array {
  const plain = data.replace(/_/g, ' ');
  return Buffer.from(
    plain.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
}

/** The identifiers of a `Message-ID`, `In-Reply-To` or `References` field, without `<>`. */
export function messageIds(field: string | undefined): string[] {
  return [...(field ?? '').matchAll(/<([^<>\s]+)>/g)].map((match) => match[1] ?? '');
}
