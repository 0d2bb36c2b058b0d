import type { FileChange, Hunk, HunkLine, Patch } from '../series/series.ts';
import { visible, visibleCode } from './prose.ts';

/** What is said below a line of a patch. */
export interface Said {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
  /** Without the empty lines around it. */
  readonly lines: readonly string[];
}

/** Lines of a hunk that are shown above the one that is commented on. */
const LINES_ABOVE = 8;
/** A statement that goes on is shown to its end, where that is near. */
const LINES_BELOW = 4;
export const CUT = '[...]';
const MARK = { context: ' ', added: '+', removed: '-' } as const;

/**
 * The lines of a patch that comments are about, each followed by its remarks, and `[...]` for what is left out between.
 * Quoted lines are never wrapped.
 *
 * @param comments those on this patch
 */
export function quotePatch(patch: Patch, comments: readonly Said[], quote: string): string[] {
  const out: string[] = [];
  const left = [...comments];
  for (const file of patch.files) {
    let isNamed = false;
    for (const hunk of file.hunks) {
      const here = left.filter((comment) => placeIn(file, hunk, comment) >= 0);
      if (here.length === 0) {
        continue;
      }
      const name = isNamed ? [] : [quoted(quote, nameOf(file))];
      out.push(...(out.length === 0 || out.at(-1) === CUT ? [] : [CUT]), ...name);
      out.push(...quoteHunk(file, hunk, here, quote));
      left.splice(0, left.length, ...left.filter((comment) => !here.includes(comment)));
      isNamed = true;
    }
  }
  // A comment whose line is in no hunk still is said.
  return [...out, ...left.flatMap(({ lines }) => ['', ...lines, ''])];
}

function quoteHunk(
  file: FileChange,
  hunk: Hunk,
  comments: readonly Said[],
  quote: string,
): string[] {
  const out = [quoted(quote, headOf(hunk))];
  let shown = 0;
  const places = new Map<number, Said[]>();
  for (const comment of comments) {
    const at = placeIn(file, hunk, comment);
    places.set(at, [...(places.get(at) ?? []), comment]);
  }
  for (const [at, here] of [...places].toSorted(([a], [b]) => a - b)) {
    const end = Math.max(shown, endOfStatement(hunk.lines, at));
    const start = Math.max(shown, at - LINES_ABOVE);
    out.push(...(start > shown ? [CUT] : []));
    for (const line of hunk.lines.slice(start, end)) {
      out.push(quoted(quote, MARK[line.kind] + line.text));
    }
    out.push(...here.flatMap(({ lines }) => ['', ...lines, '']));
    shown = end;
  }
  return shown < hunk.lines.length ? [...out, CUT] : out;
}

/** Behind the line on which the parentheses that open on line `at` are closed, or behind `at`. */
function endOfStatement(lines: readonly HunkLine[], at: number): number {
  let open = 0;
  for (const [index, line] of lines.slice(at, at + LINES_BELOW).entries()) {
    if (line.kind !== lines[at]?.kind && line.kind !== 'context') {
      break;
    }
    open += line.text.split('(').length - line.text.split(')').length;
    if (open <= 0) {
      return at + index + 1;
    }
  }
  return at + 1;
}

function placeIn(file: FileChange, hunk: Hunk, { path, side, line }: Said): number {
  if ((file.newPath ?? file.oldPath) !== path) {
    return -1;
  }
  return hunk.lines.findIndex((each) =>
    side === 'LEFT'
      ? each.kind === 'removed' && each.oldLine === line
      : each.kind !== 'removed' && each.newLine === line,
  );
}

function nameOf({ oldPath, newPath }: FileChange): string {
  const path = newPath ?? oldPath ?? '';
  return `diff --git a/${oldPath ?? path} b/${path}`;
}

function headOf({ oldStart, oldCount, newStart, newCount, section }: Hunk): string {
  const head = `@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`;
  return section === '' ? head : `${head} ${section}`;
}

/** An empty line gets no blank at its end, which mail programs take for a soft line end. */
export function quoted(quote: string, line: string): string {
  return `${quote} ${line.includes('\t') ? visibleCode(line) : visible(line)}`.replace(/ +$/u, '');
}
