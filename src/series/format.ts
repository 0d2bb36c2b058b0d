import type { FileChange, Hunk } from './series.ts';

/** Prints changes as `git diff` does, so that `readSeries` reads the same ones back. Ends in a line end. */
export function formatDiff(files: readonly FileChange[]): string {
  return files.flatMap(formatFile).join('');
}

const MARKS = { context: ' ', added: '+', removed: '-' } as const;

function formatFile(file: FileChange): string[] {
  const { oldPath, newPath, kind } = file;
  const from = quoted(`a/${oldPath ?? newPath ?? ''}`);
  const to = quoted(`b/${newPath ?? oldPath ?? ''}`);
  const lines = [`diff --git ${from} ${to}`];
  if (kind === 'added' || kind === 'deleted') {
    lines.push(`${kind === 'added' ? 'new' : 'deleted'} file mode 100644`);
  } else if (kind !== 'modified') {
    const word = kind === 'renamed' ? 'rename' : 'copy';
    lines.push(`${word} from ${quoted(oldPath ?? '')}`, `${word} to ${quoted(newPath ?? '')}`);
  }
  if (file.oldBlob !== undefined || file.newBlob !== undefined) {
    lines.push(`index ${file.oldBlob ?? '0000000'}..${file.newBlob ?? '0000000'}`);
  }
  if (file.binary) {
    lines.push(`Binary files ${from} and ${to} differ`);
  } else if (file.hunks.length > 0) {
    lines.push(
      `--- ${kind === 'added' ? '/dev/null' : from}`,
      `+++ ${kind === 'deleted' ? '/dev/null' : to}`,
    );
    lines.push(...file.hunks.flatMap(formatHunk));
  }
  return lines.map((line) => `${line}\n`);
}

function formatHunk(hunk: Hunk): string[] {
  const old = range(hunk.oldStart, hunk.oldCount);
  const now = range(hunk.newStart, hunk.newCount);
  const section = hunk.section === '' ? '' : ` ${hunk.section}`;
  return [
    `@@ -${old} +${now} @@${section}`,
    ...hunk.lines.flatMap(({ kind, text, noNewline }) => [
      `${MARKS[kind]}${text}`,
      ...(noNewline === true ? ['\\ No newline at end of file'] : []),
    ]),
  ];
}

function range(start: number, count: number): string {
  return count === 1 ? `${start}` : `${start},${count}`;
}

/** Quotes a path as git does by default: one with a quote, a backslash or a byte outside printable ASCII. */
function quoted(path: string): string {
  if (/^[ !#-[\]-~]*$/.test(path)) {
    return path;
  }
  const bytes = [...Buffer.from(path, 'utf8')].map((byte) => {
    const char = String.fromCharCode(byte);
    if (char === '"' || char === '\\') {
      return `\\${char}`;
    }
    return byte >= 32 && byte < 127 ? char : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
}
