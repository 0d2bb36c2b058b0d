/** One line of a hunk: `context` and `removed` make the pre-image, `context` and `added` the post-image. */
export interface HunkLine {
  readonly kind: 'context' | 'added' | 'removed';
  /** Without the diff marker and without the line end. */
  readonly text: string;
  /** Line number in the pre-image, from 1; undefined for added lines. */
  readonly oldLine?: number;
  /** Line number in the post-image, from 1; undefined for removed lines. */
  readonly newLine?: number;
  /** Whether it is the last line of its file and has no line end. */
  readonly noNewline?: true;
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** What git prints behind the second `@@`, usually the enclosing function. */
  readonly section: string;
  readonly lines: readonly HunkLine[];
  /** Line of the input (of its decoded text in an encoded mail) at which the `@@` stands; only where it was read from one. */
  readonly inputLine?: number;
}

export interface FileChange {
  /** Path in the pre-image, without `a/`; undefined for a new file. */
  readonly oldPath?: string;
  /** Path in the post-image, without `b/`; undefined for a deleted file. */
  readonly newPath?: string;
  readonly kind: 'modified' | 'added' | 'deleted' | 'renamed' | 'copied';
  readonly binary: boolean;
  readonly oldBlob?: string;
  readonly newBlob?: string;
  readonly hunks: readonly Hunk[];
}

/** The fields of a mail that an answer needs, unfolded and otherwise as they were written, encoded words included. */
export interface Envelope {
  readonly messageId?: string;
  readonly from?: string;
  readonly replyTo?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly date?: string;
  readonly subject: string;
  /** Identifiers of the mails above it in its thread, the oldest first, without `<>`. */
  readonly references: readonly string[];
}

export interface Patch {
  /** N of `[PATCH N/M]`; 1 where the subject has no number. */
  readonly index: number;
  /** M of `[PATCH N/M]`; 1 where the subject has no number. */
  readonly total: number;
  /** Without `[PATCH …]` and `Re:`. */
  readonly subject: string;
  /** Name and address of the author, in-body `From:` first. */
  readonly author?: string;
  readonly date?: string;
  readonly messageId?: string;
  /** Of the mail that it came in; a reply that quotes the patch is such a mail. */
  readonly envelope?: Envelope;
  /** The commit message, without subject, diffstat and what follows `---`. */
  readonly message: string;
  readonly files: readonly FileChange[];
}

export type SeriesKind = 'diff' | 'patch' | 'mbox' | 'reply';

/** Everything that came in as one posting. */
export interface Series {
  readonly kind: SeriesKind;
  /** Of the cover letter where there is one, else of the first patch. */
  readonly subject: string;
  /** Of the mail that came in; of the cover letter for a series. */
  readonly messageId?: string;
  /** Of that mail. */
  readonly envelope?: Envelope;
  /** N of `[PATCH vN]`; 1 where there is none. */
  readonly version: number;
  /** Sorted by index. Empty only when nothing could be read. */
  readonly patches: readonly Patch[];
  /** What was repaired on the way in (unwrapped lines, restored blanks), in plain words. */
  readonly repairs: readonly string[];
}

/** Messages quote the input, which may hold escape sequences for the reader's terminal or log. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, '?');
}

/** Bad input: says where, what was found, and what to do next. */
export class InputError extends Error {
  readonly file: string;
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, message: string) {
    super(oneLine(message));
    this.file = oneLine(file);
    this.line = line;
    this.name = 'InputError';
  }

  override toString(): string {
    return `${this.file}${this.line === undefined ? '' : `:${this.line}`}: ${this.message}`;
  }
}
