import { alignOf } from './layout.ts';
import {
  type Attributes,
  constantExpression,
  newAttributes,
  parseAttributes,
  typeOfMode,
} from './parse-attribute.ts';
import type { Parser } from './parse-context.ts';
import { parseEnum, parseRecord } from './parse-record.ts';
import type { Declared } from './scope.ts';
import * as rules from './type-rules.ts';
import type { CType } from './types.ts';

export type StorageWord = 'typedef' | 'extern' | 'static' | 'auto' | 'register';

export interface Specifiers {
  type: CType;
  qualifiers: number;
  align: number;
  /** Alignment that a typedef brought. */
  typeAlign: number;
  storage: StorageWord | undefined;
  autoType: boolean;
  /** No type was named: old C's `int`. */
  implicit: boolean;
  attributes: Attributes;
}

type Word =
  | { readonly kind: 'storage'; readonly word: StorageWord }
  | { readonly kind: 'qualifier'; readonly bit: number }
  /** Counts how often each basic word stood: two bits (and a carry) for each. */
  | { readonly kind: 'basic'; readonly add: number }
  | { readonly kind: 'type'; readonly type: CType }
  | {
      readonly kind:
        | 'record'
        | 'enum'
        | 'typeof'
        | 'auto-type'
        | 'alignas'
        | 'attribute'
        | 'ignored'
        | 'noreturn'
        | 'atomic'
        | 'complex';
    };

const CHAR = 1;
const SHORT = 1 << 2;
const INT = 1 << 4;
const LONG = 1 << 6;
const SIGNED = 1 << 9;
const UNSIGNED = 1 << 11;
const FLOAT = 1 << 13;
const DOUBLE = 1 << 15;
const INT128 = 1 << 17;

const VA_LIST_TAG: CType = {
  kind: 'struct',
  tag: '__va_list_tag',
  fields: [
    { name: 'gp_offset', type: rules.UINT, offset: 0 },
    { name: 'fp_offset', type: rules.UINT, offset: 4 },
    { name: 'overflow_arg_area', type: rules.pointerTo(rules.VOID), offset: 8 },
    { name: 'reg_save_area', type: rules.pointerTo(rules.VOID), offset: 16 },
  ],
  size: 24,
  align: 8,
};

/** System V ABI §3.5.7: an array of one structure of 24 bytes. */
export const VA_LIST: CType = { kind: 'array', of: VA_LIST_TAG, length: 1 };

const WORDS: ReadonlyMap<string, Word> = buildWords();

function buildWords(): Map<string, Word> {
  const words = new Map<string, Word>();
  function add(word: Word, ...spellings: string[]): void {
    for (const spelling of spellings) {
      words.set(spelling, word);
    }
  }
  for (const word of ['typedef', 'extern', 'static', 'auto', 'register'] as const) {
    add({ kind: 'storage', word }, word);
  }
  add({ kind: 'qualifier', bit: rules.CONST }, 'const', '__const', '__const__');
  add({ kind: 'qualifier', bit: rules.VOLATILE }, 'volatile', '__volatile', '__volatile__');
  add({ kind: 'ignored' }, 'restrict', '__restrict', '__restrict__', '__extension__', 'constexpr');
  add({ kind: 'ignored' }, 'inline', '__inline', '__inline__', '_Nonnull', '_Nullable');
  add({ kind: 'ignored' }, '_Thread_local', '__thread', 'thread_local');
  add({ kind: 'noreturn' }, '_Noreturn');
  add({ kind: 'basic', add: CHAR }, 'char');
  add({ kind: 'basic', add: SHORT }, 'short');
  add({ kind: 'basic', add: INT }, 'int');
  add({ kind: 'basic', add: LONG }, 'long');
  add({ kind: 'basic', add: SIGNED }, 'signed', '__signed', '__signed__');
  add({ kind: 'basic', add: UNSIGNED }, 'unsigned');
  add({ kind: 'basic', add: FLOAT }, 'float');
  add({ kind: 'basic', add: DOUBLE }, 'double');
  add({ kind: 'basic', add: INT128 }, '__int128');
  add({ kind: 'type', type: rules.INT128 }, '__int128_t');
  add({ kind: 'type', type: rules.UINT128 }, '__uint128_t');
  add({ kind: 'type', type: rules.VOID }, 'void');
  add({ kind: 'type', type: rules.BOOL }, '_Bool');
  add({ kind: 'type', type: rules.LDOUBLE }, '_Float128', '__float128', '_Float64x', '__float80');
  add({ kind: 'type', type: rules.DOUBLE }, '_Float64', '_Float32x');
  add({ kind: 'type', type: rules.FLOAT }, '_Float32');
  add({ kind: 'type', type: VA_LIST }, '__builtin_va_list');
  add({ kind: 'record' }, 'struct', 'union');
  add({ kind: 'enum' }, 'enum');
  add({ kind: 'typeof' }, 'typeof', '__typeof', '__typeof__', 'typeof_unqual', '__typeof_unqual__');
  add({ kind: 'auto-type' }, '__auto_type');
  add({ kind: 'alignas' }, '_Alignas', 'alignas');
  add({ kind: 'attribute' }, '__attribute__', '__attribute');
  add({ kind: 'atomic' }, '_Atomic');
  add({ kind: 'complex' }, '_Complex', '__complex__', '__complex', '_Imaginary');
  return words;
}

