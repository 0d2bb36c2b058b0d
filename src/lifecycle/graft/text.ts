import { lex } from '../../c/lex.ts';
import { CError } from '../../c/source.ts';
import type { HunkLine } from '../../series/series.ts';

/** A token with the place it is reported under (`#line` applied) and where it stands in its text. */
export interface Tok {
  readonly text: string;
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly startsLine: boolean;
  readonly spaceBefore: boolean;
  /** Offsets in the text that was lexed. */
  readonly start: number;
  readonly end: number;
  /** The line of the hunk it comes from; absent for tokens of a model file. */
  readonly from?: HunkLine;
}

export interface Place {
  readonly path: string;
  readonly line: number;
}

/** The reported place of every physical line (index 0 is line 1), by the `#line` markers of the text. */
export function placesOf(path: string, text: string): Place[] {
  const places: Place[] = [];
  let file = path;
  let line = 1;
  for (const raw of text.split('\n')) {
    places.push({ path: file, line });
    const marker = /^#line (\d+) "([^"]*)"/.exec(raw);
    if (marker === null) {
      line++;
    } else {
      line = Number(marker[1]);
      file = marker[2] ?? path;
    }
  }
  return places;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** Lex a model file; `#line` directives become places and are dropped. */
export function modelTokens(path: string, text: string): Tok[] {
  const places = placesOf(path, text);
  const starts = lineStarts(text);
  const tokens: Tok[] = [];
  for (const token of lex(path, text)) {
    if (token.kind === 'eof') {
      break;
    }
    const { line, column } = token.location;
    const place = places[line - 1] ?? { path, line };
    const start = (starts[line - 1] ?? 0) + column - 1;
    tokens.push({
      text: token.text,
      kind: token.kind,
      file: place.path,
      line: place.line,
      column,
      startsLine: token.startsLine,
      spaceBefore: token.spaceBefore,
      start,
      end: start + token.text.length,
    });
  }
  return withoutMarkers(tokens);
}

function withoutMarkers(tokens: readonly Tok[]): Tok[] {
  const kept: Tok[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.text === '#' && token.startsLine && tokens[at + 1]?.text === 'line') {
      at += 3;
    } else if (token !== undefined) {
      kept.push(token);
    }
  }
  return kept;
}

/**
 * Comments that the fragment enters or leaves in the middle are blanked, so that the lexer sees whole
 * comments only: a hunk may start or end inside one.
 */
function closeComments(lines: readonly string[]): string[] {
  const result = [...lines];
  const text = result.join('\n');
  const close = text.indexOf('*/');
  const open = text.indexOf('/*');
  const lead = /^\s*\*(\s|$)/.test(result[0] ?? '');
  if (close !== -1 && (open === -1 || close < open)) {
    const last = text.slice(0, close).split('\n').length - 1;
    for (let at = 0; at < last; at++) {
      result[at] = '';
    }
    result[last] = (result[last] ?? '').replace(/^.*?\*\//, '');
  } else if (lead && close === -1) {
    return result.map((line) => (/^\s*\*/.test(line) ? '' : line));
  }
  const rest = result.join('\n');
  if (rest.lastIndexOf('/*') > rest.lastIndexOf('*/')) {
    result.push('*/');
  }
  return result;
}

/** Blanks the rest of a macro whose `#define` stands before the fragment: it is no C of its own. */
function withoutMacroRest(lines: readonly string[]): readonly string[] {
  if (/^\s*#/.test(lines[0] ?? '') || lines[0]?.endsWith('\\') !== true) {
    return lines;
  }
  const last = lines.findIndex((line) => !line.endsWith('\\'));
  return lines.map((line, at) => (last === -1 || at <= last ? '' : line));
}

/** Lex one image of a hunk. Each token knows its hunk line and is reported under `path`. */
export function fragmentTokens(
  path: string,
  lines: readonly HunkLine[],
  side: 'old' | 'new',
): Tok[] {
  const texts = closeComments(withoutMacroRest(lines.map((line) => line.text)));
  const text = texts.join('\n');
  const starts = lineStarts(text);
  const tokens: Tok[] = [];
  for (const token of lex(path, text)) {
    const { line, column } = token.location;
    const from = lines[line - 1];
    if (token.kind === 'eof' || from === undefined) {
      break;
    }
    const start = (starts[line - 1] ?? 0) + column - 1;
    tokens.push({
      text: token.text,
      kind: token.kind,
      file: path,
      line: (side === 'old' ? from.oldLine : from.newLine) ?? 0,
      column,
      startsLine: token.startsLine,
      spaceBefore: token.spaceBefore,
      start,
      end: start + token.text.length,
      from,
    });
  }
  return tokens;
}

/** Like `fragmentTokens`; undefined for a fragment that does not lex. */
export function readFragment(
  path: string,
  lines: readonly HunkLine[],
  side: 'old' | 'new',
): Tok[] | undefined {
  try {
    return fragmentTokens(path, lines, side);
  } catch (error) {
    if (error instanceof CError) {
      return undefined;
    }
    throw error;
  }
}

/** Spellings with one blank between: equal for token-equal texts. */
export function spell(tokens: readonly Tok[]): string {
  return tokens.map((token) => token.text).join(' ');
}
