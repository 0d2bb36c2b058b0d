import { InputError } from './series.ts';
import { shown, type Line } from './text.ts';

/** Where a reading puts what it had to repair, and the name that errors give. */
export interface Reading {
  readonly file: string;
  readonly repairs: string[];
}

/** A hunk whose lines fit its header: each with its marker, repaired where that was possible for certain. */
export interface CountedHunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly section: string;
  readonly body: readonly string[];
  /** Indexes into `body` of lines without a line end: the last ones of their files. */
  readonly open: readonly number[];
  /** Line of the input at which the header stands. */
  readonly inputLine: number;
  /** Index of the first line behind the hunk. */
  readonly next: number;
}

const HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(?: ?)(.*)$/;
/** Mail programs wrap between 65 and 80 columns; a line that ended earlier with room for the next word was not wrapped. */
const WRAP_COLUMN = 65;
const MOST_REPAIRED = 5_000;

interface Header {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly section: string;
  readonly first: number;
  readonly inputLine: number;
}

/** Whether a line can only stand outside a hunk that is complete: the next hunk, the next file, the signature. */
export function endsHunk(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (/^(?:@@ -\d|@@@|diff (?:--|-[a-zA-Z])|Index: |-- ?$)/.test(text)) {
    return true;
  }
  return (
    text.startsWith('--- ') &&
    (lines[at + 1]?.text ?? '').startsWith('+++ ') &&
    isHeader(lines, at + 2)
  );
}

function isHeader(lines: readonly Line[], at: number): boolean {
  return (lines[at]?.text ?? '').startsWith('@@ -');
}

/**
 * Reads the hunk whose header is at `at`. Its lines are counted against the header. Where they do not fit, repairs
 * are tried (a wrapped line joined, the blank of a context line restored), and one is taken only if the counts then
 * come out exactly and in one way.
 *
 * @throws {InputError} where no repair or more than one fits
 */
export function readHunk(lines: readonly Line[], at: number, reading: Reading): CountedHunk {
  const header = readHeader(lines, at, reading);
  return strict(lines, at, header, reading) ?? repaired(lines, at, header, reading);
}

function readHeader(lines: readonly Line[], at: number, reading: Reading): Header {
  const line = lines[at];
  const text = line?.text ?? '';
  const whole = HEADER.exec(text);
  if (whole) {
    return headerOf(whole, at + 1, line);
  }
  const joined = HEADER.exec(`${text.trimEnd()} ${lines[at + 1]?.text ?? ''}`);
  if (!joined) {
    throw new InputError(
      reading.file,
      line?.line,
      `expected a hunk header such as "@@ -1,7 +1,8 @@", found "${shown(text)}"; take the patch from the archive's raw view.`,
    );
  }
  reading.repairs.push(`line ${line?.line ?? 0}: joined a wrapped hunk header`);
  return headerOf(joined, at + 2, line);
}

/** A count that is left out is 1. */
function count(text: string | undefined): number {
  return text === undefined ? 1 : Number(text);
}

function headerOf(match: RegExpExecArray, first: number, line: Line | undefined): Header {
  return {
    oldStart: Number(match[1]),
    oldCount: count(match[2]),
    newStart: Number(match[3]),
    newCount: count(match[4]),
    section: (match[5] ?? '').trimEnd(),
    first,
    inputLine: line?.line ?? 0,
  };
}

/** The lines as they are; undefined where they do not fit the header. An empty line is an empty context line. */
function strict(
  lines: readonly Line[],
  at: number,
  header: Header,
  reading: Reading,
): CountedHunk | undefined {
  let { oldCount, newCount } = header;
  const body: string[] = [];
  const open: number[] = [];
  let next = header.first;
  for (; oldCount > 0 || newCount > 0; next++) {
    const line = lines[next];
    const mark = line?.text === '' ? ' ' : line?.text[0];
    if (line === undefined || !isMark(mark)) {
      return undefined;
    }
    if (mark === '\\') {
      open.push(body.length - 1);
      continue;
    }
    oldCount -= mark === '+' ? 0 : 1;
    newCount -= mark === '-' ? 0 : 1;
    if (oldCount < 0 || newCount < 0) {
      return undefined;
    }
    refuseLoose(line, reading);
    body.push(line.text === '' ? ' ' : line.text);
  }
  return followed(lines, next, header.first - 1 === at && body.length === 0)
    ? { ...header, body, ...ended(lines, next, body, open) }
    : undefined;
}

