import type { Token } from './token.ts';

/** C text with `# line "file"` markers, as gcc -E prints it and gcc accepts it. */
export function printTokens(tokens: readonly Token[]): string {
  const parts: string[] = [];
  let [file, line] = ['', 0];
  for (const token of tokens) {
    const { location } = token;
    if (token.kind === 'eof') {
      break;
    }
    if (location.file !== file || location.line < line || location.line > line + 8) {
      parts.push(`\n# ${location.line} ${JSON.stringify(location.file)}\n`);
      [file, line] = [location.file, location.line];
    }
    for (; line < location.line; line++) {
      parts.push('\n');
    }
    parts.push(' ', token.text);
  }
  return `${parts.join('').trimStart()}\n`;
}

/** One token a line: `file:line:column kind text`. */
export function dumpTokens(tokens: readonly Token[]): string {
  return tokens
    .map(
      ({ kind, text, location }) =>
        `${location.file}:${location.line}:${location.column} ${kind} ${text}\n`,
    )
    .join('');
}
