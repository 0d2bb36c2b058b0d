import type { Expr } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import type { CType } from '../types.ts';
import { arithmetic } from './arithmetic.ts';
import type { Frame } from './frame.ts';
import { convert, fits, representationOf } from './representation.ts';

const POINTER: CType = { kind: 'pointer', to: { kind: 'void' } };

/**
 * What an operator, or the one in a compound assignment, makes of `left`, an evaluated value of type `type`.
 * `held`: the local that holds the right side; without one that is evaluated in place.
 */
export function operate(
  frame: Frame,
  expr: Extract<Expr, { kind: 'binary' | 'update' }>,
  left: string,
  type: CType,
  held?: string,
): string {
  const { operator, right } = expr;
  switch (operator) {
    case 'padd':
    case 'psub': {
      const count =
        held === undefined
          ? scaled(frame, right, type)
          : `${convert(held, right.type, POINTER)} * ${pointeeSize(type)}`;
      return `(${left} ${operator === 'padd' ? '+' : '-'} ${count})`;
    }
    case 'pdiff':
      return `BigInt(Math.trunc((${left} - ${frame.value(right)}) / ${pointeeSize(type)}))`;
    default: {
      const site = frame.site(expr.location);
      return arithmetic(operator, left, held ?? frame.value(right), type, right.type, site);
    }
  }
}

/** GNU C gives `void` and functions the size 1. */
function pointeeSize(type: CType): string {
  if (type.kind !== 'pointer' || type.to.kind === 'void' || type.to.kind === 'function') {
    return '1';
  }
  return `${sizeOf(type.to) || 1}`;
}

/** A count of elements as a JavaScript number of bytes; widening casts need no BigInt. */
function scaled(frame: Frame, count: Expr, type: CType): string {
  const size = pointeeSize(type);
  if (count.kind === 'int') {
    return `${Number(BigInt.asIntN(64, count.value)) * Number(size)}`;
  }
  let inner: Expr = count;
  while (isWidening(inner)) {
    inner = inner.operand;
  }
  const js =
    representationOf(inner.type) === 'bigint'
      ? `Number(BigInt.asIntN(64, ${frame.value(inner)}))`
      : frame.value(inner);
  return size === '1' ? js : `${js} * ${size}`;
}

/** A cast from a type of up to 32 bits that keeps every value. */
function isWidening(expr: Expr): expr is Extract<Expr, { kind: 'cast' }> {
  return (
    expr.kind === 'cast' &&
    representationOf(expr.operand.type) === 'number' &&
    fits(expr.operand.type, expr.type)
  );
}
