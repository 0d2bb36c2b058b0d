import { CError, type Location } from './source.ts';
import type { Token, TokenKind } from './token.ts';

/** Punctuators longer than one character (C11 §6.4.6), digraphs with what they stand for. */
const LONG_PUNCTUATORS = '... <<= >>= -> ++ -- << >> <= >= == != && || *= /= %= += -= &= ^= |= ##'
  .split(' ')
  .map((text): readonly [string, string] => [text, text]);

const DIGRAPHS: readonly (readonly [string, string])[] = [
  ['%:%:', '##'],
  ['<:', '['],
  [':>', ']'],
  ['<%', '{'],
  ['%>', '}'],
  ['%:', '#'],
];

/** By the code of the first character, longest first, so that the first match is the longest (§6.4p4). */
const BY_FIRST: (readonly (readonly [string, string])[])[] = Array.from({ length: 128 }, () => []);
for (const entry of [...LONG_PUNCTUATORS, ...DIGRAPHS]) {
  const first = entry[0].charCodeAt(0);
  BY_FIRST[first] = [...(BY_FIRST[first] ?? []), entry].toSorted(
    (a, b) => b[0].length - a[0].length,
  );
}
const NONE: readonly (readonly [string, string])[] = [];

const NEWLINE = 10;
const BACKSLASH = 92;
const SLASH = 47;
const STAR = 42;
const QUOTE = 34;
const APOSTROPHE = 39;

function isIdentifierStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `\` and a line end, in either convention: the line goes on (C11 §5.1.1.2, phase 2). */
const SPLICE = /\\\r?\n/g;

/** A text without line splices, and where each stood, so that locations stay those of the file. */
interface Spliced {
  readonly text: string;
  /** Offsets in `text` behind which one more line of the file has gone by. */
  readonly at: readonly number[];
}

function splice(text: string): Spliced {
  if (!text.includes('\\\n') && !text.includes('\\\r\n')) {
    return { text, at: [] };
  }
  const at: number[] = [];
  let removed = 0;
  const joined = text.replaceAll(SPLICE, (match: string, offset: number) => {
    at.push(offset - removed);
    removed += match.length;
    return '';
  });
  return { text: joined, at };
}

class Lexer {
  private readonly file: string;
  private readonly text: string;
  private readonly splices: readonly number[];
  private readonly tokens: Token[] = [];
  private position = 0;
  private line = 1;
  private lineStart = 0;
  private nextSplice = 0;
  private startsLine = true;
  private spaceBefore = false;

  constructor(file: string, source: string) {
    this.file = file;
    const { text, at } = splice(source.charCodeAt(0) === 0xfeff ? source.slice(1) : source);
    this.text = text;
    this.splices = at;
  }

  run(): Token[] {
    for (;;) {
      this.skipSpace();
      if (this.position >= this.text.length) {
        this.push('eof', this.position);
        return this.tokens;
      }
      this.token();
    }
  }

  private location(): Location {
    return { file: this.file, line: this.line, column: this.position - this.lineStart + 1 };
  }

  /** Count the line splices up to a position. */
  private passSplices(position: number): void {
    while ((this.splices[this.nextSplice] ?? Infinity) <= position) {
      this.lineStart = this.splices[this.nextSplice] ?? this.lineStart;
      this.nextSplice++;
      this.line++;
    }
  }

  private newline(): void {
    this.passSplices(this.position);
    this.line++;
    this.position++;
    this.lineStart = this.position;
    this.startsLine = true;
    this.spaceBefore = false;
  }

  private skipSpace(): void {
    const { text } = this;
    while (this.position < text.length) {
      const code = text.charCodeAt(this.position);
      if (code === NEWLINE) {
        this.newline();
      } else if (code === 32 || (code >= 9 && code <= 13)) {
        this.position++;
        this.spaceBefore = true;
      } else if (code === SLASH && text.charCodeAt(this.position + 1) === SLASH) {
        const end = text.indexOf('\n', this.position);
        this.position = end === -1 ? text.length : end;
      } else if (code === SLASH && text.charCodeAt(this.position + 1) === STAR) {
        this.blockComment();
      } else {
        break;
      }
    }
    this.passSplices(this.position);
  }

  private blockComment(): void {
    const start = this.location();
    const end = this.text.indexOf('*/', this.position + 2);
    if (end === -1) {
      throw new CError(start, 'this comment is never closed with */');
    }
    const { startsLine } = this;
    for (let at = this.text.indexOf('\n', this.position); at !== -1 && at < end;) {
      this.position = at;
      this.newline();
      at = this.text.indexOf('\n', this.position);
    }
    this.position = end + 2;
    // A comment is one space: a directive goes on behind it, however many lines it took (§5.1.1.2).
    this.startsLine = startsLine;
    this.spaceBefore = true;
  }

  private push(kind: TokenKind, end: number, spelling?: string): void {
    this.tokens.push({
      kind,
      text: spelling ?? this.text.slice(this.position, end),
      location: this.location(),
      startsLine: this.startsLine,
      spaceBefore: this.spaceBefore,
    });
    this.position = end;
    this.startsLine = false;
    this.spaceBefore = false;
  }

  private token(): void {
    const { text, position } = this;
    const code = text.charCodeAt(position);
    if (isIdentifierStart(code)) {
      this.identifier();
    } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(position + 1)))) {
      this.number();
    } else if (code === QUOTE || code === APOSTROPHE) {
      this.quoted(position);
    } else {
      this.punctuator();
    }
  }

  private identifier(): void {
    const { text } = this;
    let end = this.position + 1;
    for (let code = text.charCodeAt(end); isIdentifierStart(code) || isDigit(code);) {
      code = text.charCodeAt(++end);
    }
    const quote = text.charCodeAt(end);
    if ((quote === QUOTE || quote === APOSTROPHE) && end - this.position <= 2) {
      const prefix = text.slice(this.position, end);
      if (prefix === 'L' || prefix === 'u' || prefix === 'U' || prefix === 'u8') {
        this.quoted(end);
        return;
      }
    }
    this.push('identifier', end);
  }

  /** A preprocessing number (C11 §6.4.8): the parser decides what it is. */
  private number(): void {
    const { text } = this;
    let end = this.position + 1;
    for (;;) {
      const code = text.charCodeAt(end);
      const previous = text.charCodeAt(end - 1) | 32;
      const exponent = previous === 101 || previous === 112;
      if (isIdentifierStart(code) || isDigit(code) || code === 46) {
        end++;
      } else if ((code === 43 || code === 45) && exponent) {
        end++;
      } else {
        break;
      }
    }
    this.push('number', end);
  }

  private quoted(open: number): void {
    const { text } = this;
    const quote = text.charCodeAt(open);
    let end = open + 1;
    for (let code = text.charCodeAt(end); code !== quote; code = text.charCodeAt(end)) {
      if (end >= text.length || code === NEWLINE) {
        this.unterminated(end);
        return;
      }
      end += code === BACKSLASH ? 2 : 1;
    }
    this.push(quote === QUOTE ? 'string' : 'char', end + 1);
  }

  /**
   * A literal that its line does not close is no literal: text that `#if 0` skips, or `#error`, may hold an
   * apostrophe (C11 §6.4p3). It is one odd token up to the end of the line, which no grammar takes.
   */
  private unterminated(end: number): void {
    this.push('punctuator', Math.min(end, this.text.length));
  }

  private punctuator(): void {
    const { text, position } = this;
    for (const [spelling, meaning] of BY_FIRST[text.charCodeAt(position)] ?? NONE) {
      if (text.startsWith(spelling, position)) {
        this.push('punctuator', position + spelling.length, meaning);
        return;
      }
    }
    this.push('punctuator', position + 1);
  }
}

/**
 * Tokens of one file, comments dropped, ending with one `eof` (C11 §6.4). Lines and columns are those of
 * the file, line splices counted. Throws CError for a comment that is never closed.
 */
export function lex(file: string, text: string): Token[] {
  return new Lexer(file, text).run();
}
