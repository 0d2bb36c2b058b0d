import { integerInfo, isRecord, SCHAR, SHORT, UCHAR, USHORT } from './type-rules.ts';
import type { CType, Field, RecordType } from './types.ts';

/** Bytes of an object of this type on x86-64 (System V ABI §3.1.2); `void` and functions count 1 as in GNU C. */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'void':
    case 'function':
      return 1;
    case 'pointer':
    case 'double':
      return 8;
    case 'float':
      return 4;
    case 'ldouble':
      return 16;
    case 'array':
      if (type.vla !== undefined) {
        throw new Error('size of a variable-length array');
      }
      return (type.length ?? 0) * sizeOf(type.of);
    case 'struct':
    case 'union':
      return type.size;
    default:
      return integerInfo(type)?.bytes ?? 1;
  }
}

/** Alignment in bytes; attributes on a record are part of its type, those on a declaration are not. */
export function alignOf(type: CType): number {
  switch (type.kind) {
    case 'array':
      return alignOf(type.of);
    case 'struct':
    case 'union':
      return type.align;
    default:
      return sizeOf(type);
  }
}

/** A member as it was declared. */
export interface MemberDeclaration {
  readonly name: string;
  readonly type: CType;
  /** Width of a bit-field. */
  readonly width?: number;
  /** `__attribute__((aligned))`, `_Alignas`; 0 where none. */
  readonly align: number;
  /** Of a typedef that was used to declare it: replaces the type's own; 0 where none. */
  readonly typeAlign: number;
  readonly packed: boolean;
}

export interface RecordAttributes {
  readonly packed: boolean;
  /** 0 where none. */
  readonly align: number;
}

interface Progress {
  /** First free bit. */
  bits: number;
  /** Of the record so far, in bytes. */
  align: number;
}

/**
 * Lays out a record as gcc does for x86-64 and completes it in place:
 *
 *     struct { char c; int b : 4; int d : 30; }
 *     byte   0         1              4       8
 *            c         b in unit 0..3 d in unit 4..7 (it would straddle)
 */
export function layoutRecord(
  record: RecordType,
  members: readonly MemberDeclaration[],
  attributes: RecordAttributes,
): void {
  const fields: Field[] = [];
  const progress: Progress = { bits: 0, align: 1 };
  let largest = 0;
  for (const member of members) {
    if (record.kind === 'union') {
      progress.bits = 0;
    }
    const packed = attributes.packed || member.packed;
    const field =
      member.width === undefined
        ? placeMember(progress, member, packed)
        : placeBitField(progress, member, member.width, packed);
    if (field !== undefined) {
      fields.push(field);
    }
    largest = Math.max(largest, progress.bits);
  }
  record.align = Math.max(progress.align, attributes.align);
  record.size = roundUp(Math.ceil(largest / 8), record.align);
  record.fields = fields.map((field) => fitUnit(field, record.size));
}

function placeMember(progress: Progress, member: MemberDeclaration, packed: boolean): Field {
  const own = member.typeAlign === 0 ? alignOf(member.type) : member.typeAlign;
  const align = Math.max(packed ? 1 : own, member.align);
  const offset = roundUp(Math.ceil(progress.bits / 8), align);
  progress.bits = (offset + sizeOf(member.type)) * 8;
  progress.align = Math.max(progress.align, align);
  return { name: member.name, type: member.type, offset };
}

/** A bit-field goes in the next free bits unless it would cross a boundary of its declared type. */
function placeBitField(
  progress: Progress,
  member: MemberDeclaration,
  width: number,
  packed: boolean,
): Field | undefined {
  const unit = sizeOf(member.type) * 8;
  const natural = member.typeAlign === 0 ? unit : member.typeAlign * 8;
  if (width === 0) {
    progress.bits = roundUp(progress.bits, Math.max(natural, member.align * 8));
    return undefined;
  }
  if (member.align > 0) {
    progress.bits = roundUp(progress.bits, member.align * 8);
  }
  const { bits } = progress;
  if (!packed && Math.floor(bits / natural) * natural + unit < bits + width) {
    progress.bits = roundUp(bits, natural);
  }
  const at = progress.bits;
  progress.bits += width;
  if (member.name !== '') {
    progress.align = Math.max(progress.align, packed ? 1 : natural / 8, member.align);
  }
  return bitField(member, at, width, unit);
}

/** Offset of the storage unit, aligned where the field does not straddle one. */
function bitField(member: MemberDeclaration, at: number, width: number, unit: number): Field {
  const aligned = at - (at % unit);
  const start = at + width <= aligned + unit ? aligned : at - (at % 8);
  return {
    name: member.name,
    type: member.type,
    offset: start / 8,
    bits: { width, shift: at - start },
  };
}

/**
 * In a packed record the storage unit may reach past the end, where an access would be a stray one:
 * such a field is given a smaller unit, which changes neither its values nor its promotion.
 */
function fitUnit(field: Field, size: number): Field {
  const { bits } = field;
  if (bits === undefined || field.offset + sizeOf(field.type) <= size) {
    return field;
  }
  const at = field.offset * 8 + bits.shift;
  const unsigned = integerInfo(field.type)?.unsigned === true;
  for (const type of unsigned ? [UCHAR, USHORT] : [SCHAR, SHORT]) {
    const offset = Math.floor(at / 8);
    if ((at % 8) + bits.width <= sizeOf(type) * 8 && offset + sizeOf(type) <= size) {
      return { ...field, type, offset, bits: { width: bits.width, shift: at % 8 } };
    }
  }
  return shiftBack(field, bits, at, size);
}

/** Keep the type and move the unit back so that it ends with the record, where that is possible. */
function shiftBack(
  field: Field,
  bits: { readonly width: number },
  at: number,
  size: number,
): Field {
  const offset = size - sizeOf(field.type);
  const shift = at - offset * 8;
  return offset < 0 || shift < 0 ? field : { ...field, offset, bits: { width: bits.width, shift } };
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Byte offset of a member found by `findField`, and the member itself. */
export function offsetOfPath(path: readonly Field[]): number {
  return path.reduce((sum, field) => sum + field.offset, 0);
}

/** Does the record end in an array without a length (C11 §6.7.2.1p18), or in a record that does? */
export function hasFlexibleMember(type: CType): boolean {
  const last = isRecord(type) ? type.fields?.at(-1) : undefined;
  return last !== undefined && last.type.kind === 'array' && last.type.length === undefined;
}
