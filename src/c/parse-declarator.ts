import type { Expr, Variable } from './ast.ts';
import { foldInteger } from './constant.ts';
import {
  type Attributes,
  constantExpression,
  mergeAttributes,
  newAttributes,
  parseAttributes,
  typeOfMode,
} from './parse-attribute.ts';
import { castTo, integer, requireInteger } from './parse-build.ts';
import type { MemberGroup, Parser } from './parse-context.ts';
import { parseSpecifiers, type Specifiers, startsType } from './parse-specifiers.ts';
import { Scope, type Declared } from './scope.ts';
import type { Location } from './source.ts';
import { CONST, isRecord, isVla, pointerTo, qualifiedBy, ULONG, VOLATILE } from './type-rules.ts';
import type { CType, FunctionType } from './types.ts';

interface FunctionPart {
  readonly kind: 'function';
  readonly params: readonly Variable[];
  readonly variadic: boolean;
  readonly unprototyped: boolean;
  /** Names of an old-style definition, in order. */
  readonly names: readonly string[];
  /** Where the parameters are declared: the body's scope lies inside. */
  readonly scope: Scope;
}

/** C11 6.4.1: words that begin statements; without a type before them they must not pass for a name. */
const STATEMENT_WORDS: ReadonlySet<string> = new Set(
  'break case continue default do else for goto if return switch while'.split(' '),
);

/** What stands around the name, from the base type outwards. */
type Part =
  | { readonly kind: 'pointer'; readonly qualifiers: number }
  | { readonly kind: 'array'; readonly length: number | undefined; readonly vla: Expr | undefined }
  | FunctionPart;

export interface Declarator {
  /** '' in an abstract declarator. */
  readonly name: string;
  readonly location: Location;
  readonly type: CType;
  readonly qualifiers: number;
  /** Alignment by a typedef that the type was named with; lost behind a pointer or a function. */
  readonly typeAlign: number;
  /** Set when it declares a function itself, not a pointer to one. */
  readonly definition: FunctionPart | undefined;
  readonly attributes: Attributes;
}

/** declarator = pointer* direct-declarator attributes */
export function parseDeclarator(parser: Parser, base: Specifiers | Declared): Declarator {
  const parts: Part[] = [];
  const attributes = newAttributes();
  const { location } = parser.token;
  const name = parseParts(parser, parts, attributes);
  parseAttributes(parser, attributes);
  let { type, qualifiers } = base;
  let typeAlign = 'typeAlign' in base ? base.typeAlign : base.align;
  for (const part of parts) {
    ({ type, qualifiers } = applyPart(parser, part, type, qualifiers));
    typeAlign = part.kind === 'array' ? typeAlign : 0;
  }
  if (attributes.mode !== undefined) {
    type = typeOfMode(parser, attributes.mode, type, location);
  }
  if ('attributes' in base) {
    mergeAttributes(attributes, base.attributes);
  }
  const last = parts.at(-1);
  return {
    name: name?.text ?? '',
    location: name?.location ?? location,
    type,
    qualifiers,
    typeAlign,
    definition: last?.kind === 'function' ? last : undefined,
    attributes,
  };
}

/** Pushes the parts in the order in which they apply to the base type; yields the declared name. */
function parseParts(
  parser: Parser,
  parts: Part[],
  attributes: Attributes,
): Parser['token'] | undefined {
  parseAttributes(parser, attributes);
  while (parser.is('*') || parser.is('^')) {
    parser.next();
    parts.push({ kind: 'pointer', qualifiers: parseQualifiers(parser, attributes) });
  }
  let name: Parser['token'] | undefined;
  const inner: Part[] = [];
  if (parser.is('(') && isNested(parser)) {
    parser.next();
    parser.deepen(2);
    name = parseParts(parser, inner, attributes);
    parser.depth -= 2;
    parser.expect(')');
  } else if (parser.token.kind === 'identifier') {
    if (STATEMENT_WORDS.has(parser.token.text)) {
      throw parser.error(`expected a declaration before '${parser.token.text}'`);
    }
    name = parser.next();
  }
  const suffixes: Part[] = [];
  for (;;) {
    if (parser.is('[') && parser.peek().text !== '[') {
      suffixes.push(parseArray(parser));
    } else if (parser.is('(')) {
      suffixes.push(parseParameters(parser));
    } else {
      break;
    }
  }
  parts.push(...suffixes.toReversed(), ...inner);
  return name;
}

