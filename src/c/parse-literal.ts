import type { Expr } from './ast.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';
import {
  CHAR,
  DOUBLE,
  FLOAT,
  INT,
  integerInfo,
  LDOUBLE,
  LLONG,
  LONG,
  UCHAR,
  UINT,
  ULLONG,
  ULONG,
  USHORT,
  wrapInteger,
} from './type-rules.ts';
import type { CType } from './types.ts';

/** C11 §6.4.4.1 and §6.4.4.2: a pp-number as a constant. Throws CError on a malformed one. */
export function numberLiteral(token: Token): Expr {
  const { location } = token;
  const text = token.text.replaceAll("'", '').toLowerCase();
  const hex = text.startsWith('0x');
  if (hex ? /[.p]/.test(text) : /[.e]/.test(text)) {
    return floatLiteral(text, hex, location);
  }
  const match = /^(0x[0-9a-f]+|0b[01]+|[0-9]+)([ul]*)$/.exec(text);
  if (match === null) {
    // `1f` is no C, but `1.f` is; imaginary and decimal floating suffixes end here as well.
    throw new CError(location, `invalid number '${token.text}'`);
  }
  const digits = match[1] ?? '0';
  const octal = digits.length > 1 && /^0[0-9]/.test(digits);
  if (octal && /[89]/.test(digits)) {
    throw new CError(location, `invalid digit in octal constant '${token.text}'`);
  }
  const value = BigInt(octal ? `0o${digits}` : digits);
  const decimal = !octal && /^[1-9]/.test(digits);
  const type = integerType(value, match[2] ?? '', decimal);
  return { kind: 'int', value: wrapInteger(value, type), type, location };
}

/** C11 §6.4.4.1p5: the first type of the list that holds the value. */
function integerType(value: bigint, suffix: string, decimal: boolean): CType {
  const unsigned = suffix.includes('u');
  const longs = suffix.replace('u', '').length;
  const signedTypes = [[INT, LONG, LLONG], [LONG, LLONG], [LLONG]][longs] ?? [LLONG];
  const unsignedTypes = [[UINT, ULONG, ULLONG], [ULONG, ULLONG], [ULLONG]][longs] ?? [ULLONG];
  for (const [index, signed] of signedTypes.entries()) {
    const other = unsignedTypes[index] ?? ULLONG;
    if (!unsigned && wrapInteger(value, signed) === value) {
      return signed;
    }
    if ((unsigned || !decimal) && wrapInteger(value, other) === value) {
      return other;
    }
  }
  return unsignedTypes.at(-1) ?? ULLONG;
}

function floatLiteral(text: string, hex: boolean, location: Location): Expr {
  const match = /^(.*?)(f128|f64x|f64|f32x|f32|q|[fl])?$/.exec(text);
  const suffix = match?.[2] ?? '';
  const hexSuffix = hex && !text.includes('p');
  const digits = match?.[1] ?? text;
  const value = hex ? hexFloat(digits) : Number(digits);
  if (hexSuffix || Number.isNaN(value)) {
    throw new CError(location, `invalid number '${text}'`);
  }
  switch (suffix) {
    case '':
    case 'f64':
    case 'f32x':
      return { kind: 'float', value, type: DOUBLE, location };
    case 'f':
    case 'f32':
      return { kind: 'float', value: Math.fround(value), type: FLOAT, location };
    default:
      return { kind: 'float', value, type: LDOUBLE, location };
  }
}

function hexFloat(text: string): number {
  const match = /^0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d+)$/.exec(text);
  if (match === null) {
    return Number.NaN;
  }
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const mantissa = Number(BigInt(`0x${whole}${fraction}`));
  return mantissa * 2 ** (Number(exponent) - 4 * fraction.length);
}

const PREFIXES: Readonly<Record<string, CType>> = { L: INT, u: USHORT, U: UINT, u8: CHAR };

/** Splits `u8"…"` or `L'x'` in the type of an element and the text between the quotes. */
function unquote(token: Token, quote: string): { element: CType | undefined; inner: string } {
  const start = token.text.indexOf(quote);
  const inner = token.text.slice(start + 1, -1);
  return { element: start === 0 ? undefined : PREFIXES[token.text.slice(0, start)], inner };
}

