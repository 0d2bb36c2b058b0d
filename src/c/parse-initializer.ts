import type { Expr, Initializer, InitializerPart, Variable } from './ast.ts';
import { printType } from './dump-type.ts';
import { sizeOf } from './layout.ts';
import { convertTo } from './parse-build.ts';
import type { Parser } from './parse-context.ts';
import {
  advance,
  currentSlot,
  type Level,
  parseDesignation,
  type Repeats,
  type Slot,
} from './parse-designation.ts';
import {
  CHAR,
  compatible,
  integerInfo,
  isIncomplete,
  isRecord,
  isVla,
  withFlexibleMember,
} from './type-rules.ts';
import type { CType } from './types.ts';

interface Progress {
  readonly parts: InitializerPart[];
  /** Elements that a list gave to the array without a length at this offset. */
  readonly lengths: Map<number, number>;
}

/**
 * initializer = assignment-expression | "{" [ element ("," element)* [ "," ] ] "}"
 *
 * C11 §6.7.9. Sets the variable's initializer, and completes its type where that has no length.
 */
export function parseInitializer(parser: Parser, variable: Variable): void {
  const { type } = variable;
  if (isVla(type)) {
    if (parser.accept('{') && parser.accept('}')) {
      return;
    }
    throw parser.error('variable-length array may not be initialized');
  }
  const progress: Progress = { parts: [], lengths: new Map() };
  const zeroed = parser.is('{') || type.kind === 'array';
  const slot: Slot = { type, offset: 0, bits: undefined };
  if (parser.is('{')) {
    parseBraced(parser, slot, progress);
  } else if (type.kind === 'array') {
    parseArrayValue(parser, slot, progress);
  } else {
    addValue(slot, parser.grammar.assignment(parser), progress);
  }
  const initializer: Initializer = { parts: progress.parts, zeroed };
  variable.initializer = initializer;
  variable.type = completed(type, progress);
}

/** `char s[] = "…"`, and in GNU C an array from a compound literal of its type. */
function parseArrayValue(parser: Parser, slot: Slot, progress: Progress): void {
  const expr = parser.grammar.assignment(parser);
  if (expr.kind === 'string' && isStringFor(slot.type, expr)) {
    addString(slot, expr, progress);
  } else if (expr.kind === 'compound-literal' && compatible(expr.type, slot.type)) {
    for (const part of expr.variable.initializer?.parts ?? []) {
      progress.parts.push(part);
    }
    if (expr.type.kind === 'array' && expr.type.length !== undefined) {
      progress.lengths.set(slot.offset, expr.type.length);
    }
  } else {
    throw parser.error('invalid initializer for an array', expr.location);
  }
}

/** C11 §6.7.9p22; a flexible array member of a static object grows the object (GNU C). */
function completed(type: CType, progress: Progress): CType {
  if (type.kind === 'array' && type.length === undefined) {
    return { ...type, length: progress.lengths.get(0) ?? 0 };
  }
  const last = isRecord(type) ? type.fields?.at(-1) : undefined;
  if (!isRecord(type) || last?.type.kind !== 'array' || last.type.length !== undefined) {
    return type;
  }
  const length = progress.lengths.get(last.offset) ?? 0;
  const size = Math.max(type.size, last.offset + length * sizeOf(last.type.of));
  return length === 0 ? type : withFlexibleMember(type, length, size);
}

/** "{" element-list "}" for the object at `slot`. */
function parseBraced(parser: Parser, slot: Slot, progress: Progress): void {
  const { type } = slot;
  parser.deepen(2);
  parser.expect('{');
  if (isStringList(parser, type)) {
    parseArrayValue(parser, slot, progress);
    endList(parser);
    parser.depth -= 2;
    return;
  }
  if (type.kind !== 'array' && !isRecord(type)) {
    parseScalarList(parser, slot, progress);
    parser.depth -= 2;
    return;
  }
  if (isIncomplete(type) && type.kind !== 'array') {
    throw parser.error(`initializer for incomplete type '${printType(type)}'`);
  }
  const levels: Level[] = [{ type, offset: slot.offset, index: 0 }];
  while (!parser.is('}')) {
    parseElement(parser, levels, progress);
    if (!parser.accept(',')) {
      break;
    }
  }
  parser.expect('}');
  parser.depth -= 2;
}

/** `{ "text" }` for an array of characters. */
function isStringList(parser: Parser, type: CType): boolean {
  return parser.token.kind === 'string' && type.kind === 'array' && isCharacter(type.of);
}

/** `int x = { 1 };`, and `{}` for 0. */
function parseScalarList(parser: Parser, slot: Slot, progress: Progress): void {
  if (parser.is('{')) {
    parseBraced(parser, slot, progress);
  } else if (!parser.is('}')) {
    addValue(slot, parser.grammar.assignment(parser), progress);
  }
  endList(parser);
}