/** `(*f)(void)` against `(void)`: does a declarator or a parameter list stand in the parentheses? */
function isNested(parser: Parser): boolean {
  const { text } = parser.peek();
  if (text === ')') {
    return false;
  }
  return text === '__attribute__' || !(startsType(parser, 1) || text === '...');
}

function parseQualifiers(parser: Parser, attributes: Attributes): number {
  let qualifiers = 0;
  for (;;) {
    switch (parser.token.text) {
      case 'const':
      case '__const':
      case '__const__':
        qualifiers |= CONST;
        break;
      case 'volatile':
      case '__volatile':
      case '__volatile__':
        qualifiers |= VOLATILE;
        break;
      case 'restrict':
      case '__restrict':
      case '__restrict__':
      case '_Atomic':
      case '_Nonnull':
      case '_Nullable':
        break;
      case '__attribute__':
      case '__attribute':
        parseAttributes(parser, attributes);
        continue;
      default:
        return qualifiers;
    }
    parser.next();
  }
}

/** "[" [ "static" ] qualifier* [ assignment-expression | "*" ] "]" */
function parseArray(parser: Parser): Part {
  parser.next();
  for (;;) {
    parseQualifiers(parser, newAttributes());
    if (!parser.accept('static')) {
      break;
    }
  }
  if (parser.accept(']')) {
    return { kind: 'array', length: undefined, vla: undefined };
  }
  if (parser.is('*') && parser.peek().text === ']') {
    parser.next();
    parser.next();
    return { kind: 'array', length: undefined, vla: undefined };
  }
  const { location } = parser.token;
  const expr = requireInteger(parser.grammar.assignment(parser));
  parser.expect(']');
  const value = foldInteger(expr);
  if (value === undefined) {
    return { kind: 'array', length: undefined, vla: castTo(expr, ULONG) };
  }
  // A size of type size_t that wrapped around is as negative as one of type int: `[-offsetof(…)]`.
  const length = BigInt.asIntN(64, value);
  if (length < 0n || length > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw parser.error('size of array is negative or too large', location);
  }
  return { kind: 'array', length: Number(length), vla: undefined };
}

/** "(" [ parameter ("," parameter)* [ "," "..." ] ] ")", or the names of an old-style definition */
function parseParameters(parser: Parser): Part {
  const outer = parser.scope;
  const scope = new Scope(outer);
  parser.next();
  if (parser.accept(')')) {
    return { kind: 'function', params: [], variadic: false, unprototyped: true, names: [], scope };
  }
  const listed = parser.peek().text === ',' || parser.peek().text === ')';
  if (listed && parser.token.kind === 'identifier' && !startsType(parser)) {
    return { ...oldStyleNames(parser), scope };
  }
  parser.scope = scope;
  const params: Variable[] = [];
  let variadic = false;
  try {
    do {
      if (parser.accept('...')) {
        variadic = true;
        break;
      }
      parseParameter(parser, params);
    } while (parser.accept(','));
  } finally {
    parser.scope = outer;
  }
  parser.expect(')');
  return { kind: 'function', params, variadic, unprototyped: false, names: [], scope };
}

function oldStyleNames(parser: Parser): Omit<FunctionPart, 'scope'> {
  const names: string[] = [];
  do {
    names.push(parser.identifier().text);
  } while (parser.accept(','));
  parser.expect(')');
  return { kind: 'function', params: [], variadic: false, unprototyped: true, names };
}

function parseParameter(parser: Parser, params: Variable[]): void {
  const specifiers = parseSpecifiers(parser);
  parser.deepen(3);
  const declarator = parseDeclarator(parser, specifiers);
  parser.depth -= 3;
  const lone = params.length === 0 && declarator.name === '' && parser.is(')');
  if (declarator.type.kind === 'void' && lone) {
    return;
  }
  params.push(declareParameter(parser, declarator));
}

