import { sizeOf } from '../layout.ts';
import type { CType } from '../types.ts';

/**
 * How values of a C type look in generated JavaScript:
 *
 *     number   integers up to 32 bits, in range of their type; bool is 0 or 1
 *     bigint   integers of 64 and 128 bits, in range of their type
 *     pointer  an address: a number; float: a number; record: the address of its storage
 */
export type Representation = 'number' | 'bigint' | 'pointer' | 'float' | 'record' | 'void';

export function representationOf(type: CType): Representation {
  switch (type.kind) {
    case 'bool':
    case 'char':
    case 'schar':
    case 'uchar':
    case 'short':
    case 'ushort':
    case 'int':
    case 'uint':
      return 'number';
    case 'long':
    case 'ulong':
    case 'llong':
    case 'ullong':
    case 'int128':
    case 'uint128':
      return 'bigint';
    case 'enum':
      return representationOf(type.underlying);
    case 'float':
    case 'double':
    case 'ldouble':
      return 'float';
    case 'pointer':
    case 'function':
      return 'pointer';
    case 'array':
    case 'struct':
    case 'union':
      return 'record';
    case 'void':
      return 'void';
  }
}

export function isUnsigned(type: CType): boolean {
  switch (type.kind) {
    case 'bool':
    case 'uchar':
    case 'ushort':
    case 'uint':
    case 'ulong':
    case 'ullong':
    case 'uint128':
    case 'pointer':
      return true;
    case 'enum':
      return isUnsigned(type.underlying);
    default:
      return false;
  }
}

/** Width in bits of an integer type. */
export function widthOf(type: CType): number {
  return type.kind === 'bool' ? 1 : sizeOf(type) * 8;
}

/** The suffix of Memory's accessors for a scalar: `i32`, `u64`, `ptr`, … */
export function accessorOf(type: CType): string {
  switch (type.kind) {
    case 'pointer':
    case 'function':
      return 'ptr';
    case 'float':
      return 'f32';
    case 'double':
    case 'ldouble':
      return 'f64';
    case 'enum':
      return accessorOf(type.underlying);
    default:
      return `${isUnsigned(type) ? 'u' : 'i'}${sizeOf(type) * 8}`;
  }
}

/** The Memory method that stores a scalar: signedness does not matter. */
export function storerOf(type: CType): string {
  return `w${accessorOf(type).replace(/^[iu]/, '')}`;
}

/** Bring a JavaScript value of the same representation into the range of an integer type. */
export function wrap(js: string, type: CType): string {
  const width = widthOf(type);
  if (representationOf(type) === 'bigint') {
    return `BigInt.as${isUnsigned(type) ? 'Uint' : 'Int'}N(${width}, ${js})`;
  }
  switch (width) {
    case 1:
      return `(${js} ? 1 : 0)`;
    case 8:
      return isUnsigned(type) ? `(${js} & 255)` : `(${js} << 24 >> 24)`;
    case 16:
      return isUnsigned(type) ? `(${js} & 65535)` : `(${js} << 16 >> 16)`;
    default:
      return isUnsigned(type) ? `(${js} >>> 0)` : `(${js} | 0)`;
  }
}

/** True when every value of `from` is a value of `to`: no code is needed then. */
export function fits(from: CType, to: CType): boolean {
  const [a, b] = [widthOf(from), widthOf(to)];
  return isUnsigned(from) === isUnsigned(to) ? a <= b : isUnsigned(from) && a < b;
}

/** C11 §6.3: convert a JavaScript expression for a value of `from` to one for `to`. */
export function convert(js: string, from: CType, to: CType): string {
  const [source, target] = [representationOf(from), representationOf(to)];
  if (to.kind === 'bool' && from.kind !== 'bool') {
    return source === 'bigint' ? `(${js} !== 0n ? 1 : 0)` : `(${js} !== 0 ? 1 : 0)`;
  }
  switch (target) {
    case 'void':
    case 'record':
      return js;
    case 'number':
      return toNumber(js, from, to);
    case 'bigint':
      return toBigInt(js, from, to);
    case 'pointer':
      return source === 'bigint' ? `Number(BigInt.asIntN(64, ${js}))` : js;
    case 'float': {
      const number = source === 'bigint' ? `Number(${js})` : js;
      return to.kind === 'float' && from.kind !== 'float' ? `Math.fround(${number})` : number;
    }
  }
}

function toNumber(js: string, from: CType, to: CType): string {
  switch (representationOf(from)) {
    case 'number':
      return fits(from, to) ? js : wrap(js, to);
    case 'bigint':
      return wrapNarrow(`Number(BigInt.as${isUnsigned(to) ? 'Uint' : 'Int'}N(32, ${js}))`, to);
    case 'float':
      return wrap(`Math.trunc(${js})`, to);
    default:
      return wrap(js, to);
  }
}

/** The value is in 32 bits already; narrower types still need their own wrap. */
function wrapNarrow(js: string, to: CType): string {
  return widthOf(to) === 32 ? js : wrap(js, to);
}

function toBigInt(js: string, from: CType, to: CType): string {
  switch (representationOf(from)) {
    case 'number':
      return isUnsigned(to) && !isUnsigned(from) ? wrap(`BigInt(${js})`, to) : `BigInt(${js})`;
    case 'bigint':
      return fits(from, to) ? js : wrap(js, to);
    case 'float':
      return wrap(`R.truncate(${js})`, to);
    default:
      return wrap(`BigInt(${js})`, to);
  }
}

/** A JavaScript literal of an integer constant. */
export function literal(value: bigint, type: CType): string {
  const text = representationOf(type) === 'bigint' ? `${value}n` : `${value}`;
  return value < 0n ? `(${text})` : text;
}
