import type { BinaryOperator, Expr, Variable } from './ast.ts';
import { foldInteger } from './constant.ts';
import { sizeOf } from './layout.ts';
import { printType } from './dump-type.ts';
import { CError, type Location } from './source.ts';
import {
  CHAR,
  compatible,
  composite,
  isArithmetic,
  isInteger,
  isIncomplete,
  isRecord,
  isScalar,
  isTransparent,
  isVla,
  LONG,
  originOf,
  pointerTo,
  promote,
  ULONG,
  usualArithmetic,
  VOID,
  wrapInteger,
} from './type-rules.ts';
import type { CType, Field } from './types.ts';

/** Typed nodes with their conversions (C11 §6.3, §6.5); every function throws CError on a constraint. */

export function integer(value: bigint | number, type: CType, location: Location): Expr {
  return { kind: 'int', value: wrapInteger(BigInt(value), type), type, location };
}

export function reference(variable: Variable, location: Location): Expr {
  return { kind: 'variable', variable, type: variable.type, location };
}

/** C11 §6.3.2.1: arrays and functions become pointers; anything else stands for its value already. */
export function rvalue(expr: Expr): Expr {
  const { type, location } = expr;
  if (type.kind === 'array') {
    takeAddress(expr);
    return { kind: 'address', of: expr, type: pointerTo(type.of), location };
  }
  return type.kind === 'function'
    ? { kind: 'address', of: expr, type: pointerTo(type), location }
    : expr;
}

/** Notes that the object behind an lvalue needs memory. */
export function takeAddress(expr: Expr): void {
  let inner = expr;
  while (inner.kind === 'member') {
    inner = inner.of;
  }
  if (inner.kind === 'variable' || inner.kind === 'compound-literal') {
    inner.variable.addressTaken = true;
  }
}

/** The width of a bit-field, or of a value that still has a bit-field's type, as gcc has it. */
export function bitsOf(expr: Expr): Field['bits'] {
  switch (expr.kind) {
    case 'member':
      return expr.field.bits;
    case 'assign':
    case 'update':
      return bitsOf(expr.left);
    case 'comma':
      return bitsOf(expr.right);
    default:
      return undefined;
  }
}

function sameScalar(left: CType, right: CType): boolean {
  return left === right || (left.kind === right.kind && compatible(left, right));
}

/** `(T)e` on a value: constants are converted at once, equal types need no node. */
export function castTo(operand: Expr, type: CType, location: Location = operand.location): Expr {
  const from = operand.type;
  if (type.kind !== 'void' && sameScalar(from, type)) {
    return operand;
  }
  if (operand.kind === 'int' && isInteger(from) && isInteger(type)) {
    return integer(operand.value, type, operand.location);
  }
  return { kind: 'cast', operand, type, location };
}

/** A cast that the source spells (C11 §6.5.4): the node's type is always the one that was written. */
export function explicitCast(expr: Expr, type: CType, location: Location): Expr {
  const operand = rvalue(expr);
  if (type.kind === 'void') {
    return { kind: 'cast', operand, type, location };
  }
  if (isRecord(type) && compatible(operand.type, type)) {
    return operand;
  }
  if (!isScalar(type) || !isScalar(operand.type)) {
    throw new CError(
      location,
      `conversion from '${printType(operand.type)}' to '${printType(type)}'`,
    );
  }
  if (operand.kind === 'int' && isInteger(operand.type) && isInteger(type)) {
    return integer(operand.value, type, location);
  }
  return operand.type === type && operand.kind === 'cast'
    ? operand
    : { kind: 'cast', operand, type, location };
}

/** C11 §6.5.16.1, as lenient as gcc is: pointers and integers convert to each other. */
export function convertTo(expr: Expr, type: CType): Expr {
  const value = rvalue(expr);
  if (isRecord(type) || isRecord(value.type)) {
    if (compatible(type, value.type)) {
      return value;
    }
    if (type.kind === 'union' && isTransparent(type)) {
      return transparentArgument(value, type);
    }
  } else if (isScalar(type) && isScalar(value.type)) {
    return castTo(value, type);
  } else if (type.kind === 'void') {
    return castTo(value, type);
  }
  throw new CError(
    expr.location,
    `incompatible types: '${printType(type)}' from '${printType(value.type)}'`,
  );
}

/** A union in place of the member whose type the argument has (GCC manual, "transparent_union"). */
function transparentArgument(
  value: Expr,
  type: Extract<CType, { kind: 'struct' | 'union' }>,
): Expr {
  const fields = type.fields ?? [];
  const field = fields.find(({ type: of }) => compatible(of, value.type)) ?? fields[0];
  if (field === undefined) {
    throw new CError(value.location, 'argument for a union without members');
  }
  return unionLiteral(type, convertTo(value, field.type), value.location);
}

/** `(union U){ value }` by the type of a member, for GNU casts to union and transparent unions. */
export function unionLiteral(type: CType, value: Expr, location: Location): Expr {
  const variable: Variable = {
    name: '',
    type,
    location,
    storage: 'automatic',
    internal: true,
    defined: true,
    addressTaken: true,
    initializer: { parts: [{ offset: 0, value }], zeroed: true },
    attributes: new Set(),
  };
  return { kind: 'compound-literal', variable, type, location };
}