/** Does a declaration begin here? A typedef name does unless the scope hides it. */
export function startsDeclaration(parser: Parser): boolean {
  const { token } = parser;
  if (token.kind !== 'identifier') {
    return token.text === '[' && parser.peek().text === '[';
  }
  return WORDS.has(token.text) || parser.scope.find(token.text)?.kind === 'typedef';
}

/** The same for a type name in parentheses. */
export function startsType(parser: Parser, distance = 0): boolean {
  const token = distance === 0 ? parser.token : parser.peek(distance);
  if (token.kind !== 'identifier') {
    return false;
  }
  const word = WORDS.get(token.text);
  if (word === undefined) {
    return parser.scope.find(token.text)?.kind === 'typedef';
  }
  return token.text !== '__extension__';
}

/** declaration-specifiers = (storage-class | type-specifier | qualifier | function-specifier | alignment | attribute)+ */
export function parseSpecifiers(parser: Parser): Specifiers {
  const specifiers: Specifiers = {
    type: rules.INT,
    qualifiers: 0,
    align: 0,
    typeAlign: 0,
    storage: undefined,
    autoType: false,
    implicit: true,
    attributes: newAttributes(),
  };
  let basic = 0;
  for (;;) {
    const { token } = parser;
    const word = token.kind === 'identifier' ? WORDS.get(token.text) : undefined;
    if (word === undefined) {
      if (token.text === '[' && parser.peek().text === '[') {
        parseAttributes(parser, specifiers.attributes);
      } else if (!acceptTypedefName(parser, specifiers, basic)) {
        break;
      }
    } else if (word.kind === 'basic') {
      parser.next();
      basic += word.add;
    } else {
      parseWord(parser, specifiers, word);
    }
  }
  finishSpecifiers(parser, specifiers, basic);
  return specifiers;
}

/** A typedef name counts only where no type was named yet: `typedef int T; { unsigned T; }`. */
function acceptTypedefName(parser: Parser, specifiers: Specifiers, basic: number): boolean {
  if (parser.token.kind !== 'identifier' || !specifiers.implicit || basic !== 0) {
    return false;
  }
  const entry = parser.scope.find(parser.token.text);
  if (entry?.kind !== 'typedef') {
    return false;
  }
  parser.next();
  setDeclared(specifiers, entry.declared);
  return true;
}

function setDeclared(specifiers: Specifiers, declared: Declared): void {
  specifiers.type = declared.type;
  specifiers.qualifiers |= declared.qualifiers;
  specifiers.typeAlign = declared.align;
  specifiers.implicit = false;
}

function setType(specifiers: Specifiers, type: CType): void {
  specifiers.type = type;
  specifiers.implicit = false;
}

