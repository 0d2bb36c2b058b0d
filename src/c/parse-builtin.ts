import type { Expr } from './ast.ts';
import { LIBRARY, NODES } from './builtins.ts';
import { fold, foldInteger } from './constant.ts';
import { offsetOfPath, sizeOf } from './layout.ts';
import { isAtomic, parseAtomic } from './parse-atomic.ts';
import {
  castTo,
  convertTo,
  integer,
  node,
  promoted,
  reference,
  requireInteger,
  rvalue,
} from './parse-build.ts';
import type { Parser } from './parse-context.ts';
import { declareImplicitly } from './parse-declaration.ts';
import { plainString } from './parse-literal.ts';
import type { Location } from './source.ts';
import type { Token } from './token.ts';
import {
  BOOL,
  compatible,
  DOUBLE,
  findField,
  FLOAT,
  INT,
  isFloat,
  isInteger,
  isRecord,
  LDOUBLE,
  LONG,
  pointerTo,
  ULONG,
  VOID,
} from './type-rules.ts';
import type { CType } from './types.ts';

/** Does the name belong to the compiler? */
export function isBuiltin(name: string): boolean {
  return name.startsWith('__builtin_') || isAtomic(name);
}

/** A builtin and, where it is called, its arguments; the cursor is behind its name. */
export function parseBuiltin(parser: Parser, token: Token): Expr {
  const { text, location } = token;
  if (isAtomic(text)) {
    return parseAtomic(parser, text, location);
  }
  const name = text.slice('__builtin_'.length);
  const special = SPECIAL.get(name);
  if (special !== undefined) {
    parser.expect('(');
    const expr = special(parser, location, name);
    parser.expect(')');
    return expr;
  }
  const type = NODES.get(name);
  if (type !== undefined) {
    const args = parseArguments(parser, location, type.params.length);
    const converted = type.params.map((param, index) => convertTo(at(args, index), param));
    return { kind: 'builtin', name, args: converted, type: type.returns, location };
  }
  const known = LIBRARY.get(name) ?? LIBRARY.get(name.replace(/^__(\w+)_chk$/, '$1'));
  const { globals, head } = parser.unit;
  if (known === undefined && !globals.has(name) && head?.globals.has(name) !== true) {
    throw parser.error(`unsupported builtin '${text}'`, location);
  }
  return reference(declareImplicitly(parser, name, location, known), location);
}

function at(args: readonly Expr[], index: number): Expr {
  const arg = args[index];
  if (arg === undefined) {
    throw new Error('argument was counted');
  }
  return arg;
}

/** "(" exactly `count` arguments ")" */
function parseArguments(parser: Parser, location: Location, count: number): Expr[] {
  parser.expect('(');
  const args = parseList(parser);
  parser.expect(')');
  if (args.length !== count) {
    throw parser.error(`${args.length} arguments where ${count} are expected`, location);
  }
  return args;
}

function parseList(parser: Parser): Expr[] {
  const args: Expr[] = [];
  while (!parser.is(')')) {
    args.push(rvalue(parser.grammar.assignment(parser)));
    if (!parser.accept(',')) {
      break;
    }
  }
  return args;
}

type Special = (parser: Parser, location: Location, name: string) => Expr;

