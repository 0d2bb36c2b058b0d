import { layoutRecord, type MemberDeclaration } from './layout.ts';
import { constantExpression, newAttributes, parseAttributes } from './parse-attribute.ts';
import type { Parser } from './parse-context.ts';
import { HeadConflict } from './head-conflict.ts';
import { printType } from './dump-type.ts';
import { unifyRecords } from './same-record.ts';
import type { EnumTag, Tagged } from './scope.ts';
import {
  compatible,
  INT,
  isInteger,
  isRecord,
  LONG,
  markTransparent,
  SCHAR,
  SHORT,
  UCHAR,
  UINT,
  ULONG,
  USHORT,
  wrapInteger,
  isIncomplete,
} from './type-rules.ts';
import type { CType, RecordType } from './types.ts';

/** record = ("struct" | "union") attributes [ tag ] [ "{" member-declaration* "}" attributes ] */
export function parseRecord(parser: Parser): CType {
  const kind = parser.next().text === 'union' ? 'union' : 'struct';
  const attributes = newAttributes();
  parseAttributes(parser, attributes);
  const tag = parser.token.kind === 'identifier' ? parser.next().text : '';
  parseAttributes(parser, attributes);
  if (!parser.is('{')) {
    return referTo(parser, kind, tag);
  }
  const record = openRecord(parser, kind, tag);
  parser.next();
  const members: MemberDeclaration[] = [];
  parser.deepen(4);
  while (!parser.accept('}')) {
    parseMembers(parser, members);
  }
  parser.depth -= 4;
  parseAttributes(parser, attributes);
  layoutRecord(record, members, attributes);
  if (attributes.transparentUnion) {
    markTransparent(record);
  }
  return parser.scope.inherits(tag) ? completeInherited(parser, tag, record) : record;
}

/** Records that shared headers only name, and a unit behind them completed. */
const lateRecords = new WeakSet<RecordType>();

/**
 * A record that the shared headers only name is completed for all units that share them: the first
 * one does, the others must say the same.
 */
function completeInherited(parser: Parser, tag: string, record: RecordType): RecordType {
  const shared = parser.scope.ownTag(tag);
  if (shared === undefined || shared.kind === 'enum') {
    throw new Error(`${tag} was looked up before`);
  }
  if (shared.fields === undefined) {
    Object.assign(shared, record);
    lateRecords.add(shared);
  } else if (!unifyRecords(shared, record)) {
    throw new HeadConflict(`${shared.kind} ${tag}`);
  }
  return shared;
}

/** C11 §6.7.2.3: `struct tag` refers to the visible one; `struct tag;` declares one of this block. */
function referTo(parser: Parser, kind: 'struct' | 'union', tag: string): CType {
  if (tag === '') {
    throw parser.error(`expected '{' or a tag after '${kind}'`);
  }
  const seen = parser.is(';') ? parser.scope.ownTag(tag) : parser.scope.findTag(tag);
  if (seen !== undefined) {
    return sameKind(parser, seen, kind, tag);
  }
  return declareRecord(parser, kind, tag);
}

function sameKind(parser: Parser, seen: Tagged, kind: 'struct' | 'union', tag: string): RecordType {
  if (seen.kind !== kind) {
    throw parser.error(`'${tag}' defined as wrong kind of tag`);
  }
  return seen;
}

function declareRecord(parser: Parser, kind: 'struct' | 'union', tag: string): RecordType {
  const record: RecordType = { kind, tag, fields: undefined, size: 0, align: 1 };
  if (tag !== '') {
    parser.scope.declareTag(tag, record);
    if (parser.scope === parser.unit.scope) {
      parser.unit.tags.set(tag, record);
    }
  }
  return record;
}

function openRecord(parser: Parser, kind: 'struct' | 'union', tag: string): RecordType {
  const seen = tag === '' ? undefined : parser.scope.ownTag(tag);
  if (seen === undefined) {
    return declareRecord(parser, kind, tag);
  }
  const record = sameKind(parser, seen, kind, tag);
  if (parser.scope.inherits(tag) && (record.fields === undefined || lateRecords.has(record))) {
    return { kind, tag, fields: undefined, size: 0, align: 1 };
  }
  if (record.fields !== undefined) {
    throw parser.error(`redefinition of '${kind} ${tag}'`);
  }
  return record;
}

