import { startsFile } from './diff.ts';
import type { Line } from './text.ts';

const NBSP = /\u00a0/g;
/** Longer lines are not searched for links: the pattern takes quadratic time. */
const LONGEST_LINKED = 2_000;
const LINK = /\[([^\][()\s]*(?::\/\/|@)[^\][()\s]*)\]\((?:mailto:)?\1\)/g;

/**
 * Undoes what archives and mail programs do to every line alike, where the lines themselves show for certain that it
 * was done: no diff has a no-break space for a marker, and none ends nearly every line in two blanks.
 */
export function undoMangling(
  lines: readonly Line[],
  flowed: boolean,
): { lines: Line[]; repairs: string[] } {
  const repairs: string[] = [];
  const start = lines.findIndex(
    (line, index) => line.text.startsWith('diff --git ') || startsFile(lines, index),
  );
  let out = [...lines];
  const diff = lines.slice(Math.max(start, 0));
  if (diff.some(({ text }) => text.startsWith('\u00a0'))) {
    const count = lines.reduce((sum, { text }) => sum + (text.match(NBSP)?.length ?? 0), 0);
    out = out.map((line) => ({ ...line, text: line.text.replace(NBSP, ' ') }));
    repairs.push(`turned ${count} no-break spaces back into blanks`);
  }
  const broken = markdownBreaks(diff);
  if (broken) {
    out = out.map((line) => ({
      ...line,
      text: line.text.endsWith('  ') ? line.text.slice(0, -2) : line.text,
    }));
    repairs.push('dropped two blanks at the end of lines (Markdown line breaks)');
  }
  const linked = lines.some(
    ({ text }, index) => (broken || index < start) && unlinked(text) !== text,
  );
  if (linked) {
    out = out.map((line, index) =>
      broken || index < start ? { ...line, text: unlinked(line.text) } : line,
    );
    repairs.push('unfolded Markdown links');
  }
  if (start >= 0 && extraBlank(out, start, flowed)) {
    out = out.map((line) =>
      line.text.startsWith('  ') ? { ...line, text: line.text.slice(1) } : line,
    );
    repairs.push('dropped one blank too many before context lines');
  }
  return { lines: out, repairs };
}

function unlinked(text: string): string {
  return text.length > LONGEST_LINKED ? text : text.replace(LINK, '$1');
}

/** Nine lines of ten, and at least five, end in two blanks: a last line of a paragraph does not. */
function markdownBreaks(diff: readonly Line[]): boolean {
  const full = diff.filter(({ text }) => text.trim() !== '' && !/^-- ?$/.test(text));
  const broken = full.filter(({ text }) => text.endsWith('  ')).length;
  return broken >= 5 && broken >= 0.9 * full.length;
}

/**
 * Whether every context line has one blank too many. Context that happens to be indented looks the same, so another
 * sign is asked for: format=flowed, which stuffs a blank before blanks (RFC 3676 §4.4), or a diffstat set in as well.
 */
function extraBlank(lines: readonly Line[], start: number, flowed: boolean): boolean {
  const context = lines.slice(start).filter(({ text }) => text.startsWith(' '));
  const stat = lines.slice(0, start).some(({ text }) => /^ {2}\d+ files? changed\b/.test(text));
  return (
    (stat || flowed) && context.length > 0 && context.every(({ text }) => text.startsWith('  '))
  );
}
