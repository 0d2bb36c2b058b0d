import parseDiff from 'parse-diff';

import { gitPaths, pathFault, readPath, stripPrefixes, type Sides } from './path.ts';
import { readHunk, type CountedHunk, type Reading } from './hunk.ts';
import { InputError, type FileChange, type Hunk, type HunkLine } from './series.ts';
import { shown, type Line } from './text.ts';

/** The headers of one file's change, as far as they were read. */
interface FileHeader {
  git?: { old: string; new: string };
  from?: string;
  to?: string;
  renameFrom?: string;
  renameTo?: string;
  kind: FileChange['kind'];
  binary: boolean;
  /** Whether the mode changes: then a change without hunks is whole. */
  mode?: true;
  blobs?: readonly [string, string];
  pathLine: number;
}

/**
 * Reads every file's change in `lines` from `start` on; what stands between and behind them is passed over.
 *
 * @throws {InputError} where a hunk does not fit its header, or a path is not to be used
 */
export function readDiff(lines: readonly Line[], start: number, reading: Reading): FileChange[] {
  const files: FileChange[] = [];
  let at = start;
  while (at < lines.length) {
    refuseStray(lines, at, reading);
    if (startsFile(lines, at)) {
      const change = readFile(lines, at, reading);
      files.push(change.file);
      at = change.next;
    } else {
      at++;
    }
  }
  return files;
}

/** Whether a file's change starts at `at`: `diff --git`, or `---` and `+++` on their own. */
export function startsFile(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  return (
    text.startsWith('diff --git ') ||
    (text.startsWith('--- ') && (lines[at + 1]?.text ?? '').startsWith('+++ '))
  );
}

function refuseStray(lines: readonly Line[], at: number, reading: Reading): void {
  const line = lines[at];
  const text = line?.text ?? '';
  if (/^(?:diff --(?:cc|combined) |@@@)/.test(text)) {
    throw new InputError(
      reading.file,
      line?.line,
      'a combined diff shows a merge, not a patch; give the diff against one parent (git show -m or git diff A B).',
    );
  }
  if (text.startsWith('@@ -')) {
    throw new InputError(
      reading.file,
      line?.line,
      'expected "--- a/path" and "+++ b/path" before this hunk, found none; keep the header of the file when you cut a diff.',
    );
  }
}

function readFile(
  lines: readonly Line[],
  start: number,
  reading: Reading,
): { file: FileChange; next: number } {
  const header: FileHeader = { kind: 'modified', binary: false, pathLine: lines[start]?.line ?? 1 };
  let at = readFileHeader(lines, start, header, reading);
  const counted: CountedHunk[] = [];
  while (at < lines.length && (lines[at]?.text ?? '').startsWith('@@ -')) {
    const hunk = readHunk(lines, at, reading);
    counted.push(hunk);
    at = skipBlank(lines, hunk.next);
  }
  if (counted.length === 0 && !header.binary && (header.from !== undefined || isBare(header))) {
    throw new InputError(
      reading.file,
      header.pathLine,
      'expected a hunk ("@@ -1,7 +1,8 @@") after the header of this file, found none; the patch was cut: take it whole.',
    );
  }
  return { file: fileChange(header, counted, reading), next: at };
}

/** Whether a change of mode ended and, without a `diff` line, another file's change begins. */
function isWhole(header: FileHeader, from: string): boolean {
  return header.mode === true && header.git !== undefined && header.git.old !== from;
}

/** A header that announces no change of its own, such as a new mode, a new name or an empty file. */
function isBare(header: FileHeader): boolean {
  return header.kind === 'modified' && header.mode === undefined;
}

/** Some archives put empty lines between the hunks. */
function skipBlank(lines: readonly Line[], at: number): number {
  let next = at;
  while (next < lines.length && (lines[next]?.text ?? '').trim() === '') {
    next++;
  }
  return (lines[next]?.text ?? '').startsWith('@@ -') ? next : at;
}

/** Reads up to the first hunk, the next file or the signature. Lines that it does not know are passed over. */
function readFileHeader(
  lines: readonly Line[],
  start: number,
  header: FileHeader,
  reading: Reading,
): number {
  let at = start;
  for (; at < lines.length; at++) {
    const line = lines[at];
    const text = line?.text ?? '';
    if (text.startsWith('@@ -') || (at > start && /^(?:diff |-- ?$)/.test(text))) {
      break;
    }
    if (text.startsWith('--- ')) {
      const next = lines[at + 1];
      if (header.from !== undefined || isWhole(header, pathOf(text.slice(4), line, reading))) {
        break;
      }
      if (!next?.text.startsWith('+++ ')) {
        throw new InputError(
          reading.file,
          next?.line ?? line?.line,
          `expected "+++ b/path" after "${shown(text)}", found ${next ? `"${shown(next.text)}"` : 'the end'}; the patch was cut or a path was wrapped.`,
        );
      }
      header.pathLine = line?.line ?? header.pathLine;
      header.from = pathOf(text.slice(4), line, reading);
      header.to = pathOf(next.text.slice(4), next, reading);
      at++;
      continue;
    }
    if (header.from !== undefined && /^[-+ ]./.test(text)) {
      throw new InputError(
        reading.file,
        line?.line,
        `expected a hunk header such as "@@ -1,7 +1,8 @@" before this line, found "${shown(text)}"; take the patch from the archive's raw view.`,
      );
    }
    extended(text, line, header, reading);
  }
  return at;
}

