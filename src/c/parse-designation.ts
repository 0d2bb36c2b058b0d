import { sizeOf } from './layout.ts';
import { constantExpression } from './parse-attribute.ts';
import type { Parser } from './parse-context.ts';
import type { Token } from './token.ts';
import { findField, isRecord } from './type-rules.ts';
import type { CType, Field } from './types.ts';

/** An aggregate under initialization and the element whose turn it is. */
export interface Level {
  readonly type: CType;
  readonly offset: number;
  index: number;
}

/** An element: where it is and what it is. */
export interface Slot {
  readonly type: CType;
  readonly offset: number;
  readonly bits: Field['bits'];
}

/** `[3 ... 7] =`: what is written for the first is repeated for the others. */
export interface Repeats {
  readonly level: Level;
  readonly count: number;
  readonly stride: number;
}

/**
 * designation = ("." name | "[" constant [ "..." constant ] "]")+ [ "=" ] | name ":"
 *
 * C11 §6.7.9p7. Behind one, if there is one, it is the turn of the element that it names; the outermost level
 * comes first.
 */
export function parseDesignation(parser: Parser, levels: Level[]): Repeats | undefined {
  if (parser.token.kind === 'identifier' && parser.peek().text === ':') {
    const name = parser.next();
    parser.next();
    levels.length = 1;
    descendTo(parser, levels, name);
    return undefined;
  }
  if (!parser.is('.') && !parser.is('[')) {
    return undefined;
  }
  levels.length = 1;
  let repeats: Repeats | undefined;
  for (let first = true; parser.is('.') || parser.is('['); first = false) {
    if (!first) {
      enter(parser, levels);
    }
    if (parser.accept('.')) {
      descendTo(parser, levels, parser.identifier());
    } else {
      repeats = designateIndex(parser, levels) ?? repeats;
    }
  }
  parser.accept('=');
  return repeats;
}

function descendTo(parser: Parser, levels: Level[], name: Token): void {
  const top = levels.at(-1);
  const path = top !== undefined && isRecord(top.type) ? findField(top.type, name.text) : undefined;
  if (path === undefined) {
    throw parser.error(`no member named '${name.text}' to initialize`, name.location);
  }
  for (const [index, field] of path.entries()) {
    if (index > 0) {
      enter(parser, levels);
    }
    const level = levels.at(-1);
    if (level !== undefined && isRecord(level.type)) {
      level.index = level.type.fields?.indexOf(field) ?? 0;
    }
  }
}

/** Opens the designated element, so that the next designator finds its way inside. */
function enter(parser: Parser, levels: Level[]): void {
  const slot = currentSlot(levels);
  if (slot === undefined || (slot.type.kind !== 'array' && !isRecord(slot.type))) {
    throw parser.error('designator inside what is no aggregate');
  }
  levels.push({ type: slot.type, offset: slot.offset, index: 0 });
}

function designateIndex(parser: Parser, levels: Level[]): Repeats | undefined {
  const { location } = parser.next();
  const low = Number(constantExpression(parser, 'array index'));
  const high = parser.accept('...') ? Number(constantExpression(parser, 'array index')) : low;
  parser.expect(']');
  const level = levels.at(-1);
  if (level === undefined || level.type.kind !== 'array') {
    throw parser.error('array index in what is no array', location);
  }
  const { length } = level.type;
  if (low < 0 || high < low || (length !== undefined && high >= length)) {
    throw parser.error('array index out of bounds in initializer', location);
  }
  level.index = low;
  return high === low ? undefined : { level, count: high - low, stride: sizeOf(level.type.of) };
}

/** The element whose turn it is; levels that are full are left. Undefined when all are. */
export function currentSlot(levels: Level[]): Slot | undefined {
  for (;;) {
    const top = levels.at(-1);
    if (top === undefined) {
      return undefined;
    }
    const slot = slotOf(top);
    if (slot !== undefined) {
      return slot;
    }
    if (levels.length === 1) {
      return undefined;
    }
    levels.pop();
    const parent = levels.at(-1);
    if (parent !== undefined) {
      advance(parent);
    }
  }
}

function slotOf(level: Level): Slot | undefined {
  const { type, offset } = level;
  if (type.kind === 'array') {
    const open = type.length === undefined || level.index < type.length;
    const at = offset + level.index * sizeOf(type.of);
    return open ? { type: type.of, offset: at, bits: undefined } : undefined;
  }
  if (!isRecord(type) || type.fields === undefined) {
    return undefined;
  }
  const { fields } = type;
  while (isUnnamedBits(fields[level.index])) {
    level.index++;
  }
  const field = fields[level.index];
  return field === undefined
    ? undefined
    : { type: field.type, offset: offset + field.offset, bits: field.bits };
}

function isUnnamedBits(field: Field | undefined): boolean {
  return field !== undefined && field.name === '' && field.bits !== undefined;
}

/** A union holds one element: after it, the turn is its parent's. */
export function advance(level: Level, count = 1): void {
  level.index = level.type.kind === 'union' ? Number.MAX_SAFE_INTEGER : level.index + count;
}
