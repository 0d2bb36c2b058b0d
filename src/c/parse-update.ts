import type { BinaryOperator, Expr } from './ast.ts';
import { printType } from './dump-type.ts';
import {
  bitsOf,
  castTo,
  node,
  pointerStep,
  promoted,
  requireInteger,
  requireScalar,
  sizeExpression,
} from './parse-build.ts';
import { CError, type Location } from './source.ts';
import {
  CHAR,
  isArithmetic,
  isInteger,
  isVla,
  LONG,
  pointerTo,
  promote,
  usualArithmetic,
} from './type-rules.ts';
import type { CType } from './types.ts';

/** C11 §6.3.2.1: a modifiable lvalue (qualifiers are not kept). */
export function requireLvalue(expr: Expr, location: Location): void {
  const { type } = expr;
  let inner = expr;
  while (inner.kind === 'member') {
    inner = inner.of;
  }
  const isLvalue =
    inner.kind === 'variable' || inner.kind === 'deref' || inner.kind === 'compound-literal';
  if (!isLvalue || type.kind === 'array' || type.kind === 'function' || type.kind === 'void') {
    throw new CError(location, 'lvalue required as left operand of assignment');
  }
}

/** `left op= right`, `++left`, `left--` */
export function update(
  operator: BinaryOperator,
  left: Expr,
  operand: Expr,
  post: boolean,
  location: Location,
): Expr {
  const { type } = left;
  if (type.kind === 'pointer') {
    return updatePointer(operator, left, type, operand, post, location);
  }
  const right = requireScalar(operand);
  if (!isArithmetic(type) || !isArithmetic(right.type)) {
    throw invalidOperands(operator, type, right.type, location);
  }
  const shift = operator === '<<' || operator === '>>';
  const own = promote(type, bitsOf(left));
  const compute = shift ? own : usualArithmetic(own, promote(right.type, bitsOf(right)));
  const converted = shift ? promoted(right) : castTo(right, compute);
  if (!isInteger(compute) && !'+-*/'.includes(operator)) {
    throw invalidOperands(operator, type, right.type, location);
  }
  return { kind: 'update', operator, left, right: converted, compute, post, type, location };
}

function updatePointer(
  operator: BinaryOperator,
  left: Expr,
  type: Extract<CType, { kind: 'pointer' }>,
  operand: Expr,
  post: boolean,
  location: Location,
): Expr {
  if (operator !== '+' && operator !== '-') {
    throw invalidOperands(operator, type, operand.type, location);
  }
  const step = operator === '+' ? 'padd' : 'psub';
  const count = castTo(requireInteger(operand), LONG);
  if (!isVla(type.to)) {
    pointerStep(step, left, count, location); // for its checks
    return {
      kind: 'update',
      operator: step,
      left,
      right: count,
      compute: type,
      post,
      type,
      location,
    };
  }
  const size = castTo(sizeExpression(type.to, location), LONG);
  const right = node('*', count, size, LONG, location);
  const compute = pointerTo(CHAR);
  return { kind: 'update', operator: step, left, right, compute, post, type, location };
}

export function invalidOperands(
  operator: string,
  left: CType,
  right: CType,
  location: Location,
): CError {
  const types = `'${printType(left)}' and '${printType(right)}'`;
  return new CError(location, `invalid operands of '${operator}': ${types}`);
}
