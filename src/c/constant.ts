import type { Expr } from './ast.ts';
import { sizeOf } from './layout.ts';
import { isFloat, isInteger, isVla, wrapInteger } from './type-rules.ts';
import type { CType } from './types.ts';

type Constant = bigint | number;

/**
 * The value of an integer constant expression (C11 §6.6) or of an address computed from constants
 * alone, as gcc folds `offsetof` spelled by hand; undefined where it is not constant.
 */
export function foldInteger(expr: Expr): bigint | undefined {
  const value = fold(expr);
  return typeof value === 'bigint' ? value : undefined;
}

/** Integers and addresses fold to bigint in range of their type, floating types to number. */
export function fold(expr: Expr): Constant | undefined {
  switch (expr.kind) {
    case 'int':
    case 'float':
      return expr.value;
    case 'cast':
      return foldCast(expr.operand, expr.type);
    case 'unary':
      return foldUnary(expr.operator, expr.operand, expr.type);
    case 'binary':
      return foldBinary(expr);
    case 'logical':
      return foldLogical(expr);
    case 'conditional':
      return foldConditional(expr);
    case 'address':
      return foldAddress(expr.of);
    default:
      return undefined;
  }
}

function foldCast(operand: Expr, type: CType): Constant | undefined {
  const value = fold(operand);
  return value === undefined ? undefined : convert(value, type);
}

function convert(value: Constant, type: CType): Constant | undefined {
  if (isFloat(type)) {
    const number = Number(value);
    return type.kind === 'float' ? Math.fround(number) : number;
  }
  if (type.kind === 'bool') {
    return Number(value) === 0 ? 0n : 1n;
  }
  if (!isInteger(type) && type.kind !== 'pointer') {
    return undefined;
  }
  if (typeof value === 'bigint') {
    return wrapInteger(value, type);
  }
  return Number.isFinite(value) ? wrapInteger(BigInt(Math.trunc(value)), type) : undefined;
}

function foldUnary(operator: string, operand: Expr, type: CType): Constant | undefined {
  const value = fold(operand);
  if (value === undefined) {
    return undefined;
  }
  switch (operator) {
    case '!':
      return isZero(value) ? 1n : 0n;
    case '-':
      return convert(-value, type);
    default:
      return typeof value === 'bigint' ? wrapInteger(~value, type) : undefined;
  }
}

function isZero(value: Constant): boolean {
  return Number(value) === 0;
}

function foldBinary(expr: Extract<Expr, { kind: 'binary' }>): Constant | undefined {
  const left = fold(expr.left);
  const right = left === undefined ? undefined : fold(expr.right);
  if (left === undefined || right === undefined) {
    return undefined;
  }
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    return integerOperation(expr, left, right);
  }
  return typeof left === 'number' && typeof right === 'number'
    ? floatOperation(expr, left, right)
    : undefined;
}

function integerOperation(
  expr: Extract<Expr, { kind: 'binary' }>,
  left: bigint,
  right: bigint,
): Constant | undefined {
  const { operator, type } = expr;
  switch (operator) {
    case 'padd':
    case 'psub': {
      const step = right * BigInt(pointeeSize(expr.left.type));
      return BigInt.asUintN(64, operator === 'padd' ? left + step : left - step);
    }
    case 'pdiff':
      return BigInt.asIntN(64, left - right) / BigInt(pointeeSize(expr.left.type) || 1);
    case '/':
    case '%':
      if (right === 0n) {
        return undefined;
      }
      return wrapInteger(operator === '/' ? left / right : left % right, type);
    case '<<':
    case '>>': {
      const count = BigInt.asUintN(7, right);
      return wrapInteger(operator === '<<' ? left << count : left >> count, type);
    }
    case '+':
      return wrapInteger(left + right, type);
    case '-':
      return wrapInteger(left - right, type);
    case '*':
      return wrapInteger(left * right, type);
    case '&':
      return wrapInteger(left & right, type);
    case '|':
      return wrapInteger(left | right, type);
    case '^':
      return wrapInteger(left ^ right, type);
    default:
      return compare(operator, left, right);
  }
}

function compare(operator: string, left: Constant, right: Constant): bigint {
  switch (operator) {
    case '==':
      return left === right ? 1n : 0n;
    case '!=':
      return left === right ? 0n : 1n;
    case '<':
      return left < right ? 1n : 0n;
    case '>':
      return left > right ? 1n : 0n;
    case '<=':
      return left <= right ? 1n : 0n;
    default:
      return left >= right ? 1n : 0n;
  }
}

function floatOperation(
  expr: Extract<Expr, { kind: 'binary' }>,
  left: number,
  right: number,
): Constant | undefined {
  switch (expr.operator) {
    case '+':
      return convert(left + right, expr.type);
    case '-':
      return convert(left - right, expr.type);
    case '*':
      return convert(left * right, expr.type);
    case '/':
      return convert(left / right, expr.type);
    default:
      return compare(expr.operator, left, right);
  }
}

function foldLogical(expr: Extract<Expr, { kind: 'logical' }>): Constant | undefined {
  const left = fold(expr.left);
  if (left === undefined) {
    return undefined;
  }
  const decides = expr.operator === '&&' ? isZero(left) : !isZero(left);
  if (decides) {
    return expr.operator === '&&' ? 0n : 1n;
  }
  const right = fold(expr.right);
  return right === undefined ? undefined : isZero(right) ? 0n : 1n;
}

function foldConditional(expr: Extract<Expr, { kind: 'conditional' }>): Constant | undefined {
  const test = fold(expr.test);
  if (test === undefined) {
    return undefined;
  }
  if (isZero(test)) {
    return fold(expr.else);
  }
  return expr.then === undefined ? convert(test, expr.type) : fold(expr.then);
}

/** `&((T *)0)->m.n[3]`: an lvalue whose address hangs on no object. */
function foldAddress(lvalue: Expr): bigint | undefined {
  switch (lvalue.kind) {
    case 'deref':
      return foldInteger(lvalue.pointer);
    case 'member': {
      const base = foldAddress(lvalue.of);
      return base === undefined ? undefined : base + BigInt(lvalue.field.offset);
    }
    default:
      return undefined;
  }
}

function pointeeSize(type: CType): number {
  return type.kind === 'pointer' && !isVla(type.to) ? sizeOf(type.to) : 1;
}