/** What follows a hunk that is complete: its last line may still be said to have no line end. */
function ended(
  lines: readonly Line[],
  at: number,
  body: readonly string[],
  open: readonly number[],
): { open: readonly number[]; next: number } {
  const next = afterNoNewline(lines, at);
  return { open: next > at ? [...open, body.length - 1] : open, next };
}

function isMark(mark: string | undefined): boolean {
  return mark === ' ' || mark === '+' || mark === '-' || mark === '\\';
}

function afterNoNewline(lines: readonly Line[], at: number): number {
  return (lines[at]?.text ?? '').startsWith('\\') ? at + 1 : at;
}

/** Whether what stands behind a hunk whose counts have come out says that it was indeed complete. */
function followed(lines: readonly Line[], at: number, empty: boolean): boolean {
  const next = afterNoNewline(lines, at);
  const text = lines[next]?.text ?? '';
  if (text.trim() === '' || endsHunk(lines, next)) {
    return true;
  }
  // More marked lines than the header counts, or the rest of a last line that was wrapped.
  if (isMark(text[0]) || (!empty && mayBeWrapped(lines[next - 1]?.text ?? '', text))) {
    return false;
  }
  return text.startsWith('Only in ') || !goesOn(lines, next);
}

/** Whether more of the diff follows: then text directly behind a hunk is no farewell but a piece of the hunk. */
function goesOn(lines: readonly Line[], at: number): boolean {
  let end = at;
  while (end < lines.length && !endsHunk(lines, end)) {
    end++;
  }
  return end < lines.length && !/^-- ?$/.test(lines[end]?.text ?? '');
}

function mayBeWrapped(before: string, after: string): boolean {
  const word = /^\S+/.exec(after)?.[0] ?? '';
  return before.length > 0 && before.trimEnd().length + 1 + word.length > WRAP_COLUMN;
}

/** A line outside the quotation, glued between two quoted ones, could be content: nothing in the counts can tell. */
function refuseLoose(line: Line, reading: Reading): void {
  if (
    line.loose !== undefined &&
    line.text.length >= 55 &&
    mayBeWrapped(`> ${line.text}`, line.loose.text)
  ) {
    throw new InputError(
      reading.file,
      line.loose.line,
      `"${shown(line.loose.text)}" may be a remark or the rest of the wrapped line above; put an empty line before it if it is a remark, or join it to the line above.`,
    );
  }
}

interface Region {
  readonly end: number;
  /** Indexes of lines without a marker that can be a context line or the rest of the line before. */
  readonly free: readonly number[];
  /** Indexes of lines that can only be the rest of the line before. */
  readonly wrapped: readonly number[];
  /** How many empty lines at the end may belong to the hunk or not. */
  readonly trailing: number;
  readonly missing: number;
}

function repaired(
  lines: readonly Line[],
  at: number,
  header: Header,
  reading: Reading,
): CountedHunk {
  const region = survey(lines, header);
  const restored = region === undefined ? undefined : solve(region);
  if (region === undefined || restored === undefined) {
    throw mismatch(lines, at, header, region, reading);
  }
  return rebuild(lines, at, header, region, restored, reading);
}

/** Counts what is certain between the header and the next thing that ends a hunk. */
function survey(lines: readonly Line[], header: Header): Region | undefined {
  let end = header.first;
  while (end < lines.length && !endsHunk(lines, end)) {
    if (++end - header.first > MOST_REPAIRED) {
      return undefined;
    }
  }
  let last = end;
  while (last > header.first && lines[last - 1]?.text === '') {
    last--;
  }
  const free: number[] = [];
  const wrapped: number[] = [];
  let missing = header.oldCount;
  let missingNew = header.newCount;
  for (let index = header.first; index < last; index++) {
    const text = lines[index]?.text ?? '';
    const mark = text === '' ? ' ' : text[0];
    if (mark === '\\') {
      continue;
    }
    const before = lines[index - 1]?.text ?? '';
    if (!isMark(mark) && mayBeWrapped(before, text)) {
      // Right below the header it is the rest of the section: as a context line it would hide a lost one.
      (index === header.first ? wrapped : free).push(index);
      continue;
    }
    missing -= mark === '+' ? 0 : 1;
    missingNew -= mark === '-' ? 0 : 1;
  }
  return missing === missingNew && missing >= 0
    ? { end, free, wrapped, trailing: end - last, missing }
    : undefined;
}

