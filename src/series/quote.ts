import type { Line } from './text.ts';

const QUOTE = /^((?:>[ \u00a0]?)*)(.*)$/s;
const FILE = /^(?:diff --git |diff --cc |diff --combined |Index: )/;

/**
 * How many `>` stand before the diff: 0 for a diff that is not quoted. The outermost diff counts, since an answer
 * that proposes a change quotes the one it replaces. Undefined where there is no diff; a hunk without the header of
 * its file still counts, so that it can be refused by line.
 */
export function diffDepth(lines: readonly Line[]): number | undefined {
  let depth: number | undefined;
  let stray: number | undefined;
  for (const [index, { text }] of lines.entries()) {
    if (!/^(?:>|diff |Index: |--- |@@)/.test(text)) {
      continue;
    }
    const [, marks = '', rest = ''] = QUOTE.exec(text) ?? [];
    const here = marks.replace(/[^>]/g, '').length;
    if (/^@@@? -\d/.test(rest)) {
      stray = Math.min(stray ?? here, here);
    }
    const pair =
      rest.startsWith('--- ') && /^(?:>[ \u00a0]?)*\+\+\+ /.test(lines[index + 1]?.text ?? '');
    if (pair || (FILE.test(rest) && !rest.startsWith('Index: '))) {
      depth = Math.min(depth ?? here, here);
    }
  }
  return depth ?? stray;
}

/**
 * The lines quoted at least `depth` deep, without that quotation. Lines outside of it are somebody's remarks and go;
 * one that stands alone directly between two quoted lines is kept beside the first of them, as it may as well be the
 * wrapped rest of it. Every quoting style is understood (`> > `, `>> `, `>`), also mixed in one mail.
 */
export function unquote(lines: readonly Line[], depth: number): Line[] {
  if (depth === 0) {
    return [...lines];
  }
  const prefix = new RegExp(`^>(?:[ \u00a0]?>){${depth - 1}}`);
  const blank = blankBehind(lines, prefix);
  const out: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const marks = prefix.exec(line.text)?.[0];
    if (marks === undefined) {
      continue;
    }
    const rest = line.text.slice(marks.length);
    const text = blank && /^[ \u00a0]/.test(rest) ? rest.slice(1) : rest;
    const loose = lines[index + 1];
    const glued = loose && loose.text.trim() !== '' && !loose.text.startsWith('>');
    const again = glued && prefix.test(lines[index + 2]?.text ?? '');
    out.push(again ? { text, line: line.line, loose } : { text, line: line.line });
  }
  return out;
}

/** Whether the quotation puts a blank behind its last `>`: read off the lines that start with something known. */
function blankBehind(lines: readonly Line[], prefix: RegExp): boolean {
  let [with_, without] = [0, 0];
  for (const { text } of lines) {
    const marks = prefix.exec(text)?.[0];
    const rest = marks === undefined ? '' : text.slice(marks.length);
    if (/^(?:diff --|--- |\+\+\+ |@@ -)/.test(rest)) {
      without++;
    } else if (/^[ \u00a0](?:diff --|--- |\+\+\+ |@@ -)/.test(rest)) {
      with_++;
    }
  }
  return with_ > without;
}
