import type { BuiltinTable, Runtime } from '../runtime.ts';
import { Stop } from '../stop.ts';
import { storeInteger } from './format.ts';
import { floatPrefix, integerPrefix } from './number-text.ts';
import { readByte, standardStream, streamAt } from './streams.ts';
import { bytesOf, cText, num } from './value.ts';
import { Arguments } from './variadic.ts';

/** Characters one by one, with one of look-ahead; '' at the end. */
interface Source {
  peek(): string;
  take(): void;
  /** Characters taken. */
  count: number;
}

interface Scan {
  readonly rt: Runtime;
  readonly site: number;
  readonly source: Source;
  readonly args: Arguments;
  assigned: number;
}

interface Directive {
  readonly suppress: boolean;
  readonly width: number;
  readonly length: string;
  readonly letter: string;
  readonly set: string;
}

const DIRECTIVE =
  /(\s+)|%(\*)?(\d+)?m?(hh|h|ll|l|z|j|t|L|q)?(?:\[(\^?\]?[^\]]*)\]|([^[\s]))|([^%\s])/gy;

/** C11 §7.21.6.2. */
export const SCAN: BuiltinTable = {
  sscanf: (rt, site, [text, format, area]) =>
    scan(rt, site, ofText(rt, site, num(text)), num(format), Arguments.ofArea(rt, site, area)),
  vsscanf: (rt, site, [text, format, list]) =>
    scan(rt, site, ofText(rt, site, num(text)), num(format), Arguments.ofList(rt, site, list)),
  scanf: (rt, site, [format, area]) =>
    scan(rt, site, ofStdin(rt, site), num(format), Arguments.ofArea(rt, site, area)),
  vscanf: (rt, site, [format, list]) =>
    scan(rt, site, ofStdin(rt, site), num(format), Arguments.ofList(rt, site, list)),
  fscanf: (rt, site, [stream, format, area]) =>
    scan(rt, site, ofStream(rt, site, num(stream)), num(format), Arguments.ofArea(rt, site, area)),
  vfscanf: (rt, site, [stream, format, list]) =>
    scan(rt, site, ofStream(rt, site, num(stream)), num(format), Arguments.ofList(rt, site, list)),
};

function ofText(rt: Runtime, site: number, text: number): Source {
  return {
    count: 0,
    peek() {
      const byte = rt.memory.u8(text + this.count, site);
      return byte === 0 ? '' : String.fromCharCode(byte);
    },
    take() {
      this.count++;
    },
  };
}

function ofStdin(rt: Runtime, site: number): Source {
  return ofStream(rt, site, standardStream(rt, site, 0));
}

function ofStream(rt: Runtime, site: number, address: number): Source {
  const stream = streamAt(rt, site, address);
  return {
    count: 0,
    peek() {
      const byte = readByte(stream);
      if (byte < 0) {
        return '';
      }
      stream.pushed.push(byte);
      return String.fromCharCode(byte);
    },
    take() {
      readByte(stream);
      this.count++;
    },
  };
}

/** The number of items assigned; -1 where the input ended before the first. */
function scan(rt: Runtime, site: number, source: Source, format: number, args: Arguments): number {
  const text = cText(rt, site, format);
  const state: Scan = { rt, site, source, args, assigned: 0 };
  const matcher = new RegExp(DIRECTIVE);
  while (matcher.lastIndex < text.length) {
    const match = matcher.exec(text);
    if (match === null) {
      throw new Stop('unsupported', `scanf format ${text}`, site);
    }
    if (!directive(state, match)) {
      const ended = source.peek() === '' && state.assigned === 0;
      return ended ? -1 : state.assigned;
    }
  }
  return state.assigned;
}

/** False where the input does not fit. */
function directive(state: Scan, match: RegExpExecArray): boolean {
  const [whole, space, star, width, length = '', set, letter, literal] = match;
  const { source } = state;
  if (space !== undefined) {
    skipSpace(source);
    return true;
  }
  if (literal !== undefined) {
    return takeIf(source, literal);
  }
  if (letter === '%') {
    skipSpace(source);
    return takeIf(source, '%');
  }
  return convert(
    state,
    {
      suppress: star !== undefined,
      width: width === undefined ? Infinity : Number(width),
      length,
      letter: set === undefined ? (letter ?? '') : '[',
      set: set ?? '',
    },
    whole,
  );
}

