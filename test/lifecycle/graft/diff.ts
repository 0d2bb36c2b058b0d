import type { Hunk, HunkLine, Patch } from '../../../src/series/series.ts';

function editScript(before: readonly string[], after: readonly string[]): HunkLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) {
    head++;
  }
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before.at(-1 - tail) === after.at(-1 - tail)
  ) {
    tail++;
  }
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  const best = Array.from({ length: a.length + 1 }, () =>
    Array.from({ length: b.length + 1 }, () => 0),
  );
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = best[i] ?? [];
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: HunkLine[] = [];
  let oldLine = 1;
  let newLine = 1;
  const same = (text: string): void => {
    lines.push({ kind: 'context', text, oldLine: oldLine++, newLine: newLine++ });
  };
  before.slice(0, head).forEach(same);
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      same(a[i] ?? '');
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: a[i++] ?? '', oldLine: oldLine++ });
    } else {
      lines.push({ kind: 'added', text: b[j++] ?? '', newLine: newLine++ });
    }
  }
  before.slice(before.length - tail).forEach(same);
  return lines;
}

/** A unified diff with three lines of context, headings as git prints them. */
export function diff(path: string, before: string, after: string): Patch {
  const lines = editScript(before.split('\n'), after.split('\n'));
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - 3), at + 4).some((line) => line.kind !== 'context'),
  );
  const hunks: Hunk[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (near[at] === true) {
      let end = at;
      while (near[end] === true) {
        end++;
      }
      const part = lines.slice(at, end);
      const heading = lines
        .slice(0, at)
        .findLast((line) => line.kind !== 'added' && /^[A-Za-z_$]/.test(line.text));
      hunks.push({
        oldStart: part.find((line) => line.oldLine !== undefined)?.oldLine ?? 0,
        oldCount: part.filter((line) => line.kind !== 'added').length,
        newStart: part.find((line) => line.newLine !== undefined)?.newLine ?? 0,
        newCount: part.filter((line) => line.kind !== 'removed').length,
        section: heading?.text.slice(0, 80) ?? '',
        lines: part,
      });
      at = end;
    }
  }
  const file = { oldPath: path, newPath: path, kind: 'modified' as const, binary: false, hunks };
  return { index: 1, total: 1, subject: 'test', message: '', files: [file] };
}