/** Elements in excess are read and dropped, as gcc does with a warning. */
function endList(parser: Parser): void {
  while (parser.accept(',') && !parser.is('}')) {
    parser.grammar.assignment(parser);
  }
  parser.expect('}');
}

/** element = [ designator+ [ "=" ] | name ":" ] (initializer) */
function parseElement(parser: Parser, levels: Level[], progress: Progress): void {
  const repeats = parseDesignation(parser, levels);
  const first = progress.parts.length;
  const slot = currentSlot(levels);
  if (slot === undefined) {
    skipExcess(parser);
    return;
  }
  if (parser.is('{')) {
    parseBraced(parser, slot, progress);
  } else {
    placeValue(parser.grammar.assignment(parser), levels, slot, progress);
  }
  repeat(parser, progress, first, repeats);
  noteLength(levels, progress, repeats);
  const top = levels.at(-1);
  if (top !== undefined) {
    advance(top, 1 + (repeats?.level === top ? repeats.count : 0));
  }
}

function skipExcess(parser: Parser): void {
  if (parser.is('{')) {
    parser.skipBalanced();
  } else {
    parser.grammar.assignment(parser);
  }
}

/** C11 §6.7.9p20: without braces, a value belongs to the first element deep inside that it can initialize. */
function placeValue(expr: Expr, levels: Level[], start: Slot, progress: Progress): void {
  let slot = start;
  for (;;) {
    const { type } = slot;
    if (type.kind === 'array' && expr.kind === 'string' && isStringFor(type, expr)) {
      addString(slot, expr, progress);
      return;
    }
    const whole = isRecord(type) && compatible(type, expr.type);
    if (whole || (type.kind !== 'array' && !isRecord(type))) {
      addValue(slot, expr, progress);
      return;
    }
    levels.push({ type, offset: slot.offset, index: 0 });
    const inner = currentSlot(levels);
    if (inner === undefined) {
      return;
    }
    slot = inner;
  }
}

function addValue(slot: Slot, expr: Expr, progress: Progress): void {
  const value = convertTo(expr, slot.type);
  progress.parts.push(
    slot.bits === undefined
      ? { offset: slot.offset, value }
      : { offset: slot.offset, bits: slot.bits, value },
  );
}

/** C11 §6.7.9p14: as many characters as there is room for. */
function addString(slot: Slot, expr: Extract<Expr, { kind: 'string' }>, progress: Progress): void {
  const { type, offset } = slot;
  if (type.kind !== 'array' || expr.type.kind !== 'array') {
    return;
  }
  const unit = sizeOf(type.of);
  const room = type.length ?? expr.bytes.length / unit;
  const bytes = expr.bytes.subarray(0, room * unit);
  const fitted: CType = { ...type, length: bytes.length / unit };
  progress.parts.push({ offset, value: { ...expr, bytes, type: fitted } });
  if (type.length === undefined) {
    progress.lengths.set(offset, room);
  }
}

function isCharacter(type: CType): boolean {
  return integerInfo(type)?.bytes === 1 && type.kind !== 'bool';
}

function isStringFor(type: CType, expr: Expr): boolean {
  if (type.kind !== 'array' || expr.type.kind !== 'array') {
    return false;
  }
  return expr.type.of === CHAR
    ? isCharacter(type.of)
    : integerInfo(type.of)?.bytes === integerInfo(expr.type.of)?.bytes;
}

/** Ranges within ranges multiply: a line of text could fill the memory of the host. */
const MOST_PARTS = 500_000;

function repeat(
  parser: Parser,
  progress: Progress,
  first: number,
  repeats: Repeats | undefined,
): void {
  if (repeats === undefined) {
    return;
  }
  const written = progress.parts.slice(first);
  if (progress.parts.length + written.length * repeats.count > MOST_PARTS) {
    throw parser.error(`a range initializes more than ${MOST_PARTS} values`);
  }
  for (let copy = 1; copy <= repeats.count; copy++) {
    for (const part of written) {
      progress.parts.push({ ...part, offset: part.offset + copy * repeats.stride });
    }
  }
}

/** How long arrays without a length have become. */
function noteLength(levels: readonly Level[], progress: Progress, repeats?: Repeats): void {
  for (const level of levels) {
    if (level.type.kind === 'array' && level.type.length === undefined) {
      const length = level.index + 1 + (repeats?.level === level ? repeats.count : 0);
      const before = progress.lengths.get(level.offset) ?? 0;
      progress.lengths.set(level.offset, Math.max(before, length));
    }
  }
}
