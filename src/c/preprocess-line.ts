import type { Location } from './source.ts';
import type { Token } from './token.ts';

/** What `#line` did to the locations behind it: another file, and so many lines further (C11 §6.10.4). */
export interface LineShift {
  readonly file: string;
  readonly delta: number;
}

/** The location that a token has once a `#line` is in force. */
export function shiftLocation(location: Location, shift: LineShift): Location {
  return { file: shift.file, line: location.line + shift.delta, column: location.column };
}

/** The same token at its presumed place. */
export function shiftToken(token: Token, shift: LineShift): Token {
  return {
    kind: token.kind,
    text: token.text,
    location: shiftLocation(token.location, shift),
    startsLine: token.startsLine,
    spaceBefore: token.spaceBefore,
  };
}

/**
 * What `#line N "file"` or `# N "file" flags` asks for.
 *
 * @param operands the tokens behind `line`, or from the number on in the short form, expanded
 * @param at where the directive stands in its own file
 * @returns undefined when the operands are no line and file
 */
export function readLineShift(
  operands: readonly Token[],
  at: Location,
  file: string,
): LineShift | undefined {
  const [number, name] = operands;
  if (number?.kind !== 'number' || !/^[0-9]+$/u.test(number.text)) {
    return undefined;
  }
  if (name !== undefined && name.kind !== 'string') {
    return undefined;
  }
  return {
    file: name === undefined ? file : unquote(name.text),
    delta: Number(number.text) - at.line - 1,
  };
}

/** The characters of a plain string literal, with `\\` and `\"` undone. */
export function unquote(literal: string): string {
  return literal.slice(literal.indexOf('"') + 1, -1).replaceAll(/\\(.)/gu, '$1');
}

/**
 * Raw tokens at their presumed places: every `#line` and `# N "file"` is applied to what follows and
 * dropped. Conditions are not looked at.
 */
export function presumeLocations(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  let shift: LineShift | undefined;
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index];
    if (token === undefined) {
      break;
    }
    const marker =
      token.text === '#' && token.startsLine ? markerAt(tokens, index, shift) : undefined;
    if (marker === undefined) {
      result.push(shift === undefined ? token : shiftToken(token, shift));
      index++;
    } else {
      shift = marker;
      index = lineEnd(tokens, index);
    }
  }
  return result;
}

/** The index behind the last token of the line that holds `index`. */
export function lineEnd(tokens: readonly Token[], index: number): number {
  let end = index + 1;
  for (let token = tokens[end]; token !== undefined; token = tokens[++end]) {
    if (token.startsLine || token.kind === 'eof') {
      break;
    }
  }
  return end;
}

function markerAt(
  tokens: readonly Token[],
  index: number,
  shift: LineShift | undefined,
): LineShift | undefined {
  const line = tokens.slice(index, lineEnd(tokens, index));
  const operands = line.slice(line[1]?.text === 'line' ? 2 : 1);
  const [hash] = line;
  return hash === undefined
    ? undefined
    : readLineShift(operands, hash.location, shift?.file ?? hash.location.file);
}
