/** One line of added or surrounding prose. */
export interface ProseLine {
  /** Of the post-image, or of the message body; 0 is the subject. */
  readonly line: number;
  /** The line as it stands there, which a remark quotes. */
  readonly text: string;
  /** Where in `text` its prose begins. */
  readonly from: number;
  /** Behind the last character of its prose. */
  readonly to: number;
  /** Whether the patch adds it; the others only give a paragraph its beginning and its end. */
  readonly added: boolean;
}

/** Lines that are read as one text. */
export interface Paragraph {
  /** Path in the post-image, or `message`. */
  readonly where: string;
  readonly lines: readonly ProseLine[];
}

/** Longer paragraphs are no prose that anybody wrote by hand. Characters. */
const LONGEST_PARAGRAPH = 8_000;
const LONGEST_LINE = 1_000;

/** Collects lines to paragraphs: a line that is no prose ends one. */
export class Paragraphs {
  readonly #where: string;
  readonly #done: Paragraph[] = [];
  #lines: ProseLine[] = [];

  constructor(where: string) {
    this.#where = where;
  }

  /** Adds what stands in `text` from `from` to `to`, without blanks around it. */
  add(line: number, text: string, from: number, to: number, added: boolean): void {
    const inner = text.slice(from, to);
    const start = from + inner.length - inner.trimStart().length;
    const end = from + inner.trimEnd().length;
    if (end <= start || text.length > LONGEST_LINE) {
      this.break();
      return;
    }
    this.#lines.push({ line, text, from: start, to: end, added });
  }

  break(): void {
    const lines = this.#lines;
    this.#lines = [];
    const length = lines.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    if (lines.some(({ added }) => added) && length <= LONGEST_PARAGRAPH) {
      this.#done.push({ where: this.#where, lines });
    }
  }

  finish(): Paragraph[] {
    this.break();
    return this.#done;
  }
}

/** The paragraph as one text, and for each of its code units the line that it comes from. */
export function joinLines({ lines }: Paragraph): {
  readonly text: string;
  readonly lineOf: readonly ProseLine[];
} {
  const lineOf: ProseLine[] = [];
  const pieces: string[] = [];
  for (const each of lines) {
    const piece = each.text.slice(each.from, each.to);
    const before = lines[0] === each ? '' : ' ';
    pieces.push(before + piece);
    for (let index = 0; index < before.length + piece.length; index++) {
      lineOf.push(each);
    }
  }
  return { text: pieces.join(''), lineOf };
}

/** Whether a line is drawn or tabulated, not written: rules, tables, diagrams, registers. */
export function isDrawn(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  const marks = text.replace(/[\p{L}\p{N}\s]/gu, '').length;
  return (
    letters === 0 ||
    marks > letters / 2 ||
    /^\s*[|+]|[|+]\s*$|\S {3,}\S|\t\S.*\t|[-=_~]{4,}|\s\|\s/u.test(text.trim())
  );
}

/** Whether a line is program text inside of prose: a statement, a command, a directive. */
export function isCode(text: string): boolean {
  return (
    /[;{}\\]\s*$|^\s*[#$%]|^\s*(?:if|for|while|switch|return|struct|static|typedef)\b.*[({;]|^\s*[\w.>-]+\s*(?:\|\||&&|[-+|&]?=)\s|^\s*\w+\([^)]*\)\s*$|\w\(\w+[ *]+\w+[^)]*\)?\s*$|^\s*-{1,2}\w+/u.test(
      text,
    ) || /^\s*(?:https?:|git |qemu-system|\.\/|\/)\S*/u.test(text)
  );
}

/** `1.`, `(a)`, `-`, `*` and `@name:` begin an item, which is a paragraph of its own; where its prose begins. */
export function itemStart(text: string): number | undefined {
  return /^\s*(?:[-*+•o]\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+|@[\w.]+:\s*|(?:#|%)?\w+(?:\(\))?:\s+|[A-Za-z_]\w*_\w*:\s*)/u.exec(
    text,
  )?.[0].length;
}

/** Licences are not for the author of a patch to improve. */
export function isLegal(text: string): boolean {
  return /copyright|SPDX|licen[cs]e|warranty|GNU |COPYING|free software|Author/iu.test(text);
}