/** C11 §6.4.4.4. A plain constant of several characters has gcc's value: each shifts the former by 8. */
export function charLiteral(token: Token): Expr {
  const { location } = token;
  const { element, inner } = unquote(token, "'");
  if (element === undefined || element === CHAR) {
    const bytes = encode(inner, 1, location);
    let value = 0n;
    for (const byte of bytes) {
      value = (value << 8n) | BigInt(byte);
    }
    const type = element === undefined ? INT : UCHAR;
    const narrow = bytes.length === 1 && element === undefined ? wrapInteger(value, CHAR) : value;
    return { kind: 'int', value: wrapInteger(narrow, type), type, location };
  }
  const units = encode(inner, integerInfo(element)?.bytes ?? 4, location);
  return {
    kind: 'int',
    value: wrapInteger(BigInt(units[0] ?? 0), element),
    type: element,
    location,
  };
}

/** C11 §6.4.5: adjacent literals are one; the widest prefix decides. */
export function stringLiteral(tokens: readonly Token[]): Expr {
  const parts = tokens.map((token) => unquote(token, '"'));
  const wide = parts.find((part) => part.element !== undefined && part.element !== CHAR);
  const element = wide?.element ?? CHAR;
  const width = integerInfo(element)?.bytes ?? 1;
  const location = tokens[0]?.location ?? { file: '', line: 0, column: 0 };
  const units: number[] = [];
  for (const part of parts) {
    for (const unit of encode(part.inner, width, location)) {
      units.push(unit);
    }
  }
  units.push(0);
  return stringNode(units, element, width, location);
}

/** `__func__` and its kin. */
export function plainString(text: string, location: Location): Expr {
  return stringNode([...utf8(text), 0], CHAR, 1, location);
}

function stringNode(
  units: readonly number[],
  element: CType,
  width: number,
  location: Location,
): Expr {
  const bytes = new Uint8Array(units.length * width);
  for (const [index, unit] of units.entries()) {
    for (let byte = 0; byte < width; byte++) {
      bytes[index * width + byte] = (unit >>> (8 * byte)) & 255;
    }
  }
  const type: CType = { kind: 'array', of: element, length: units.length };
  return { kind: 'string', bytes, type, location };
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    pushCode(bytes, char.codePointAt(0) ?? 0, 1);
  }
  return bytes;
}

/** A source character or universal character name in units of `width` bytes. */
function pushCode(units: number[], code: number, width: number): void {
  if (width === 4 || (width === 2 && code < 0x10000) || code < 0x80) {
    units.push(code);
  } else if (width === 2) {
    units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
  } else if (code < 0x800) {
    units.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  } else if (code < 0x10000) {
    units.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  } else {
    units.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63));
    units.push(0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
}

const SIMPLE: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  E: 27,
};

/** The units of the text between quotes, escapes undone (C11 §6.4.4.4). */
function encode(text: string, width: number, location: Location): number[] {
  const units: number[] = [];
  let index = 0;
  while (index < text.length) {
    if (text[index] === '\\') {
      index = escape(text, index + 1, width, units, location);
    } else {
      const code = text.codePointAt(index) ?? 0;
      pushCode(units, code, width);
      index += code > 0xffff ? 2 : 1;
    }
  }
  return units;
}

/** Undoes the escape whose letter stands at `index`; yields the index behind it. */
function escape(
  text: string,
  index: number,
  width: number,
  units: number[],
  location: Location,
): number {
  const letter = text[index] ?? '';
  if (letter === 'x' || letter === 'u' || letter === 'U') {
    const digits = letter === 'x' ? 64 : letter === 'u' ? 4 : 8;
    const match = /^[0-9a-fA-F]+/.exec(text.slice(index + 1, index + 1 + digits));
    if (match === null) {
      throw new CError(location, `\\${letter} used with no following hex digits`);
    }
    const code = Number(BigInt.asUintN(32, BigInt(`0x${match[0]}`)));
    if (letter === 'x') {
      units.push(width === 1 ? code & 255 : code);
    } else {
      pushCode(units, code, width);
    }
    return index + 1 + match[0].length;
  }
  const octal = /^[0-7]{1,3}/.exec(text.slice(index, index + 3));
  if (octal !== null) {
    const code = Number.parseInt(octal[0], 8);
    units.push(width === 1 ? code & 255 : code);
    return index + octal[0].length;
  }
  const simple = SIMPLE[letter];
  if (simple !== undefined) {
    units.push(simple);
  } else {
    pushCode(units, letter.codePointAt(0) ?? 0, width);
  }
  return index + 1;
}
