import { readDiff } from './diff.ts';
import { decodeWords, messageIds, readHeaders, type Headers } from './header.ts';
import { undoMangling } from './mangled.ts';
import { splitMbox, unescapeFrom, type Unit } from './mbox.ts';
import { readLetter } from './message.ts';
import { readMime, type MimeParts } from './mime.ts';
import { diffDepth, unquote } from './quote.ts';
import {
  InputError,
  type Envelope,
  type FileChange,
  type Patch,
  type SeriesKind,
} from './series.ts';
import { parseSubject, type PatchSubject } from './subject.ts';
import { decodeText, shown, splitLines, type Line } from './text.ts';

/** One mail, or one diff without a mail. */
export interface Posting {
  readonly kind: Exclude<SeriesKind, 'mbox'>;
  readonly subject: PatchSubject;
  readonly messageId?: string;
  readonly envelope?: Envelope;
  /** Identifiers of the mails that it answers, the nearest first. */
  readonly parents: readonly string[];
  /** Undefined for a cover letter and for discussion. */
  readonly patch?: Patch;
  readonly repairs: readonly string[];
  /** Line of the input at which it starts. */
  readonly line: number;
}

/** Larger mails are refused unread: the largest patch on QEMU's list is smaller. Bytes. */
const LARGEST_MAIL = 8 * 1024 * 1024;
const DEEPEST_ATTACHMENT = 5;

interface Mail {
  readonly file: string;
  readonly headers: Headers;
  readonly line: number;
  readonly isMail: boolean;
  readonly repairs: readonly string[];
}

/**
 * Reads one mail or diff. Several patches attached to one mail are several postings; a mail without a patch is one
 * without `patch`.
 *
 * @throws {InputError} where there is a patch that cannot be read whole
 */
export async function readUnit(file: string, unit: Unit, level = 0): Promise<Posting[]> {
  const bytes = admit(file, unit);
  const plain = splitLines(decodeText(bytes).text, unit.line);
  const first = plain.findIndex(({ text }) => text.trim() !== '');
  const block = first < 0 ? undefined : readHeaders(plain, first);
  const headers: Headers = block?.headers ?? new Map<string, string>();
  const readings = readingsOf(file, unit, bytes, headers, block === undefined ? 0 : block.end + 1);
  let failure: unknown;
  for (const read of readings) {
    try {
      const { parts, repairs } = await read();
      const mail = { file, headers, line: unit.line, isMail: block !== undefined, repairs };
      return await readParts(mail, parts, level);
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      failure ??= error;
    }
  }
  throw failure;
}

/** Whether a mail is an answer that has no diff of its own outside of quotations. */
export function quotesOnly(unit: Unit): boolean {
  const { text } = decodeText(unit.bytes.subarray(0, LARGEST_MAIL));
  const subject = /^Subject:(.*(?:\r?\n[ \t].*)*)/im.exec(text)?.[1] ?? '';
  return parseSubject(decodeWords(subject)).reply && !/^(?:diff --git |--- )/m.test(text);
}

/** Refuses what is too large or no text before any work is done on it. */
function admit(file: string, unit: Unit): Uint8Array {
  const { length } = unit.bytes;
  if (length > LARGEST_MAIL) {
    const [is, most] = [length, LARGEST_MAIL].map((size) => Math.round(size / 1024 / 1024));
    throw new InputError(
      file,
      unit.line,
      `the mail has ${is} MB, more than the ${most} MB that are read; split it.`,
    );
  }
  const nul = unit.bytes.indexOf(0);
  if (nul >= 0) {
    const line =
      unit.line + unit.bytes.subarray(0, nul).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
    throw new InputError(
      file,
      line,
      'found a NUL byte, expected text; if the file is UTF-16, convert it with "iconv -f UTF-16 -t UTF-8".',
    );
  }
  return unit.mbox ? unescapeFrom(unit.bytes) : unit.bytes;
}

interface Reading {
  readonly parts: MimeParts;
  readonly repairs: readonly string[];
}

type Read = () => Promise<Reading>;

/** The ways to take the mail's text, the likeliest first: flowed text is read as it is, then with its lines joined. */
function readingsOf(
  file: string,
  unit: Unit,
  bytes: Uint8Array,
  headers: Headers,
  bodyAt: number,
): Read[] {
  const type = headers.get('content-type') ?? 'text/plain';
  const encoded = /^\s*(?:base64|quoted-printable)/i.test(
    headers.get('content-transfer-encoding') ?? '',
  );
  const flowed = /format="?flowed/i.test(type);
  async function mime(keepFlow: boolean): Promise<Reading> {
    return { parts: await readMime(file, bytes, unit.line, keepFlow), repairs: [] };
  }
  async function kept(): Promise<Reading> {
    return mime(true);
  }
  async function joined(): Promise<Reading> {
    return mime(false);
  }
  if (encoded || !/^\s*text\/(?!html)/i.test(type)) {
    return flowed ? [kept, joined] : [kept];
  }
  async function native(): Promise<Reading> {
    return readPlain(unit, bytes, type, bodyAt);
  }
  return flowed ? [native, joined] : [native];
}

function readPlain(
  unit: Unit,
  bytes: Uint8Array,
  type: string,
  bodyAt: number,
): { parts: MimeParts; repairs: readonly string[] } {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1];
  const { text, fallback } = decodeText(bytes, charset);
  const body = splitLines(text, unit.line).slice(bodyAt);
  const repairs = fallback
    ? [`the text is not valid ${charset ?? 'UTF-8'}: read as Windows-1252`]
    : [];
  return { parts: { body, attachments: [] }, repairs };
}

