import { InputError } from './series.ts';
import { decodeText, splitLines, type Line } from './text.ts';

/** Nested deeper than this is no mail that anybody wrote. */
const MOST_PARTS = 100;

/** The text of a mail, and its attachments that may hold a patch. */
export interface MimeParts {
  readonly body: readonly Line[];
  readonly attachments: readonly Uint8Array[];
}

/**
 * Has mailparser take a mail apart that is more than plain text: multipart, base64, quoted-printable, flowed text.
 * It is loaded on first use only, since most patches come without any of that.
 *
 * @param keepFlow leaves the soft line ends of format=flowed as they are: in a quoted diff, an empty context line ends
 *   in a blank and would be joined with the next
 * @throws {InputError} where the mail nests too deeply or cannot be taken apart
 */
export async function readMime(
  file: string,
  mail: Uint8Array,
  first: number,
  keepFlow: boolean,
): Promise<MimeParts> {
  const raw = Buffer.from(mail).toString('latin1');
  const nested = raw.match(/^content-type:\s*(?:multipart|message)\//gim)?.length ?? 0;
  if (nested > MOST_PARTS) {
    throw new InputError(
      file,
      first,
      `the mail nests ${nested} MIME parts, more than ${MOST_PARTS}; save the patch itself and give that.`,
    );
  }
  const bytes = keepFlow ? raw.replace(/format="?flowed"?/gi, 'format=fixed') : raw;
  const { simpleParser } = await import('mailparser');
  try {
    const parsed = await simpleParser(Buffer.from(bytes, 'latin1'), {
      skipImageLinks: true,
      skipTextToHtml: true,
    });
    const attachments = parsed.attachments.filter(({ contentType, filename }) =>
      mayHoldPatch(contentType, filename),
    );
    return {
      body: locate(parsed.text ?? '', raw, first),
      attachments: attachments.map(({ content }) => content),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      file,
      first,
      `the mail cannot be taken apart (${why}); save the patch itself and give that.`,
    );
  }
}

function mayHoldPatch(type: string, name: string | undefined): boolean {
  return (
    /^(?:text\/(?!html)|message\/|application\/(?:octet-stream|x-patch|mbox))/.test(type) ||
    /\.(?:patch|diff|eml|mbox|txt)$/i.test(name ?? '')
  );
}

/** Numbers decoded lines by the lines of the mail that read the same; those in between keep the last number. */
function locate(text: string, raw: string, first: number): Line[] {
  const originals = splitLines(decodeText(Buffer.from(raw, 'latin1')).text, first);
  let at = 0;
  return splitLines(text).map(({ text: line }) => {
    const wanted = line.trimEnd();
    const ahead =
      wanted === ''
        ? -1
        : originals.slice(at, at + 200).findIndex((one) => one.text.trimEnd() === wanted);
    const number = originals[at + Math.max(ahead, 0)]?.line ?? first;
    at += ahead + 1;
    return { text: line, line: number };
  });
}
