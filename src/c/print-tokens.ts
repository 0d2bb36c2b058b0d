import type { Token } from './token.ts';

/** Further ahead than this a marker is shorter than the empty lines. */
const MAX_EMPTY_LINES = 8;

/** Punctuators that never run together with what stands beside them. */
const APART = new Set(['(', ')', '[', ']', '{', '}', ',', ';', '?', '~']);

/** C text with `# line "file"` markers, as gcc -E prints it and gcc takes it. */
export function printTokens(tokens: readonly Token[]): string {
  const parts: string[] = [];
  let file: string | undefined;
  let line = 0;
  let previous: Token | undefined;
  for (const token of tokens) {
    if (token.kind === 'eof') {
      break;
    }
    const { location } = token;
    if (location.file !== file || location.line < line || location.line > line + MAX_EMPTY_LINES) {
      // A macro's tokens share one place; later arguments never lie before it, so this ends.
      const start = file === undefined ? '' : '\n';
      parts.push(start, `# ${location.line} "${escape(location.file)}"\n`);
      file = location.file;
      line = location.line;
      previous = undefined;
    } else if (location.line > line) {
      parts.push('\n'.repeat(location.line - line));
      line = location.line;
      previous = undefined;
    }
    parts.push(separator(previous, token), token.text);
    previous = token;
  }
  return `${parts.join('')}\n`;
}

/** One token a line: `file:line:column kind text`. */
export function dumpTokens(tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, text, location: { file, line, column } }) =>
      `${file}:${line}:${column} ${kind} ${text}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function separator(previous: Token | undefined, token: Token): string {
  if (previous === undefined) {
    // A line that starts with # would be a directive.
    const indent = Math.min(token.location.column - 1, 40);
    return token.text === '#' ? ' ' : token.startsLine ? ' '.repeat(indent) : '';
  }
  return token.spaceBefore || token.startsLine || runsTogether(previous, token) ? ' ' : '';
}

/** Whether two tokens without a space between them might be read as others. */
function runsTogether(left: Token, right: Token): boolean {
  if (left.kind !== 'punctuator' && right.kind !== 'punctuator') {
    return true;
  }
  if (left.kind === 'punctuator' && right.kind === 'punctuator') {
    return !APART.has(left.text) && !APART.has(right.text);
  }
  return left.kind === 'number'
    ? right.text === '+' || right.text === '-' || right.text.startsWith('.')
    : right.kind === 'number' && left.text.startsWith('.');
}

function escape(path: string): string {
  return path.replaceAll(/["\\]/gu, '\\$&');
}