const SPECIAL: ReadonlyMap<string, Special> = new Map<string, Special>([
  ['va_start', vaStart],
  ['c23_va_start', vaStart],
  ['va_end', (parser, location) => vaNode(parser, 'va_end', 1, location)],
  ['va_copy', (parser, location) => vaNode(parser, 'va_copy', 2, location)],
  ['va_arg', vaArg],
  ['offsetof', offsetOf],
  ['types_compatible_p', typesCompatible],
  ['choose_expr', chooseExpr],
  ['constant_p', constantP],
  ['expect', expectation],
  ['expect_with_probability', expectation],
  ['assume_aligned', firstArgument],
  ['speculation_safe_value', firstArgument],
  ['object_size', objectSize],
  ['dynamic_object_size', objectSize],
  ['classify_type', classifyType],
  ['prefetch', nothing],
  ['assume', nothing],
  ['ia32_pause', nothing],
  ['extract_return_addr', firstArgument],
  ['alloca_with_align', allocaAligned],
  ['LINE', (_, location) => integer(location.line, INT, location)],
  ['FILE', (_, location) => plainString(location.file, location)],
  ['FUNCTION', (parser, location) => plainString(parser.fn.name, location)],
  ...['add', 'sub', 'mul'].flatMap((operation): [string, Special][] => [
    [`${operation}_overflow`, overflow],
    [`${operation}_overflow_p`, overflowPredicate],
    ...['s', 'sl', 'sll', 'u', 'ul', 'ull'].map((prefix): [string, Special] => [
      `${prefix[0] ?? ''}${operation}${prefix.slice(1)}_overflow`,
      overflow,
    ]),
  ]),
  ...['', 'f', 'l'].flatMap((suffix): [string, Special][] => {
    const type = suffix === 'f' ? FLOAT : suffix === 'l' ? LDOUBLE : DOUBLE;
    return [
      [`inf${suffix}`, constantFloat(Number.POSITIVE_INFINITY, type)],
      [`huge_val${suffix}`, constantFloat(Number.POSITIVE_INFINITY, type)],
      [`nan${suffix}`, constantFloat(Number.NaN, type)],
      [`nans${suffix}`, constantFloat(Number.NaN, type)],
    ];
  }),
]);

function constantFloat(value: number, type: CType): Special {
  return (parser, location) => {
    parseList(parser);
    return { kind: 'float', value, type, location };
  };
}

/** The second argument names the last parameter: the machine does not need it. */
function vaStart(parser: Parser, location: Location): Expr {
  const [list] = parseList(parser);
  if (list === undefined) {
    throw parser.error('too few arguments to va_start', location);
  }
  return { kind: 'builtin', name: 'va_start', args: [list], type: VOID, location };
}

function vaNode(parser: Parser, name: string, count: number, location: Location): Expr {
  const args = parseList(parser);
  if (args.length !== count) {
    throw parser.error(`wrong number of arguments to ${name}`, location);
  }
  return { kind: 'builtin', name, args, type: VOID, location };
}

/** "(" assignment "," type-name ")" */
function vaArg(parser: Parser, location: Location): Expr {
  const list = rvalue(parser.grammar.assignment(parser));
  parser.expect(',');
  const { type } = parser.grammar.typeName(parser);
  return { kind: 'builtin', name: 'va_arg', args: [list], typeArgument: type, type, location };
}

/** "(" type-name "," name ("." name | "[" expression "]")* ")"; an index may be computed at run time */
function offsetOf(parser: Parser, location: Location): Expr {
  let { type } = parser.grammar.typeName(parser);
  parser.expect(',');
  let offset = 0n;
  let computed: Expr | undefined;
  for (let first = true; first || parser.is('.') || parser.is('['); first = false) {
    if (!first && parser.accept('[')) {
      if (type.kind !== 'array') {
        throw parser.error('offsetof: an index in what is no array', location);
      }
      const index = requireInteger(parser.grammar.expression(parser));
      parser.expect(']');
      ({ of: type } = type);
      const size = BigInt(sizeOf(type));
      const value = foldInteger(index);
      if (value === undefined) {
        const bytes = node(
          '*',
          castTo(index, ULONG),
          integer(size, ULONG, location),
          ULONG,
          location,
        );
        computed = computed === undefined ? bytes : node('+', computed, bytes, ULONG, location);
      } else {
        offset += value * size;
      }
    } else {
      if (!first) {
        parser.expect('.');
      }
      const name = parser.identifier().text;
      const path = isRecord(type) ? findField(type, name) : undefined;
      const field = path?.at(-1);
      if (path === undefined || field === undefined) {
        throw parser.error(`offsetof: no member named '${name}'`, location);
      }
      offset += BigInt(offsetOfPath(path));
      ({ type } = field);
    }
  }
  const known = integer(offset, ULONG, location);
  return computed === undefined ? known : node('+', known, computed, ULONG, location);
}

