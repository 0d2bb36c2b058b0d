import { decodeUtf8 } from '../memory-text.ts';
import type { Runtime } from '../runtime.ts';
import { Stop } from '../stop.ts';
import { floatText } from './float-text.ts';
import { bytesOf, cText, errnoAddress, latin1 } from './value.ts';
import { errorText } from './error-text.ts';
import { Arguments } from './variadic.ts';

/** A conversion specification (C11 §7.21.6.1p4). */
export interface Conversion {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  /** -1 when there is none. */
  readonly precision: number;
  readonly length: string;
  readonly letter: string;
}

const SPECIFICATION =
  /%(?:(\d+)\$)?([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?(hh|h|ll|l|z|j|t|L|q)?(.)/gsu;

/** Characters that one conversion may be padded to. */
const MOST = 16 * 1024 * 1024;

/** Message text for people: the format at `format` with the arguments of the area, decoded as UTF-8. */
export function formatVariadic(rt: Runtime, site: number, format: number, area: number): string {
  const text = formatText(rt, site, format, Arguments.ofArea(rt, site, area));
  return decodeUtf8(bytesOf(text));
}

/** What printf writes, a character for each byte. */
export function formatText(rt: Runtime, site: number, format: number, args: Arguments): string {
  const source = cText(rt, site, format);
  const matcher = new RegExp(SPECIFICATION);
  let out = '';
  let at = 0;
  for (let match = matcher.exec(source); match !== null; match = matcher.exec(source)) {
    out += source.slice(at, match.index);
    at = matcher.lastIndex;
    out += convert(rt, site, match, args, out.length);
  }
  const rest = source.slice(at);
  if (rest.includes('%')) {
    throw new Stop('unsupported', `printf format with an incomplete '${rest}'`, site);
  }
  return out + rest;
}

function convert(
  rt: Runtime,
  site: number,
  match: RegExpExecArray,
  args: Arguments,
  written: number,
): string {
  const [whole, position, flags = '', widthText, precisionText, length = '', letter = ''] = match;
  const width = widthText === '*' ? args.int() : Number(widthText ?? 0);
  const precision = precisionText === '*' ? args.int() : precisionOf(precisionText);
  if (position !== undefined) {
    args.select(Number(position));
  }
  if (Math.abs(width) > MOST || precision > MOST) {
    throw new Stop(
      'out-of-memory',
      `'${whole.slice(0, 40)}' prints more than ${MOST} characters`,
      site,
    );
  }
  rt.memory.spend(Math.abs(width) + Math.max(0, precision), site);
  const minus = flags.includes('-') || width < 0;
  const conversion: Conversion = {
    minus,
    plus: flags.includes('+'),
    space: flags.includes(' '),
    alternate: flags.includes('#'),
    zero: flags.includes('0') && !minus,
    width: Math.abs(width),
    precision: Math.max(-1, precision),
    length,
    letter,
  };
  return converted(rt, site, conversion, args, written, whole);
}

function precisionOf(text: string | undefined): number {
  return text === undefined ? -1 : Number(text);
}

function converted(
  rt: Runtime,
  site: number,
  c: Conversion,
  args: Arguments,
  written: number,
  whole: string,
): string {
  switch (c.letter) {
    case '%':
      return '%';
    case 'd':
    case 'i':
      return signed(c, BigInt.asIntN(widthOf(c.length), args.integer()));
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return unsigned(c, BigInt.asUintN(widthOf(c.length), args.integer()));
    case 'c':
      return pad(c, String.fromCharCode(args.int() & 255));
    case 's':
      return pad(c, stringArgument(rt, site, c, args.pointer()));
    case 'p':
      return pointer(c, args.integer());
    case 'n':
      storeCount(rt, site, c.length, args.pointer(), written);
      return '';
    case 'm':
      return pad(c, errorText(rt.memory.i32(errnoAddress(rt, site), site)));
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      return number(c, ...signAndDigits(c, args.double()));
    default:
      throw new Stop('unsupported', `printf conversion ${whole}`, site);
  }
}

function signAndDigits(c: Conversion, value: number): [string, string, boolean] {
  const negative = value < 0 || Object.is(value, -0);
  const text = floatText(c.letter, Math.abs(value), c.precision, c.alternate);
  const prefix = /^0x/i.exec(text)?.[0] ?? '';
  return [signOf(c, negative) + prefix, text.slice(prefix.length), Number.isFinite(value)];
}

/** Bits of the integer that a length modifier names. */
export function widthOf(length: string): number {
  switch (length) {
    case 'hh':
      return 8;
    case 'h':
      return 16;
    case '':
      return 32;
    default:
      return 64;
  }
}

function signed(c: Conversion, value: bigint): string {
  const digits = atLeast(c, value < 0n ? -value : value, 10);
  return number(c, signOf(c, value < 0n), digits, c.precision < 0);
}

function unsigned(c: Conversion, value: bigint): string {
  const base = c.letter === 'o' ? 8 : c.letter === 'u' ? 10 : 16;
  let digits = atLeast(c, value, base);
  if (c.letter === 'o' && c.alternate && !digits.startsWith('0')) {
    digits = `0${digits}`;
  }
  const prefix = base === 16 && c.alternate && value !== 0n ? '0x' : '';
  const text = number(c, prefix, digits, c.precision < 0);
  return c.letter === 'X' ? text.toUpperCase() : text;
}

function pointer(c: Conversion, value: bigint): string {
  return value === 0n
    ? pad(c, '(nil)')
    : number(c, `${signOf(c, false)}0x`, value.toString(16), true);
}

function atLeast(c: Conversion, value: bigint, base: number): string {
  if (value === 0n && c.precision === 0) {
    return '';
  }
  return value.toString(base).padStart(c.precision, '0');
}

function signOf(c: Conversion, negative: boolean): string {
  return negative ? '-' : c.plus ? '+' : c.space ? ' ' : '';
}

/** Zeros of the `0` flag go between the sign or `0x` and the digits. */
function number(c: Conversion, prefix: string, digits: string, mayFill: boolean): string {
  const filled =
    c.zero && mayFill ? digits.padStart(Math.max(0, c.width - prefix.length), '0') : digits;
  return pad(c, prefix + filled);
}

function pad(c: Conversion, text: string): string {
  return c.minus ? text.padEnd(c.width) : text.padStart(c.width);
}

/** At most `precision` bytes are looked at, so that what is not terminated can be printed. */
function stringArgument(rt: Runtime, site: number, c: Conversion, address: number): string {
  if (address === 0) {
    return c.precision < 0 || c.precision >= 6 ? '(null)' : '';
  }
  if (c.length === 'l') {
    return wideArgument(rt, site, c, address);
  }
  if (c.precision < 0) {
    return cText(rt, site, address);
  }
  let n = 0;
  while (n < c.precision && rt.memory.u8(address + n, site) !== 0) {
    n++;
  }
  return latin1(rt.memory.bytes(address, n, site));
}

/** `%ls` in the C locale, which has no characters but ASCII. */
function wideArgument(rt: Runtime, site: number, c: Conversion, address: number): string {
  let text = '';
  while (c.precision < 0 || text.length < c.precision) {
    const code = rt.memory.i32(address + 4 * text.length, site);
    if (code === 0) {
      break;
    }
    if (code < 0 || code > 127) {
      throw new Stop('unsupported', 'printf of a wide character outside ASCII', site);
    }
    text += String.fromCharCode(code);
  }
  return text;
}

/** Store an integer of the width that a length modifier names. */
function storeCount(rt: Runtime, site: number, length: string, at: number, value: number): void {
  storeInteger(rt, site, length, at, BigInt(value));
}

export function storeInteger(
  rt: Runtime,
  site: number,
  length: string,
  at: number,
  value: bigint,
): void {
  const width = widthOf(length);
  const cut = BigInt.asIntN(width, value);
  if (width === 64) {
    rt.memory.w64(at, cut, site);
  } else if (width === 32) {
    rt.memory.w32(at, Number(cut), site);
  } else if (width === 16) {
    rt.memory.w16(at, Number(cut), site);
  } else {
    rt.memory.w8(at, Number(cut), site);
  }
}
