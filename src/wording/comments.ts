import type { Hunk, HunkLine } from '../series/series.ts';
import { isCode, isDrawn, isLegal, itemStart, Paragraphs } from './prose.ts';
import type { Paragraph } from './prose.ts';

/** A part of a line that is inside a comment, or outside of one. */
interface Piece {
  readonly comment: boolean;
  readonly from: number;
  readonly to: number;
  /** Whether a comment begins with it. */
  readonly opens: boolean;
  /** Whether it is the rest of the line behind `//`. */
  readonly slashes: boolean;
}

/** The next thing that matters: a string or character literal, or the beginning of a comment. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\/\*|\/\//gu;

function piecesOf(text: string, inside: boolean): { pieces: Piece[]; inside: boolean } {
  const pieces: Piece[] = [];
  let at = 0;
  let comment = inside;
  let opens = false;
  while (at < text.length) {
    if (comment) {
      const end = text.indexOf('*/', at);
      pieces.push({ comment, from: at, to: end < 0 ? text.length : end, opens, slashes: false });
      if (end < 0) {
        return { pieces, inside: true };
      }
      [at, comment, opens] = [end + 2, false, false];
      continue;
    }
    TOKEN.lastIndex = at;
    let found = TOKEN.exec(text);
    while (found !== null && !found[0].startsWith('/')) {
      found = TOKEN.exec(text);
    }
    const to = found?.index ?? text.length;
    pieces.push({ comment, from: at, to, opens: false, slashes: false });
    if (found?.[0] === '//') {
      pieces.push({ comment: true, from: to + 2, to: text.length, opens: false, slashes: true });
      break;
    }
    [at, comment, opens] = [to + 2, found !== null, true];
  }
  return { pieces, inside: comment };
}

/** Whether a hunk begins inside a comment: by what ends or begins first, else by what its lines look like. */
function beginsInside(lines: readonly HunkLine[]): boolean {
  for (const { text } of lines) {
    const end = text.indexOf('*/');
    const start = /\/\*|\/\//u.exec(text)?.index ?? -1;
    if (end >= 0 && (start < 0 || end < start)) {
      return true;
    }
    if (start >= 0) {
      return false;
    }
  }
  return lines.length > 0 && lines.every(({ text }) => /^\s*\*(?:\s|$)/u.test(text));
}

/** The lines of one side of a hunk, each in pieces. */
function splitSide(lines: readonly HunkLine[]): { line: HunkLine; pieces: readonly Piece[] }[] {
  let inside = beginsInside(lines);
  return lines.map((line) => {
    const split = piecesOf(line.text, inside);
    inside = split.inside;
    return { line, pieces: split.pieces };
  });
}

/** What the comments of a hunk say, of the post-image. */
export function commentsOf(path: string, hunk: Hunk): Paragraph[] {
  const paragraphs = new Paragraphs(path);
  const after = hunk.lines.filter(({ kind }) => kind !== 'removed');
  let indent = 0;
  for (const { line, pieces } of splitSide(after)) {
    const comments = pieces.filter(({ comment }) => comment);
    if (comments.length === 0) {
      paragraphs.break();
    }
    for (const piece of comments) {
      if (piece.opens || (piece.slashes && pieces.length > 2)) {
        paragraphs.break();
      }
      indent = addComment(paragraphs, line, piece, indent);
    }
    const code = pieces.find(
      ({ comment, from, to }) => !comment && line.text.slice(from, to).trim() !== '',
    );
    if (code !== undefined || line.text.includes('*/')) {
      paragraphs.break();
    }
  }
  return paragraphs.finish();
}

/** Returns how far the text of the paragraph is indented: code inside of a comment stands farther in. */
function addComment(paragraphs: Paragraphs, line: HunkLine, piece: Piece, indent: number): number {
  const text = line.text.slice(piece.from, piece.to);
  const lead = /^\s*(?:[*!/]+(?=\s|$)|[*!/<]*)/u.exec(text)?.[0].length ?? 0;
  const inner = text.slice(lead);
  const here = inner.length - inner.trimStart().length;
  const item = itemStart(inner);
  if (
    isDrawn(inner) ||
    isCode(inner) ||
    isLegal(inner) ||
    (item === undefined && here > indent + 7)
  ) {
    paragraphs.break();
    return indent;
  }
  if (item !== undefined) {
    paragraphs.break();
  }
  const from = piece.from + lead + (item ?? 0);
  paragraphs.add(line.newLine ?? 0, line.text, from, piece.to, line.kind === 'added');
  return here;
}

/** The program text of a hunk, of both sides, without comments: its words are known. */
export function codeOf(hunk: Hunk): string[] {
  return (['removed', 'added'] as const).flatMap((other) =>
    splitSide(hunk.lines.filter(({ kind }) => kind !== other)).flatMap(({ line, pieces }) =>
      pieces.filter(({ comment }) => !comment).map(({ from, to }) => line.text.slice(from, to)),
    ),
  );
}
