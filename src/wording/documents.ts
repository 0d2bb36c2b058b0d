import type { Hunk, Patch } from '../series/series.ts';
import { isCode, isDrawn, itemStart, Paragraphs } from './prose.ts';
import type { Paragraph } from './prose.ts';

interface DocumentLine {
  readonly line: number;
  readonly text: string;
  readonly added: boolean;
}

/** What a hunk of a reStructuredText file says, of the post-image: no headings, directives, literals or tables. */
export function documentOf(path: string, hunk: Hunk): Paragraph[] {
  const lines = hunk.lines
    .filter(({ kind }) => kind !== 'removed')
    .map(({ newLine, text, kind }) => ({ line: newLine ?? 0, text, added: kind === 'added' }));
  const paragraphs = new Paragraphs(path);
  let literal: number | undefined;
  for (const [index, each] of lines.entries()) {
    const indent = each.text.length - each.text.trimStart().length;
    if (literal !== undefined && each.text.trim() !== '' && indent <= literal) {
      literal = undefined;
    }
    const heading = /^[=\-~^"'`#*+]{3,}\s*$/u.test(lines[index + 1]?.text ?? '');
    const directive = /^\s*(?:\.\. |:[\w-]+:(?!`))/u.test(each.text);
    if (literal !== undefined || heading || directive || isDrawn(each.text)) {
      paragraphs.break();
    } else {
      addLine(paragraphs, each);
    }
    if (literal === undefined && (directive || /::\s*$/u.test(each.text))) {
      literal = indent;
    }
  }
  return paragraphs.finish();
}

function addLine(paragraphs: Paragraphs, { line, text, added }: DocumentLine): void {
  const item = itemStart(text);
  if (item !== undefined) {
    paragraphs.break();
  }
  paragraphs.add(line, text, item ?? 0, text.length, added);
}

const TRAILER =
  /^(?:[A-Z][A-Za-z]+(?:-[A-Za-z]+)*-by|Fixes|Cc|Link|Closes|Resolves|Based-on|Supersedes|Message-I[dD]|Buglink|Change-Id|Link|Ref|References?|See-also|To|From)(?:\s*\S*)?:/u;

/** What a commit message says, and its subject as line 0: no trailers, quotations, code or tables. */
export function messageOf({ subject, message }: Patch): Paragraph[] {
  const paragraphs = new Paragraphs('message');
  const area = /^(?:[\w./*,{}+ -]{1,40}:\s+)*/u.exec(subject)?.[0].length ?? 0;
  paragraphs.add(0, subject, area, subject.length, true);
  paragraphs.break();
  let listed = false;
  for (const [index, text] of message.split('\n').entries()) {
    const indent = text.length - text.trimStart().length;
    const item = itemStart(text);
    listed = item !== undefined || (listed && indent > 0);
    const quoted = /^\s*>|^\[|^\s*\[\w*\d*\]/u.test(text) || (indent >= 2 && !listed);
    const stat = /\|\s+\d+ [-+]*$|^ \d+ files? changed/u.test(text);
    if (
      TRAILER.test(text) ||
      quoted ||
      stat ||
      text.trim() === '' ||
      isDrawn(text) ||
      isCode(text)
    ) {
      paragraphs.break();
    } else {
      addLine(paragraphs, { line: index + 1, text, added: true });
    }
  }
  return paragraphs.finish();
}
