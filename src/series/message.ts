import { decodeWords, readHeaders } from './header.ts';
import { startsFile } from './diff.ts';
import type { Line } from './text.ts';

/** What stands before the diff: the commit message, and the fields that a mail may repeat in its body. */
export interface Letter {
  readonly message: string;
  readonly author?: string;
  readonly date?: string;
  readonly subject?: string;
  /** Index of the line from which on the diff is read. */
  readonly diffAt: number;
}

const CUT = /^[-=_~ ]*(?:8<|>8|%<|>%)(?:[-=_~ ]|8<|>8|%<|>%|cut here)*$/;
const FROM = /^From [0-9a-f]{40} Mon Sep 17 00:00:00 2001/;
const FIELD = /^(From|Date|Subject): ?(.*)$/;

/** Reads the part of a mail's body before the diff (git-mailinfo(1): scissors, in-body headers, `---`). */
export function readLetter(lines: readonly Line[]): Letter {
  const diffAt = diffStart(lines);
  const before = lines.slice(0, diffAt);
  const cut = before.findLastIndex(({ text }) => isCut(text));
  const mail = before.findLastIndex(({ text }) => FROM.test(text));
  const fields = inBody(lines, Math.max(cut + 1, mail, 0), diffAt);
  const message: string[] = [];
  for (const { text } of lines.slice(fields.end, diffAt)) {
    if (endsMessage(text)) {
      break;
    }
    message.push(text.trimEnd());
  }
  return { ...fields.found, message: message.join('\n').trim(), diffAt };
}

/** A perforation: git wants dashes, people also draw `===8<===`. */
function isCut(text: string): boolean {
  return text.length < 200 && /[-=]/.test(text) && CUT.test(text.trim());
}

/** `---`, also with the diffstat glued to it, as a reflowed reply has it; never the `--- a/path` of a diff. */
function endsMessage(text: string): boolean {
  return (
    /^---\s*$/.test(text) ||
    (/^---[> ]\s/.test(text) && /\|\s+(?:\d+|Bin)\b/.test(text.slice(0, 500)))
  );
}

/** The first line of the diff, or its length where there is none. */
export function diffStart(lines: readonly Line[]): number {
  const start = lines.findIndex(
    ({ text }, index) =>
      /^(?:diff --(?:git|cc|combined) |@@@? -\d)/.test(text) || startsFile(lines, index),
  );
  return start < 0 ? lines.length : start;
}

function inBody(
  lines: readonly Line[],
  start: number,
  end: number,
): { found: { author?: string; date?: string; subject?: string }; end: number } {
  let at = start;
  while (at < end && (lines[at]?.text ?? '').trim() === '') {
    at++;
  }
  if (FROM.test(lines[at]?.text ?? '')) {
    const block = readHeaders(lines, at + 1);
    return block
      ? { found: known((name) => block.headers.get(name)), end: block.end }
      : { found: {}, end: at + 1 };
  }
  const fields = new Map<string, string>();
  let last = '';
  for (; at < end; at++) {
    const text = lines[at]?.text ?? '';
    const field = FIELD.exec(text);
    if (field) {
      last = (field[1] ?? '').toLowerCase();
      fields.set(last, field[2] ?? '');
    } else if (last !== '' && /^[ \t]+\S/.test(text)) {
      fields.set(last, `${fields.get(last) ?? ''} ${text.trim()}`);
    } else {
      break;
    }
  }
  return { found: known((name) => fields.get(name)), end: at };
}

function known(get: (name: string) => string | undefined): {
  author?: string;
  date?: string;
  subject?: string;
} {
  const [author, date, subject] = [get('from'), get('date'), get('subject')];
  return {
    ...(author === undefined ? {} : { author: decodeWords(author) }),
    ...(date === undefined ? {} : { date }),
    ...(subject === undefined ? {} : { subject: decodeWords(subject) }),
  };
}
