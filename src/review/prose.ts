/**
 * Characters of a hostile mail that a terminal or a mail program would obey (controls, bidirectional overrides) must
 * not reach it: shown as `\xNN`. Line ends among them, so that what was one line stays one.
 */
export function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
    (found) => `\\x${found.codePointAt(0)?.toString(16).padStart(2, '0') ?? ''}`,
  );
}

/** The same for a line of a patch, where a tab is only a tab. */
export function visibleCode(line: string): string {
  return line.split('\t').map(visible).join('\t');
}

/** Breaks at blanks so that no line is above `width` columns, words alone excepted; none where there is no word. */
export function wrap(text: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return line.trim() === '' ? lines : [...lines, line];
}