function typesCompatible(parser: Parser, location: Location): Expr {
  const left = parser.grammar.typeName(parser);
  parser.expect(',');
  const right = parser.grammar.typeName(parser);
  return integer(compatible(left.type, right.type, true) ? 1 : 0, INT, location);
}

/** The other expression is parsed, no more: its type does not matter. */
function chooseExpr(parser: Parser, location: Location): Expr {
  const test = foldInteger(rvalue(parser.grammar.assignment(parser)));
  parser.expect(',');
  const then = parser.grammar.assignment(parser);
  parser.expect(',');
  const otherwise = parser.grammar.assignment(parser);
  if (test === undefined) {
    throw parser.error('first argument to __builtin_choose_expr is not constant', location);
  }
  return test === 0n ? otherwise : then;
}

function constantP(parser: Parser, location: Location): Expr {
  const value = parser.grammar.assignment(parser);
  const constant = value.kind === 'string' || fold(rvalue(value)) !== undefined;
  return integer(constant ? 1 : 0, INT, location);
}

function expectation(parser: Parser, location: Location): Expr {
  const [value] = parseList(parser);
  if (value === undefined) {
    throw parser.error('too few arguments to __builtin_expect', location);
  }
  return castTo(value, LONG, location);
}

function firstArgument(parser: Parser, location: Location): Expr {
  const [value] = parseList(parser);
  if (value === undefined) {
    throw parser.error('too few arguments to a builtin', location);
  }
  return castTo(value, value.type, location);
}

/** Every object of the machine is aligned for anything. */
function allocaAligned(parser: Parser, location: Location): Expr {
  const size = firstArgument(parser, location);
  return {
    kind: 'builtin',
    name: 'alloca',
    args: [convertTo(size, ULONG)],
    type: pointerTo(VOID),
    location,
  };
}

/** Unknown: -1, or 0 where the lower bound is asked for. */
function objectSize(parser: Parser, location: Location): Expr {
  const [, kind] = parseList(parser);
  const lower = kind !== undefined && ((foldInteger(kind) ?? 0n) & 2n) !== 0n;
  return integer(lower ? 0n : -1n, ULONG, location);
}

/** The type classes of gcc's typeclass.h, after the operand's conversions. */
function classifyType(parser: Parser, location: Location): Expr {
  const { type } = rvalue(parser.grammar.expression(parser));
  const classes = { void: 0, pointer: 5, struct: 12, union: 13 } as const;
  const known = (classes as Partial<Record<CType['kind'], number>>)[type.kind];
  return integer(known ?? (isFloat(type) ? 8 : isInteger(type) ? 1 : -1), INT, location);
}

/** A hint: gcc drops it, and with `assume` even its evaluation. */
function nothing(parser: Parser, location: Location): Expr {
  parseList(parser);
  return castTo(integer(0, INT, location), VOID, location);
}

/** `__builtin_add_overflow(a, b, p)` and the forms with fixed types, which only convert first. */
function overflow(parser: Parser, location: Location, name: string): Expr {
  const args = parseList(parser);
  const [left, right, pointer] = args;
  if (left === undefined || right === undefined || pointer?.type.kind !== 'pointer') {
    throw parser.error(`invalid arguments to __builtin_${name}`, location);
  }
  const typeArgument = pointer.type.to;
  const operation = /add|sub|mul/.exec(name)?.[0] ?? 'add';
  const fixed = !name.startsWith(operation);
  const operands = [left, right].map((arg) => (fixed ? castTo(arg, typeArgument) : promoted(arg)));
  return {
    kind: 'builtin',
    name: `${operation}_overflow`,
    args: [...operands, pointer],
    typeArgument,
    type: BOOL,
    location,
  };
}

function overflowPredicate(parser: Parser, location: Location, name: string): Expr {
  const [left, right, like] = parseList(parser);
  if (left === undefined || right === undefined || like === undefined) {
    throw parser.error(`too few arguments to __builtin_${name}`, location);
  }
  const args = [promoted(left), promoted(right)];
  return { kind: 'builtin', name, args, typeArgument: like.type, type: BOOL, location };
}
