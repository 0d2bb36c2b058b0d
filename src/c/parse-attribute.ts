import { foldInteger } from './constant.ts';
import type { Parser } from './parse-context.ts';
import type { Location } from './source.ts';
import {
  INT128,
  integerInfo,
  LONG,
  INT,
  SCHAR,
  SHORT,
  UCHAR,
  UINT,
  UINT128,
  ULONG,
  USHORT,
} from './type-rules.ts';
import type { CType } from './types.ts';

/** What attributes said that changes meaning; every other one is read and dropped. */
export interface Attributes {
  packed: boolean;
  /** Bytes; 0 where none. */
  align: number;
  /** Name of the function of `cleanup(f)`. */
  cleanup: string | undefined;
  mode: string | undefined;
  transparentUnion: boolean;
  runsBeforeMain: boolean;
  /** As `Variable.attributes`: `noreturn`, `weak`, `alias("x")`. */
  readonly names: Set<string>;
}

export function newAttributes(): Attributes {
  return {
    packed: false,
    align: 0,
    cleanup: undefined,
    mode: undefined,
    transparentUnion: false,
    runsBeforeMain: false,
    names: new Set(),
  };
}

/** Adds what `from` says to `to`. */
export function mergeAttributes(to: Attributes, from: Attributes): void {
  to.packed ||= from.packed;
  to.align = Math.max(to.align, from.align);
  to.cleanup ??= from.cleanup;
  to.mode ??= from.mode;
  to.transparentUnion ||= from.transparentUnion;
  to.runsBeforeMain ||= from.runsBeforeMain;
  for (const name of from.names) {
    to.names.add(name);
  }
}

/** attributes = ("__attribute__" "((" attribute ("," attribute)* "))" | "[[" ... "]]" | asm-label)* */
export function parseAttributes(parser: Parser, into: Attributes): void {
  for (;;) {
    const { text } = parser.token;
    if (text === '__attribute__' || text === '__attribute') {
      parser.next();
      parser.expect('(');
      parser.expect('(');
      while (!parser.is(')')) {
        parseAttribute(parser, into);
        if (!parser.accept(',')) {
          break;
        }
      }
      parser.expect(')');
      parser.expect(')');
    } else if (text === '__asm__' || text === 'asm' || text === '__asm') {
      parser.next();
      parser.skipBalanced();
    } else if (text === '[' && parser.peek().text === '[') {
      parser.skipBalanced();
    } else if (text === '__extension__') {
      parser.next();
    } else {
      return;
    }
  }
}

/** attribute = name [ "(" ... ")" ], the name perhaps between double underscores */
function parseAttribute(parser: Parser, into: Attributes): void {
  if (parser.is(',')) {
    return;
  }
  const name = parser.identifier().text;
  const plain = name.startsWith('__') && name.endsWith('__') ? name.slice(2, -2) : name;
  switch (plain) {
    case 'packed':
      into.packed = true;
      break;
    case 'aligned':
      into.align = Math.max(into.align, parseAligned(parser));
      return;
    case 'cleanup':
      into.cleanup = argumentOf(parser);
      return;
    case 'mode':
      into.mode = argumentOf(parser);
      return;
    case 'transparent_union':
      into.transparentUnion = true;
      break;
    case 'constructor':
      into.runsBeforeMain = true;
      break;
    case 'noreturn':
    case 'weak':
      into.names.add(plain);
      break;
    case 'alias':
      into.names.add(`alias(${argumentOf(parser)})`);
      return;
    default:
      break;
  }
  if (parser.is('(')) {
    parser.skipBalanced();
  }
}

/** The single token of `cleanup(f)`, `alias("x")`, `mode(DI)`. */
function argumentOf(parser: Parser): string {
  parser.expect('(');
  const { text } = parser.next();
  parser.expect(')');
  return text;
}

/** `aligned` alone is the largest alignment of the target: 16. */
function parseAligned(parser: Parser): number {
  if (!parser.accept('(')) {
    return 16;
  }
  const align = constantExpression(parser, 'alignment');
  parser.expect(')');
  return Number(align);
}

/** C11 §6.6: an integer constant expression; CError where it is none. */
export function constantExpression(parser: Parser, what: string): bigint {
  const { location } = parser.token;
  const value = foldInteger(parser.grammar.conditional(parser));
  if (value === undefined) {
    throw parser.error(`${what} is not an integer constant`, location);
  }
  return value;
}

/** `mode(DI)`: the integer type of that width and of the given one's sign. */
export function typeOfMode(parser: Parser, mode: string, type: CType, location: Location): CType {
  const unsigned = integerInfo(type)?.unsigned === true;
  const pair = MODES[mode.replaceAll('_', '')];
  if (pair === undefined) {
    throw parser.error(`unsupported mode '${mode}'`, location);
  }
  return unsigned ? pair[1] : pair[0];
}

const MODES: Readonly<Record<string, readonly [CType, CType]>> = {
  QI: [SCHAR, UCHAR],
  byte: [SCHAR, UCHAR],
  HI: [SHORT, USHORT],
  SI: [INT, UINT],
  DI: [LONG, ULONG],
  word: [LONG, ULONG],
  pointer: [LONG, ULONG],
  TI: [INT128, UINT128],
};