/** C11 §6.7.6.3p7 and p8: arrays and functions are pointers. */
export function declareParameter(parser: Parser, declarator: Declarator): Variable {
  const { name, location, attributes } = declarator;
  const type = adjustParameter(declarator.type, declarator.qualifiers);
  const variable: Variable = {
    name,
    type,
    location,
    storage: 'parameter',
    internal: true,
    defined: true,
    addressTaken: isRecord(type),
    attributes: attributes.names,
  };
  if (name !== '') {
    parser.scope.declare(name, { kind: 'variable', variable });
  }
  return variable;
}

function adjustParameter(type: CType, qualifiers: number): CType {
  if (type.kind === 'array') {
    return pointerTo(type.of, qualifiedBy(qualifiers));
  }
  return type.kind === 'function' ? pointerTo(type) : type;
}

function applyPart(
  parser: Parser,
  part: Part,
  type: CType,
  qualifiers: number,
): { type: CType; qualifiers: number } {
  switch (part.kind) {
    case 'pointer':
      return { type: pointerTo(type, qualifiedBy(qualifiers)), qualifiers: part.qualifiers };
    case 'array':
      return { type: arrayOf(parser, part, type), qualifiers };
    case 'function': {
      if (type.kind === 'array' || type.kind === 'function') {
        throw parser.error(`a function cannot return a ${type.kind}`);
      }
      const { params, variadic, unprototyped } = part;
      const fn: FunctionType = {
        kind: 'function',
        returns: type,
        params: params.map((param) => param.type),
        variadic,
        unprototyped,
      };
      return { type: fn, qualifiers: 0 };
    }
  }
}

/** Over variable-length elements a constant length is an expression as well, so that `vla` tells. */
function arrayOf(parser: Parser, part: Extract<Part, { kind: 'array' }>, of: CType): CType {
  if (of.kind === 'function' || of.kind === 'void') {
    throw parser.error(`array of ${of.kind}`);
  }
  const { length } = part;
  const vla =
    part.vla ??
    (isVla(of) && length !== undefined ? integer(length, ULONG, parser.token.location) : undefined);
  return vla === undefined
    ? { kind: 'array', of, length }
    : { kind: 'array', of, length: undefined, vla };
}

/** type-name = specifiers [ abstract-declarator ] */
export function parseTypeName(parser: Parser): Declared {
  const specifiers = parseSpecifiers(parser);
  const { type, qualifiers, typeAlign } = parseDeclarator(parser, specifiers);
  return { type, qualifiers, align: typeAlign };
}

/** member-declaration = specifiers [ member-declarator ("," member-declarator)* ] */
export function parseMemberGroup(parser: Parser): MemberGroup {
  const specifiers = parseSpecifiers(parser);
  const { attributes } = specifiers;
  if (parser.is(';')) {
    const anonymous = {
      name: '',
      type: specifiers.type,
      align: Math.max(attributes.align, specifiers.align),
      typeAlign: specifiers.typeAlign,
      packed: attributes.packed,
    };
    return { anonymous, members: [] };
  }
  const members: MemberGroup['members'][number][] = [];
  do {
    members.push(parseMember(parser, specifiers));
  } while (parser.accept(','));
  return { members };
}

/** member-declarator = declarator | [ declarator ] ":" constant-expression */
function parseMember(parser: Parser, specifiers: Specifiers): MemberGroup['members'][number] {
  const declarator = parseDeclarator(parser, specifiers);
  const { name, type, attributes, location, typeAlign } = declarator;
  let width: number | undefined;
  if (parser.accept(':')) {
    width = Number(constantExpression(parser, 'bit-field width'));
    parseAttributes(parser, attributes);
  }
  const member = {
    name,
    type,
    location,
    align: Math.max(attributes.align, specifiers.align),
    typeAlign,
    packed: attributes.packed,
  };
  return width === undefined ? member : { ...member, width };
}