function parseWord(parser: Parser, specifiers: Specifiers, word: Word): void {
  switch (word.kind) {
    case 'storage':
      parser.next();
      specifiers.storage = word.word;
      return;
    case 'qualifier':
      parser.next();
      specifiers.qualifiers |= word.bit;
      return;
    case 'type':
      parser.next();
      setType(specifiers, word.type);
      return;
    case 'record':
      setType(specifiers, parseRecord(parser));
      return;
    case 'enum':
      setType(specifiers, parseEnum(parser));
      return;
    case 'typeof':
      setDeclared(specifiers, parseTypeof(parser));
      return;
    case 'auto-type':
      parser.next();
      specifiers.autoType = true;
      specifiers.implicit = false;
      return;
    case 'alignas':
      specifiers.align = Math.max(specifiers.align, parseAlignas(parser));
      return;
    case 'attribute':
      parseAttributes(parser, specifiers.attributes);
      return;
    case 'noreturn':
      parser.next();
      specifiers.attributes.names.add('noreturn');
      return;
    case 'atomic':
      parseAtomic(parser, specifiers);
      return;
    case 'complex':
      throw parser.error('unsupported: complex numbers');
    case 'basic':
    case 'ignored':
      parser.next();
      return;
  }
}

/** typeof-specifier = ("typeof" | "typeof_unqual") "(" (type-name | expression) ")" */
function parseTypeof(parser: Parser): Declared {
  const { text } = parser.next();
  parser.expect('(');
  let declared: Declared;
  if (startsType(parser)) {
    declared = parser.grammar.typeName(parser);
  } else {
    const expr = parser.grammar.expression(parser);
    declared = { type: expr.type, qualifiers: 0, align: 0 };
  }
  parser.expect(')');
  return text.includes('unqual') ? { ...declared, qualifiers: 0 } : declared;
}

/** "_Alignas" "(" (type-name | constant-expression) ")" */
function parseAlignas(parser: Parser): number {
  parser.next();
  parser.expect('(');
  let align: number;
  if (startsType(parser)) {
    const declared = parser.grammar.typeName(parser);
    align = declared.align === 0 ? alignOf(declared.type) : declared.align;
  } else {
    align = Number(constantExpression(parser, 'alignment'));
  }
  parser.expect(')');
  return align;
}

/** `_Atomic(T)` and the qualifier `_Atomic` are T: executions have one thread. */
function parseAtomic(parser: Parser, specifiers: Specifiers): void {
  parser.next();
  if (parser.accept('(')) {
    setDeclared(specifiers, parser.grammar.typeName(parser));
    parser.expect(')');
  }
}

function finishSpecifiers(parser: Parser, specifiers: Specifiers, basic: number): void {
  if (basic !== 0) {
    const type = BASIC.get(basic);
    if (type === undefined || !specifiers.implicit) {
      throw parser.error('two or more data types in declaration specifiers');
    }
    setType(specifiers, type);
  }
  if (specifiers.implicit && parser.token.kind === 'identifier') {
    const next = parser.peek();
    if (next.kind === 'identifier' || next.text === '*') {
      throw parser.error(`unknown type name '${parser.token.text}'`);
    }
  }
  const { attributes } = specifiers;
  if (attributes.mode !== undefined) {
    specifiers.type = typeOfMode(parser, attributes.mode, specifiers.type, parser.token.location);
    attributes.mode = undefined;
  }
}

/** C11 §6.7.2p2 */
const BASIC: ReadonlyMap<number, CType> = new Map<number, CType>([
  [CHAR, rules.CHAR],
  [SIGNED + CHAR, rules.SCHAR],
  [UNSIGNED + CHAR, rules.UCHAR],
  ...both(SHORT, rules.SHORT, rules.USHORT),
  ...both(0, rules.INT, rules.UINT),
  ...both(LONG, rules.LONG, rules.ULONG),
  ...both(LONG + LONG, rules.LLONG, rules.ULLONG),
  [INT128, rules.INT128],
  [SIGNED + INT128, rules.INT128],
  [UNSIGNED + INT128, rules.UINT128],
  [FLOAT, rules.FLOAT],
  [DOUBLE, rules.DOUBLE],
  [LONG + DOUBLE, rules.LDOUBLE],
]);

/** `short`, `short int`, `signed short` and so on. */
function both(word: number, signed: CType, unsigned: CType): [number, CType][] {
  return [0, INT].flatMap((int): [number, CType][] => [
    [word + int, signed],
    [word + int + SIGNED, signed],
    [word + int + UNSIGNED, unsigned],
  ]);
}
