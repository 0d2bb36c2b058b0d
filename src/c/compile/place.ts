import type { Expr } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import type { CType, Field } from '../types.ts';
import { type Frame, unsupported } from './frame.ts';
import { accessorOf, isUnsigned, representationOf, storerOf } from './representation.ts';

/** Where an lvalue is: a JavaScript local, or an address with perhaps a bit-field in it. */
export type Lvalue =
  | { readonly kind: 'local'; readonly js: string }
  | { readonly kind: 'memory'; readonly address: string; readonly bits?: Field['bits'] };

/** C11 §6.5.3.2: the address of an lvalue or function designator; a record value is its storage. */
export function addressOf(frame: Frame, expr: Expr): string {
  switch (expr.kind) {
    case 'variable':
      return addressOfVariable(frame, expr);
    case 'member':
      return offsetBy(addressOf(frame, expr.of), expr.field.offset);
    case 'deref':
      return frame.value(expr.pointer);
    case 'string':
      return frame.context.stringAddress(expr.bytes);
    case 'compound-literal':
      return frame.compoundLiteral(expr.variable);
    case 'cast':
      // A cast to the same record type, or to a union of GNU C, is its operand's storage.
      return addressOf(frame, expr.operand);
    default:
      if (representationOf(expr.type) === 'record') {
        return frame.value(expr);
      }
      throw unsupported(expr.location, `the address of this expression (${expr.kind})`);
  }
}

function addressOfVariable(frame: Frame, expr: Extract<Expr, { kind: 'variable' }>): string {
  const { variable } = expr;
  if (variable.storage === 'function') {
    return frame.context.functionAddress(variable);
  }
  if (variable.storage === 'static') {
    return frame.context.staticAddress(variable);
  }
  const place = frame.place(variable);
  if (place.kind === 'local') {
    throw unsupported(expr.location, 'the address of a variable that was given no memory');
  }
  return place.js;
}

function offsetBy(address: string, offset: number): string {
  return offset === 0 ? address : `(${address} + ${offset})`;
}

/** The place of an lvalue, evaluated once: the address is a constant or a temporary. */
export function lvalue(frame: Frame, expr: Expr): { readonly setup: string; readonly at: Lvalue } {
  if (expr.kind === 'variable' && isLocal(frame, expr)) {
    return { setup: '', at: { kind: 'local', js: localOf(frame, expr) } };
  }
  const address = addressOf(frame, expr);
  const bits = expr.kind === 'member' ? expr.field.bits : undefined;
  const at = (js: string): Lvalue =>
    bits === undefined ? { kind: 'memory', address: js } : { kind: 'memory', address: js, bits };
  if (/^[\w$]+$/.test(address)) {
    return { setup: '', at: at(address) };
  }
  const js = frame.temporary();
  return { setup: `${js} = ${address}`, at: at(js) };
}

export function isLocal(frame: Frame, expr: Extract<Expr, { kind: 'variable' }>): boolean {
  const { storage } = expr.variable;
  return (
    storage !== 'function' && storage !== 'static' && frame.place(expr.variable).kind === 'local'
  );
}

function localOf(frame: Frame, expr: Extract<Expr, { kind: 'variable' }>): string {
  return frame.place(expr.variable).js;
}

/** Read a variable that is a local, and ask whether it was written where that is not certain. */
export function readLocal(frame: Frame, expr: Extract<Expr, { kind: 'variable' }>): string {
  const place = frame.place(expr.variable);
  if (place.kind === 'local' && place.checked) {
    return `(${place.js} === undefined ? R.uninitialized(${frame.site(expr.location)}) : ${place.js})`;
  }
  return place.js;
}

/** Read a scalar; records are their address. */
export function load(at: Lvalue, type: CType, site: number): string {
  if (at.kind === 'local') {
    return at.js;
  }
  if (representationOf(type) === 'record') {
    return at.address;
  }
  return at.bits === undefined
    ? `M.${accessorOf(type)}(${at.address}, ${site})`
    : loadBits(at.address, at.bits, type, site);
}

/** Write a scalar or copy a record; an expression without a value. */
export function store(at: Lvalue, js: string, type: CType, site: number): string {
  if (at.kind === 'local') {
    return `${at.js} = ${js}`;
  }
  if (representationOf(type) === 'record') {
    return `M.copy(${at.address}, ${js}, ${sizeOf(type)}, ${site})`;
  }
  return at.bits === undefined
    ? `M.${storerOf(type)}(${at.address}, ${js}, ${site})`
    : storeBits(at.address, at.bits, js, type, site);
}

/** Bit-fields are read as their whole storage unit, without asking whether all of it was written. */
function loadBits(
  address: string,
  bits: NonNullable<Field['bits']>,
  type: CType,
  site: number,
): string {
  const unit = sizeOf(type) * 8;
  const { width, shift } = bits;
  if (shift + width > unit) {
    const js = `M.bits(${address}, ${shift}, ${width}, ${!isUnsigned(type)}, ${site})`;
    return unit === 64 ? js : `Number(${js})`;
  }
  const raw = `M.rawU${unit}(${address}, ${site})`;
  if (unit === 64) {
    const field = `(${raw} >> ${shift}n)`;
    return `BigInt.as${isUnsigned(type) ? 'Uint' : 'Int'}N(${width}, ${field})`;
  }
  const top = 32 - shift - width;
  return isUnsigned(type)
    ? `(${raw} << ${top} >>> ${32 - width})`
    : `(${raw} << ${top} >> ${32 - width})`;
}

function storeBits(
  address: string,
  bits: NonNullable<Field['bits']>,
  js: string,
  type: CType,
  site: number,
): string {
  const unit = sizeOf(type) * 8;
  const { width, shift } = bits;
  if (shift + width > unit) {
    const value = unit === 64 ? js : `BigInt(${js})`;
    return `M.wbits(${address}, ${shift}, ${width}, ${value}, ${site})`;
  }
  const raw = `M.rawU${unit}(${address}, ${site})`;
  if (unit === 64) {
    const mask = (1n << BigInt(width)) - 1n;
    const keep = BigInt.asUintN(64, ~(mask << BigInt(shift)));
    return `M.w64(${address}, ${raw} & ${keep}n | (${js} & ${mask}n) << ${shift}n, ${site})`;
  }
  const mask = width === 32 ? -1 : (1 << width) - 1;
  return `M.w${unit}(${address}, ${raw} & ${~(mask << shift)} | (${js} & ${mask}) << ${shift}, ${site})`;
}