/** member-declaration = static-assert | specifiers [ member-declarator ("," member-declarator)* ] ";" */
function parseMembers(parser: Parser, members: MemberDeclaration[]): void {
  if (parser.accept(';')) {
    return;
  }
  if (parser.is('_Static_assert') || parser.is('static_assert')) {
    parser.grammar.staticAssert(parser);
    return;
  }
  const group = parser.grammar.members(parser);
  parser.expect(';');
  const { anonymous } = group;
  if (anonymous !== undefined) {
    // C11 §6.7.2.1p13: an anonymous record; anything else declares nothing.
    if (isRecord(anonymous.type) && anonymous.type.fields !== undefined) {
      members.push(anonymous);
    }
    return;
  }
  for (const { location, ...member } of group.members) {
    if (member.width === undefined) {
      checkMember(parser, member.type, member.name, location);
    } else if (!isInteger(member.type)) {
      throw parser.error(`bit-field '${member.name}' has invalid type`, location);
    }
    members.push(member);
  }
}

function checkMember(
  parser: Parser,
  type: CType,
  name: string,
  location: Parser['token']['location'],
): void {
  const open = type.kind === 'array' ? isIncomplete(type.of) : isIncomplete(type);
  if (open || type.kind === 'function' || type.kind === 'void') {
    throw parser.error(`member '${name}' has incomplete type '${printType(type)}'`, location);
  }
}

/** enum = "enum" attributes [ tag ] [ ":" type ] [ "{" enumerator ("," enumerator)* [ "," ] "}" attributes ] */
export function parseEnum(parser: Parser): CType {
  parser.next();
  const attributes = newAttributes();
  parseAttributes(parser, attributes);
  const tag = parser.token.kind === 'identifier' ? parser.next().text : '';
  const fixed = parser.accept(':') ? parser.grammar.typeName(parser).type : undefined;
  if (!parser.is('{')) {
    const seen = parser.scope.findTag(tag);
    if (seen !== undefined && seen.kind !== 'enum') {
      throw parser.error(`'${tag}' defined as wrong kind of tag`);
    }
    return seen ?? declareEnum(parser, tag, fixed ?? UINT);
  }
  parser.next();
  const values: { name: string; value: bigint }[] = [];
  let next = 0n;
  while (!parser.is('}')) {
    const name = parser.identifier().text;
    parseAttributes(parser, attributes);
    const value = parser.accept('=') ? constantExpression(parser, `enumerator '${name}'`) : next;
    next = value + 1n;
    values.push({ name, value });
    parser.scope.declare(name, { kind: 'constant', value, type: enumeratorType(value) });
    if (!parser.accept(',')) {
      break;
    }
  }
  parser.expect('}');
  parseAttributes(parser, attributes);
  const underlying = fixed ?? underlyingType(values, attributes.packed);
  const seen = tag === '' ? undefined : parser.scope.ownTag(tag);
  if (seen?.kind === 'enum') {
    if (parser.scope.inherits(tag) && !compatible(seen.underlying, underlying)) {
      throw new HeadConflict(`enum ${tag}`);
    }
    seen.underlying = underlying;
    return seen;
  }
  return declareEnum(parser, tag, underlying);
}

function declareEnum(parser: Parser, tag: string, underlying: CType): Tagged {
  const type: EnumTag = { kind: 'enum', tag, underlying };
  if (tag !== '') {
    parser.scope.declareTag(tag, type);
    if (parser.scope === parser.unit.scope) {
      parser.unit.tags.set(tag, type);
    }
  }
  return type;
}

/** `int` where it fits (C11 §6.4.4.3), as wide as gcc makes it otherwise. */
function enumeratorType(value: bigint): CType {
  return [INT, UINT, LONG].find((type) => wrapInteger(value, type) === value) ?? ULONG;
}

/** gcc: unsigned where nothing is negative; as small as fits when packed. */
function underlyingType(values: readonly { value: bigint }[], packed: boolean): CType {
  const negative = values.some(({ value }) => value < 0n);
  const wide = negative ? [INT, LONG] : [UINT, ULONG];
  const narrow = negative ? [SCHAR, SHORT] : [UCHAR, USHORT];
  const candidates = packed ? [...narrow, ...wide] : wide;
  return (
    candidates.find((type) => values.every(({ value }) => wrapInteger(value, type) === value)) ??
    ULONG
  );
}
