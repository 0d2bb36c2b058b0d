import type { CType, Field, FloatKind, FunctionType, IntegerKind, RecordType } from './types.ts';

export const VOID: CType = { kind: 'void' };
export const BOOL: CType = { kind: 'bool' };
export const CHAR: CType = { kind: 'char' };
export const SCHAR: CType = { kind: 'schar' };
export const UCHAR: CType = { kind: 'uchar' };
export const SHORT: CType = { kind: 'short' };
export const USHORT: CType = { kind: 'ushort' };
export const INT: CType = { kind: 'int' };
export const UINT: CType = { kind: 'uint' };
export const LONG: CType = { kind: 'long' };
export const ULONG: CType = { kind: 'ulong' };
export const LLONG: CType = { kind: 'llong' };
export const ULLONG: CType = { kind: 'ullong' };
export const INT128: CType = { kind: 'int128' };
export const UINT128: CType = { kind: 'uint128' };
export const FLOAT: CType = { kind: 'float' };
export const DOUBLE: CType = { kind: 'double' };
export const LDOUBLE: CType = { kind: 'ldouble' };

/** Bytes and conversion rank (C11 §6.3.1.1) of the integer types of x86-64. */
const INTEGERS: Readonly<Record<IntegerKind, { bytes: number; rank: number; unsigned: boolean }>> =
  {
    bool: { bytes: 1, rank: 0, unsigned: true },
    char: { bytes: 1, rank: 1, unsigned: false },
    schar: { bytes: 1, rank: 1, unsigned: false },
    uchar: { bytes: 1, rank: 1, unsigned: true },
    short: { bytes: 2, rank: 2, unsigned: false },
    ushort: { bytes: 2, rank: 2, unsigned: true },
    int: { bytes: 4, rank: 3, unsigned: false },
    uint: { bytes: 4, rank: 3, unsigned: true },
    long: { bytes: 8, rank: 4, unsigned: false },
    ulong: { bytes: 8, rank: 4, unsigned: true },
    llong: { bytes: 8, rank: 5, unsigned: false },
    ullong: { bytes: 8, rank: 5, unsigned: true },
    int128: { bytes: 16, rank: 6, unsigned: false },
    uint128: { bytes: 16, rank: 6, unsigned: true },
  };

const UNSIGNED: Partial<Record<CType['kind'], CType>> = {
  int: UINT,
  long: ULONG,
  llong: ULLONG,
  int128: UINT128,
};

const FLOAT_RANK: Readonly<Record<FloatKind, number>> = { float: 0, double: 1, ldouble: 2 };

/** Enumerations count as their underlying integer type. */
export function integerInfo(
  type: CType,
): { bytes: number; rank: number; unsigned: boolean } | undefined {
  return type.kind === 'enum'
    ? integerInfo(type.underlying)
    : (INTEGERS as Partial<Record<string, (typeof INTEGERS)['int']>>)[type.kind];
}

export function isInteger(type: CType): boolean {
  return type.kind in INTEGERS || type.kind === 'enum';
}

export function isFloat(type: CType): type is { readonly kind: FloatKind } {
  return type.kind === 'float' || type.kind === 'double' || type.kind === 'ldouble';
}

export function isArithmetic(type: CType): boolean {
  return isInteger(type) || isFloat(type);
}

export function isScalar(type: CType): boolean {
  return type.kind === 'pointer' || isArithmetic(type);
}

export function isRecord(type: CType): type is RecordType {
  return type.kind === 'struct' || type.kind === 'union';
}

const pointers = new WeakMap<CType, CType>();

/** Pointer to `to`; `qualified` says `const`, `volatile` or both of what it points to. */
export function pointerTo(to: CType, qualified?: Qualified): CType {
  if (qualified !== undefined) {
    return { kind: 'pointer', to, qualified };
  }
  let type = pointers.get(to);
  if (type === undefined) {
    type = { kind: 'pointer', to };
    pointers.set(to, type);
  }
  return type;
}

export type Qualified = 'const' | 'volatile' | 'const volatile';

export const CONST = 1;
export const VOLATILE = 2;

/** A set of qualifier bits as a pointer type keeps it. */
export function qualifiedBy(bits: number): Qualified | undefined {
  const names = [undefined, 'const', 'volatile', 'const volatile'] as const;
  return names[bits & 3];
}

/** C11 §6.3.1.1p2, with the width of a bit-field where the operand is one. */
export function promote(type: CType, bits?: Field['bits']): CType {
  const info = integerInfo(type);
  if (info === undefined) {
    return type;
  }
  if (bits !== undefined && bits.width <= 32) {
    return bits.width === 32 && info.unsigned ? UINT : INT;
  }
  if (type.kind === 'enum') {
    return promote(type.underlying);
  }
  return info.rank < 3 ? INT : type;
}

/** C11 §6.5.2.2p6: what an argument becomes where no prototype says so. */
export function promoteArgument(type: CType, bits?: Field['bits']): CType {
  return type.kind === 'float' ? DOUBLE : promote(type, bits);
}

/** C11 §6.3.1.8, on two arithmetic types; integers are promoted already. */
export function usualArithmetic(left: CType, right: CType): CType {
  if (isFloat(left) || isFloat(right)) {
    return widerFloat(left, right);
  }
  const a = integerInfo(left);
  const b = integerInfo(right);
  if (a === undefined || b === undefined) {
    throw new Error(`usual arithmetic conversions of ${left.kind} and ${right.kind}`);
  }
  if (a.unsigned === b.unsigned) {
    return a.rank >= b.rank ? left : right;
  }
  const [unsigned, signed] = a.unsigned ? [left, right] : [right, left];
  const [u, s] = a.unsigned ? [a, b] : [b, a];
  if (u.rank >= s.rank) {
    return unsigned;
  }
  return s.bytes > u.bytes ? signed : (UNSIGNED[signed.kind] ?? unsigned);
}