/** How many of the free and of the trailing lines are context, if only one choice of lines fits the header. */
function solve(region: Region): { free: boolean; trailing: number } | undefined {
  const { free, trailing, missing } = region;
  const most = Math.min(free.length, missing);
  const fewest = Math.max(0, missing - trailing);
  if (most !== fewest || (most !== 0 && most !== free.length)) {
    return undefined;
  }
  return { free: most === free.length && most > 0, trailing: missing - most };
}

function rebuild(
  lines: readonly Line[],
  at: number,
  header: Header,
  region: Region,
  restored: { free: boolean; trailing: number },
  reading: Reading,
): CountedHunk {
  const joins = new Set([...region.wrapped, ...(restored.free ? [] : region.free)]);
  const body: string[] = [];
  const open: number[] = [];
  let { section } = header;
  let left = header.oldCount + header.newCount;
  let next = header.first;
  for (; next < region.end && (left > 0 || joins.has(next)); next++) {
    const line = lines[next];
    const text = line?.text ?? '';
    if (line === undefined || text.startsWith('\\')) {
      open.push(body.length - 1);
      continue;
    }
    refuseLoose(line, reading);
    if (joins.has(next)) {
      const before = body.pop();
      section = before === undefined ? `${section} ${text}`.trim() : section;
      body.push(...(before === undefined ? [] : [`${before.trimEnd()} ${text}`]));
      reading.repairs.push(`line ${line.line}: joined the rest of a wrapped line`);
      continue;
    }
    if (text !== '' && !isMark(text[0])) {
      reading.repairs.push(`line ${line.line}: restored the leading blank of a context line`);
    }
    const marked = isMark(text[0]) ? text : ` ${text}`;
    left -= marked.startsWith(' ') ? 2 : 1;
    body.push(marked);
  }
  const fit = counts(body);
  if (
    fit.oldCount !== header.oldCount ||
    fit.newCount !== header.newCount ||
    !followed(lines, next, false)
  ) {
    throw mismatch(lines, at, header, region, reading);
  }
  return { ...header, section, body, ...ended(lines, next, body, open) };
}

/** Lines of the pre-image and of the post-image in marked hunk lines. */
export function counts(body: readonly string[]): { oldCount: number; newCount: number } {
  const kept = body.filter((text) => text.startsWith(' ')).length;
  const removed = body.filter((text) => text.startsWith('-')).length;
  const added = body.filter((text) => text.startsWith('+')).length;
  return { oldCount: kept + removed, newCount: kept + added };
}

function mismatch(
  lines: readonly Line[],
  at: number,
  header: Header,
  region: Region | undefined,
  reading: Reading,
): InputError {
  let end = header.first;
  while (end < lines.length && !endsHunk(lines, end)) {
    end++;
  }
  while (end > header.first && lines[end - 1]?.text.trim() === '') {
    end--;
  }
  const found = counts(
    lines.slice(header.first, end).map(({ text }) => (text === '' ? ' ' : text)),
  );
  const odd = lines.slice(header.first, end).find(({ text }) => text !== '' && !isMark(text[0]));
  const why =
    odd === undefined
      ? ''
      : `, and line ${odd.line} ("${shown(odd.text, 30)}") has no marker${region === undefined ? '' : ' and fits in more than one way'}`;
  return new InputError(
    reading.file,
    lines[at]?.line,
    `the hunk promises ${header.oldCount} old and ${header.newCount} new lines, found ${found.oldCount} and ${found.newCount}${why}; it was cut, wrapped or edited on the way: take the patch from the archive's raw view.`,
  );
}