/** C11 §6.3.1.1: the operand of `+ - ~`, of a shift and of `switch`. */
export function promoted(expr: Expr): Expr {
  const value = rvalue(expr);
  return isInteger(value.type) ? castTo(value, promote(value.type, bitsOf(value))) : value;
}

/** C11 §6.3.1.8 on both operands. */
export function arithmeticPair(left: Expr, right: Expr): { type: CType; left: Expr; right: Expr } {
  const type = usualArithmetic(
    promote(left.type, bitsOf(left)),
    promote(right.type, bitsOf(right)),
  );
  return { type, left: castTo(left, type), right: castTo(right, type) };
}

export function requireScalar(expr: Expr): Expr {
  const value = rvalue(expr);
  if (!isScalar(value.type)) {
    throw new CError(expr.location, `'${printType(value.type)}' where a scalar is required`);
  }
  return value;
}

export function requireInteger(expr: Expr): Expr {
  const value = rvalue(expr);
  if (!isInteger(value.type)) {
    throw new CError(expr.location, `'${printType(value.type)}' where an integer is required`);
  }
  return value;
}

/** C11 §6.3.2.3p3: integer constant 0, or that cast to `void *`. */
export function isNullConstant(expr: Expr): boolean {
  if (isInteger(expr.type)) {
    return foldInteger(expr) === 0n;
  }
  return (
    expr.kind === 'cast' &&
    expr.type.kind === 'pointer' &&
    expr.type.to.kind === 'void' &&
    isInteger(expr.operand.type) &&
    foldInteger(expr.operand) === 0n
  );
}

/** `sizeof` as an expression: computed at run time for a variable-length array. */
export function sizeExpression(type: CType, location: Location): Expr {
  if (type.kind === 'array' && isVla(type)) {
    const length =
      type.vla === undefined
        ? integer(type.length ?? 0, ULONG, location)
        : castTo(type.vla, ULONG, location);
    return node('*', length, sizeExpression(type.of, location), ULONG, location);
  }
  if (isIncomplete(type)) {
    throw new CError(location, `size of incomplete type '${printType(type)}'`);
  }
  return integer(sizeOf(originOf(type)), ULONG, location);
}

export function node(
  operator: BinaryOperator,
  left: Expr,
  right: Expr,
  type: CType,
  location: Location,
): Expr {
  return { kind: 'binary', operator, left, right, type, location };
}

/** `p + n`, `p - n`. Over variable-length elements it is spelled out in bytes. */
export function pointerStep(
  operator: 'padd' | 'psub',
  pointer: Expr,
  count: Expr,
  location: Location,
): Expr {
  const { type } = pointer;
  const index = castTo(count, LONG);
  if (type.kind !== 'pointer') {
    throw new CError(location, 'arithmetic on what is no pointer');
  }
  if (!isVla(type.to)) {
    requireComplete(type.to, location);
    return node(operator, pointer, index, type, location);
  }
  const bytes = castTo(sizeExpression(type.to, location), LONG);
  const step = node('*', index, bytes, LONG, location);
  const base = castTo(pointer, pointerTo(CHAR));
  return castTo(node(operator, base, step, pointerTo(CHAR), location), type);
}

export function requireComplete(type: CType, location: Location): void {
  if (isIncomplete(type)) {
    throw new CError(location, `use of incomplete type '${printType(type)}'`);
  }
}

/** `*p`, cancelling `&` (C11 §6.5.3.2). */
export function dereference(pointer: Expr, location: Location): Expr {
  const value = rvalue(pointer);
  if (value.type.kind !== 'pointer') {
    throw new CError(location, `'*' of '${printType(value.type)}'`);
  }
  return { kind: 'deref', pointer: value, type: value.type.to, location };
}

/** C11 §6.5.15p6: the type of a conditional whose branches are pointers or void. */
export function commonType(then: Expr, otherwise: Expr, location: Location): CType {
  const a = then.type;
  const b = otherwise.type;
  if (isArithmetic(a) && isArithmetic(b)) {
    return usualArithmetic(promote(a, bitsOf(then)), promote(b, bitsOf(otherwise)));
  }
  if (a.kind === 'void' || b.kind === 'void') {
    return VOID;
  }
  if (isRecord(a) && compatible(a, b)) {
    return a;
  }
  if (a.kind === 'pointer' && b.kind === 'pointer') {
    return commonPointer(then, otherwise, a, b);
  }
  if (a.kind === 'pointer' && isInteger(b)) {
    return a;
  }
  if (b.kind === 'pointer' && isInteger(a)) {
    return b;
  }
  throw new CError(location, `'${printType(a)}' and '${printType(b)}' in one conditional`);
}

type Pointer = Extract<CType, { kind: 'pointer' }>;

function commonPointer(then: Expr, otherwise: Expr, a: Pointer, b: Pointer): CType {
  if (isNullConstant(then)) {
    return b;
  }
  if (isNullConstant(otherwise)) {
    return a;
  }
  if (a.to.kind === 'void') {
    return a;
  }
  if (b.to.kind === 'void') {
    return b;
  }
  return compatible(a.to, b.to) ? pointerTo(composite(a.to, b.to), a.qualified ?? b.qualified) : a;
}