function convert(state: Scan, d: Directive, whole: string): boolean {
  const { source, args, rt, site } = state;
  if (d.letter === 'n') {
    if (!d.suppress) {
      storeInteger(rt, site, d.length, args.pointer(), BigInt(source.count));
    }
    return true;
  }
  if (d.letter !== 'c' && d.letter !== '[') {
    skipSpace(source);
  }
  switch (d.letter) {
    case 'd':
    case 'u':
      return integer(state, d, 10);
    case 'i':
      return integer(state, d, 0);
    case 'o':
      return integer(state, d, 8);
    case 'x':
    case 'X':
      return integer(state, d, 16);
    case 'p':
      return integer(state, { ...d, length: 'l' }, 16);
    case 'e':
    case 'f':
    case 'g':
    case 'a':
    case 'E':
    case 'F':
    case 'G':
    case 'A':
      return float(state, d);
    case 's':
      return characterRun(state, d, (c) => !isSpace(c), '\0');
    case '[':
      return characterRun(state, d, memberOf(d.set), '\0');
    case 'c':
      return characters(state, d);
    default:
      throw new Stop('unsupported', `scanf conversion ${whole}`, site);
  }
}

/** Take characters while `more` accepts the item with the next one added. */
function collect(source: Source, width: number, more: (item: string) => boolean): string {
  let item = '';
  for (let c = source.peek(); c !== '' && item.length < width; c = source.peek()) {
    if (!more(item + c)) {
      break;
    }
    item += c;
    source.take();
  }
  return item;
}

function integer(state: Scan, d: Directive, base: number): boolean {
  const prefix = base === 0 || base === 16 ? '(0x)?' : '';
  const digits = { 0: '[\\da-f]', 8: '[0-7]', 10: '\\d', 16: '[\\da-f]' }[base] ?? '\\d';
  const whole = new RegExp(`^[-+]?${prefix}${digits}*$`, 'i');
  const item = collect(state.source, d.width, (text) =>
    base === 0 ? isAnyBase(text) : whole.test(text),
  );
  const { value, length } = integerPrefix(item, base);
  if (length === 0) {
    return false;
  }
  if (!d.suppress) {
    storeInteger(state.rt, state.site, d.length, state.args.pointer(), value);
    state.assigned++;
  }
  return true;
}

function isAnyBase(text: string): boolean {
  return /^[-+]?(0x[\da-f]*|0[0-7]*|[1-9]\d*)?$/i.test(text);
}

function float(state: Scan, d: Directive): boolean {
  const item = collect(state.source, d.width, (text) =>
    /^[-+]?(\d*\.?\d*(e[-+]?\d*)?|0x[\da-f]*\.?[\da-f]*(p[-+]?\d*)?|i|in|inf|infi|infin|infini|infinit|infinity|n|na|nan)$/i.test(
      text,
    ),
  );
  const { value, length } = floatPrefix(item);
  if (length === 0) {
    return false;
  }
  if (!d.suppress) {
    storeFloat(state, d.length, value);
    state.assigned++;
  }
  return true;
}

function storeFloat({ rt, site, args }: Scan, length: string, value: number): void {
  if (length === '') {
    rt.memory.wf32(args.pointer(), value, site);
  } else {
    rt.memory.wf64(args.pointer(), value, site);
  }
}

function characterRun(
  state: Scan,
  d: Directive,
  accepts: (c: string) => boolean,
  terminator: string,
): boolean {
  const item = collect(state.source, d.width, (all) => accepts(all.slice(-1)));
  if (item === '') {
    return false;
  }
  if (!d.suppress) {
    const bytes = bytesOf(item + terminator);
    state.rt.memory.writeBytes(state.args.pointer(), bytes, state.site);
    state.assigned++;
  }
  return true;
}

/** `%c`: exactly the width, white space too, no NUL. */
function characters(state: Scan, d: Directive): boolean {
  const width = d.width === Infinity ? 1 : d.width;
  return characterRun(state, { ...d, width }, () => true, '');
}

/** `a-z` is a range, as in glibc. */
function memberOf(set: string): (c: string) => boolean {
  const negated = set.startsWith('^');
  const members = new Set<string>();
  const source = negated ? set.slice(1) : set;
  for (let at = 0; at < source.length; at++) {
    if (source[at + 1] === '-' && at + 2 < source.length) {
      for (let code = source.charCodeAt(at); code <= source.charCodeAt(at + 2); code++) {
        members.add(String.fromCharCode(code));
      }
      at += 2;
    } else {
      members.add(source.charAt(at));
    }
  }
  return (c) => members.has(c) !== negated;
}

function isSpace(c: string): boolean {
  return /^[ \t\n\v\f\r]$/.test(c);
}

function skipSpace(source: Source): void {
  while (isSpace(source.peek())) {
    source.take();
  }
}

function takeIf(source: Source, wanted: string): boolean {
  if (source.peek() !== wanted) {
    return false;
  }
  source.take();
  return true;
}