function widerFloat(left: CType, right: CType): CType {
  if (!isFloat(left)) {
    return right;
  }
  if (!isFloat(right)) {
    return left;
  }
  return FLOAT_RANK[left.kind] >= FLOAT_RANK[right.kind] ? left : right;
}

/** The value as the integer type holds it: two's complement, wrapped (C11 §6.3.1.3). */
export function wrapInteger(value: bigint, type: CType): bigint {
  if (type.kind === 'bool') {
    return value === 0n ? 0n : 1n;
  }
  const info = integerInfo(type) ?? { bytes: 8, unsigned: true };
  return info.unsigned
    ? BigInt.asUintN(info.bytes * 8, value)
    : BigInt.asIntN(info.bytes * 8, value);
}

const origins = new WeakMap<RecordType, RecordType>();

/** A record whose flexible array member an initializer gave a length: the same type to C. */
export function withFlexibleMember(record: RecordType, length: number, size: number): RecordType {
  const fields = [...(record.fields ?? [])];
  const last = fields.pop();
  if (last !== undefined && last.type.kind === 'array') {
    fields.push({ ...last, type: { ...last.type, length } });
  }
  const type: RecordType = { ...record, fields, size };
  origins.set(type, origins.get(record) ?? record);
  return type;
}

/** The declared type behind one of `withFlexibleMember`: `sizeof` does not count what an initializer added. */
export function originOf(type: CType): CType {
  return isRecord(type) ? (origins.get(type) ?? type) : type;
}

/** The record is another one, declared again: the same type to C. */
export function markSame(record: RecordType, other: RecordType): void {
  origins.set(record, origins.get(other) ?? other);
}

const transparent = new WeakSet<CType>();

/** `__attribute__((transparent_union))`: an argument may have the type of any member. */
export function markTransparent(type: CType): void {
  transparent.add(type);
}

export function isTransparent(type: CType): boolean {
  return transparent.has(type);
}

/**
 * C11 §6.2.7, qualifiers ignored; `exact` also asks for the same `const` and `volatile` behind
 * pointers (those of record members and array elements are not kept).
 */
export function compatible(left: CType, right: CType, exact = false): boolean {
  if (left === right) {
    return true;
  }
  if (left.kind === 'enum' || right.kind === 'enum') {
    return enumCompatible(left, right);
  }
  if (isRecord(left) && isRecord(right)) {
    return (origins.get(left) ?? left) === (origins.get(right) ?? right);
  }
  if (left.kind === 'pointer' && right.kind === 'pointer') {
    return (!exact || left.qualified === right.qualified) && compatible(left.to, right.to, exact);
  }
  if (left.kind === 'array' && right.kind === 'array') {
    const open = left.length === undefined || right.length === undefined;
    return (open || left.length === right.length) && compatible(left.of, right.of, exact);
  }
  if (left.kind === 'function' && right.kind === 'function') {
    return functionsCompatible(left, right, exact);
  }
  return left.kind === right.kind;
}

/** Two enumerations are compatible when they are one; an enumeration is with its underlying type. */
function enumCompatible(left: CType, right: CType): boolean {
  if (left.kind === 'enum' && right.kind === 'enum') {
    return false;
  }
  const under = left.kind === 'enum' ? left.underlying : left;
  return under.kind === (right.kind === 'enum' ? right.underlying : right).kind;
}

function functionsCompatible(left: FunctionType, right: FunctionType, exact: boolean): boolean {
  if (!compatible(left.returns, right.returns, exact)) {
    return false;
  }
  if (left.unprototyped || right.unprototyped) {
    return true;
  }
  return (
    left.variadic === right.variadic &&
    left.params.length === right.params.length &&
    left.params.every((param, index) => {
      const other = right.params[index];
      return other !== undefined && compatible(param, other, exact);
    })
  );
}

/** C11 §6.2.7p3: what two compatible declarations say together. */
export function composite(left: CType, right: CType): CType {
  if (left.kind === 'array' && right.kind === 'array') {
    return left.length === undefined && left.vla === undefined ? right : left;
  }
  if (left.kind === 'function' && right.kind === 'function') {
    return left.unprototyped && !right.unprototyped ? right : left;
  }
  return left;
}

export function isIncomplete(type: CType): boolean {
  if (type.kind === 'array') {
    return (type.length === undefined && type.vla === undefined) || isIncomplete(type.of);
  }
  return isRecord(type) && type.fields === undefined;
}

/** An array whose size is only known when it is declared. */
export function isVla(type: CType): boolean {
  return type.kind === 'array' && (type.vla !== undefined || isVla(type.of));
}

/** The members on the way to `name`, through anonymous records; undefined where there is none. */
export function findField(record: RecordType, name: string): readonly Field[] | undefined {
  for (const field of record.fields ?? []) {
    if (field.name === name) {
      return [field];
    }
    if (field.name === '' && field.bits === undefined && isRecord(field.type)) {
      const rest = findField(field.type, name);
      if (rest !== undefined) {
        return [field, ...rest];
      }
    }
  }
  return undefined;
}
