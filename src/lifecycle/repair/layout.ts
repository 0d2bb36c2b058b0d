import type { Edit } from './edit.ts';

/** Offsets of whole lines, the last line end included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const STEP = '    ';

/** The lines that a part of a text stands on; undefined where something else does so as well. */
export function linesAround(text: string, { start, end }: Span): Span | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const found = text.indexOf('\n', end);
  const to = found < 0 ? text.length : found + 1;
  const rest = text.slice(end, to).replace(/\/\*.*\*\//u, '');
  return `${text.slice(from, start)}${rest}`.trim() === '' ? { start: from, end: to } : undefined;
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, at: number): string {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  return /^[\t ]*/u.exec(text.slice(from, at))?.[0] ?? '';
}

/** Lines as they stand elsewhere, moved to another indentation. Each ends with a line end. */
export function reindent(lines: string, from: string, to: string): string {
  return lines
    .split('\n')
    .map((line) => (line.startsWith(from) ? to + line.slice(from.length) : line))
    .map((line) => (line.trim() === '' ? '' : line))
    .join('\n');
}

export function indented(lines: string): string {
  return lines
    .split('\n')
    .map((line) => (line === '' || line.startsWith('#') ? line : STEP + line))
    .join('\n');
}

/** `if (test) { lines }`, with the lines one step further in. */
export function guarded(test: string, lines: string, indent: string): string {
  return `${indent}if (${test}) {\n${indented(lines)}${indent}}\n`;
}

export function insertBefore(span: Span, lines: string): Edit {
  return { start: span.start, end: span.start, text: lines };
}

export function insertBehind(span: Span, lines: string): Edit {
  return { start: span.end, end: span.end, text: lines };
}

export function replace(span: Span, lines: string): Edit {
  return { ...span, text: lines };
}