function pathOf(text: string, line: Line | undefined, reading: Reading): string {
  const path = readPath(text);
  if (path === undefined) {
    throw new InputError(
      reading.file,
      line?.line,
      `the quoted path ${shown(text)} has no end; restore the line.`,
    );
  }
  return path;
}

/** One line of git's extended header (git-diff(1), "Generating patch text with -p"). */
function extended(
  text: string,
  line: Line | undefined,
  header: FileHeader,
  reading: Reading,
): void {
  const [, word = '', rest = ''] =
    /^(diff --git|new file mode|deleted file mode|old mode|rename from|rename to|copy from|copy to|index|Binary files|GIT binary patch)(?: (.*))?$/.exec(
      text,
    ) ?? [];
  switch (word) {
    case 'diff --git': {
      const both = gitPaths(rest);
      if (both) {
        header.git = both;
      }
      break;
    }
    case 'new file mode':
      header.kind = 'added';
      break;
    case 'deleted file mode':
      header.kind = 'deleted';
      break;
    case 'old mode':
      header.mode = true;
      break;
    case 'rename from':
    case 'copy from':
      header.kind = word === 'rename from' ? 'renamed' : 'copied';
      header.renameFrom = pathOf(rest, line, reading);
      break;
    case 'rename to':
    case 'copy to':
      header.renameTo = pathOf(rest, line, reading);
      break;
    case 'index': {
      const blobs = /^([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})/.exec(rest);
      if (blobs) {
        header.blobs = [blobs[1] ?? '', blobs[2] ?? ''];
      }
      break;
    }
    case 'Binary files':
    case 'GIT binary patch':
      header.binary = true;
      break;
    default:
  }
}

function fileChange(
  header: FileHeader,
  counted: readonly CountedHunk[],
  reading: Reading,
): FileChange {
  const [oldPath, newPath] = paths(header, reading);
  const kind = oldPath === undefined ? 'added' : newPath === undefined ? 'deleted' : header.kind;
  for (const path of [oldPath, newPath]) {
    const fault = path === undefined ? undefined : pathFault(path);
    if (fault !== undefined) {
      throw new InputError(
        reading.file,
        header.pathLine,
        `the path "${shown(path ?? '')}" ${fault}; paths in a diff are relative to the top of the source tree.`,
      );
    }
  }
  const zero = /^0+$/;
  const [oldBlob = '0', newBlob = '0'] = header.blobs ?? [];
  return {
    ...(oldPath === undefined ? {} : { oldPath }),
    ...(newPath === undefined ? {} : { newPath }),
    kind,
    binary: header.binary,
    ...(zero.test(oldBlob) ? {} : { oldBlob }),
    ...(zero.test(newBlob) ? {} : { newBlob }),
    hunks: header.binary ? [] : checkedHunks(counted, header, reading),
  };
}

function side(path: string, gone: boolean): string | undefined {
  return gone || path === '/dev/null' ? undefined : path;
}

/** The two paths; a side that does not exist is undefined. */
function paths(header: FileHeader, reading: Reading): Sides {
  if (header.renameFrom !== undefined && header.renameTo !== undefined) {
    return [header.renameFrom, header.renameTo];
  }
  const both = header.from !== undefined ? { old: header.from, new: header.to ?? '' } : header.git;
  if (both === undefined) {
    throw new InputError(
      reading.file,
      header.pathLine,
      'the paths of this "diff --git" cannot be told apart and no "---" and "+++" follow; restore the header of the file.',
    );
  }
  return stripPrefixes(
    side(both.old, header.kind === 'added'),
    side(both.new, header.kind === 'deleted'),
  );
}

/**
 * Has parse-diff read the hunks of a file, and checks them against our own count. It is given a plain file header and
 * no "\\ No newline" lines: it leaves quoted paths raw, and takes such a line for a change.
 */
function checkedHunks(
  counted: readonly CountedHunk[],
  header: FileHeader,
  reading: Reading,
): Hunk[] {
  const full = counted.filter(({ body }) => body.length > 0);
  const text = full.flatMap((hunk) => [rangesOf(hunk), ...hunk.body]).join('\n');
  const chunks = full.length === 0 ? [] : (parseDiff(`--- a/f\n+++ b/f\n${text}`)[0]?.chunks ?? []);
  let next = 0;
  return counted.map((hunk) => {
    const { oldStart, oldCount, newStart, newCount, section, inputLine } = hunk;
    const changes = hunk.body.length === 0 ? [] : (chunks[next++]?.changes ?? []);
    const lines = changes.map((change, index) => ({
      ...hunkLine(change),
      ...(hunk.open.includes(index) ? { noNewline: true as const } : {}),
    }));
    const oldLines = lines.filter(({ kind }) => kind !== 'added').length;
    const newLines = lines.filter(({ kind }) => kind !== 'removed').length;
    if (oldLines !== oldCount || newLines !== newCount) {
      throw new InputError(
        reading.file,
        header.pathLine,
        `the hunk ${rangesOf(hunk)} was read as ${oldLines} old and ${newLines} new lines; take the patch from the archive's raw view.`,
      );
    }
    return { oldStart, oldCount, newStart, newCount, section, lines, inputLine };
  });
}

function rangesOf({ oldStart, oldCount, newStart, newCount }: CountedHunk): string {
  return `@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`;
}

function hunkLine(change: parseDiff.Change): HunkLine {
  const text = change.content.slice(1);
  if (change.type === 'normal') {
    return { kind: 'context', text, oldLine: change.ln1, newLine: change.ln2 };
  }
  return change.type === 'add'
    ? { kind: 'added', text, newLine: change.ln }
    : { kind: 'removed', text, oldLine: change.ln };
}