async function readParts(mail: Mail, parts: MimeParts, level: number): Promise<Posting[]> {
  const depth = diffDepth(parts.body);
  if (depth !== 0 && level < DEEPEST_ATTACHMENT) {
    const attached = await readAttachments(mail, parts, level);
    if (attached.length > 0) {
      return attached;
    }
  }
  return [depth === undefined ? withoutPatch(mail) : readBody(mail, parts.body, depth)];
}

async function readAttachments(mail: Mail, parts: MimeParts, level: number): Promise<Posting[]> {
  const outer = withoutPatch(mail);
  const found: Posting[] = [];
  for (const content of parts.attachments) {
    for (const unit of splitMbox(content)) {
      const inner = await readUnit(mail.file, { ...unit, line: mail.line }, level + 1);
      for (const posting of inner.filter(({ patch }) => patch !== undefined)) {
        const subject = posting.subject.title === '' ? outer.subject : posting.subject;
        const { patch } = posting;
        found.push({
          ...outer,
          subject,
          ...(patch === undefined ? {} : { patch: attachedTo(outer, patch, subject.title) }),
          repairs: posting.repairs,
        });
      }
    }
  }
  return found;
}

/** Whoever answers an attached patch answers the mail that it is attached to. */
function attachedTo({ envelope }: Posting, patch: Patch, subject: string): Patch {
  return { ...patch, subject, ...(envelope === undefined ? {} : { envelope }) };
}

function withoutPatch(mail: Mail): Posting {
  const { headers, line } = mail;
  const messageId = messageIds(headers.get('message-id'))[0];
  const parents = [
    ...messageIds(headers.get('in-reply-to')),
    ...messageIds(headers.get('references')).toReversed(),
  ];
  return {
    kind: mail.isMail ? 'patch' : 'diff',
    subject: parseSubject(decodeWords(headers.get('subject') ?? '')),
    ...(messageId === undefined ? {} : { messageId }),
    ...(mail.isMail ? { envelope: envelopeOf(headers) } : {}),
    parents: [...new Set(parents)],
    repairs: [],
    line,
  };
}

function envelopeOf(headers: Headers): Envelope {
  const messageId = messageIds(headers.get('message-id'))[0];
  const [from, replyTo, to, cc, date] = ['from', 'reply-to', 'to', 'cc', 'date'].map((name) =>
    headers.get(name),
  );
  const above = messageIds(headers.get('references'));
  const answered = messageIds(headers.get('in-reply-to')).filter((id) => !above.includes(id));
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(from === undefined ? {} : { from }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(to === undefined ? {} : { to }),
    ...(cc === undefined ? {} : { cc }),
    ...(date === undefined ? {} : { date }),
    subject: headers.get('subject') ?? '',
    references: [...above, ...answered.slice(0, 1)],
  };
}

function readBody(mail: Mail, body: readonly Line[], depth: number): Posting {
  const outer = withoutPatch(mail);
  const flowed = /format="?flowed/i.test(mail.headers.get('content-type') ?? '');
  const { lines, repairs } = undoMangling(unquote(body, depth), flowed);
  const nul = lines.find(({ text }) => text.includes('\0'));
  if (nul) {
    throw new InputError(
      mail.file,
      nul.line,
      'found a NUL byte in the decoded mail, expected text; save the patch.',
    );
  }
  const letter = readLetter(lines);
  const reading = { file: mail.file, repairs: [...mail.repairs, ...repairs] };
  const files = readDiff(lines, letter.diffAt, reading);
  if (depth === 0) {
    refuseCut(lines, letter.diffAt, files, mail.file);
  }
  const subject = letter.subject === undefined ? outer.subject : parseSubject(letter.subject);
  const from = mail.headers.get('from');
  const author = letter.author ?? (depth > 0 || from === undefined ? undefined : decodeWords(from));
  const date = letter.date ?? (depth > 0 ? undefined : mail.headers.get('date'));
  const messageId = depth > 0 ? (depth === 1 ? outer.parents[0] : undefined) : outer.messageId;
  const patch: Patch = {
    index: subject.index ?? 1,
    total: subject.total ?? 1,
    subject: subject.title,
    ...(author === undefined ? {} : { author }),
    ...(date === undefined ? {} : { date }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(outer.envelope === undefined ? {} : { envelope: outer.envelope }),
    message: letter.message,
    files,
  };
  const kind = depth > 0 ? 'reply' : outer.kind;
  return {
    ...outer,
    kind,
    subject,
    ...(files.length > 0 ? { patch } : {}),
    repairs: reading.repairs,
  };
}

/** A mail that was cut between two hunks reads well: only the diffstat above the diff still tells. */
function refuseCut(
  lines: readonly Line[],
  diffAt: number,
  files: readonly FileChange[],
  file: string,
): void {
  const stat = lines.slice(0, diffAt).findLast(({ text }) => /^ \d+ files? changed\b/.test(text));
  if (stat === undefined) {
    return;
  }
  const said = (word: RegExp): number => Number(word.exec(stat.text)?.[1] ?? 0);
  const all = files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
  const added = all.filter(({ kind }) => kind === 'added').length;
  const removed = all.filter(({ kind }) => kind === 'removed').length;
  const less =
    files.length < said(/(\d+) file/) ||
    added < said(/(\d+) insertion/) ||
    removed < said(/(\d+) deletion/);
  if (less) {
    throw new InputError(
      file,
      stat.line,
      `the diffstat promises "${shown(stat.text.trim(), 80)}", found ${files.length} changed, ${added} added and ${removed} removed; the end of the patch is missing: take the whole mail.`,
    );
  }
}
