import type { BinaryOperator } from '../ast.ts';
import type { CType } from '../types.ts';
import { isUnsigned, representationOf, widthOf, wrap } from './representation.ts';

export type Comparison = '==' | '!=' | '<' | '>' | '<=' | '>=';

export function isComparison(operator: BinaryOperator): operator is Comparison {
  return ['==', '!=', '<', '>', '<=', '>='].includes(operator);
}

/** A JavaScript boolean for a comparison of two values of one representation. */
export function compare(operator: Comparison, left: string, right: string): string {
  const js = operator === '==' ? '===' : operator === '!=' ? '!==' : operator;
  return `(${left} ${js} ${right})`;
}

/**
 * C11 §6.5.5 to §6.5.12 on two JavaScript operands that have the type `type` (shifts: `right` has
 * `rightType`). Overflow wraps, as QEMU is built (-fwrapv); dividing by zero stops at `site`.
 */
export function arithmetic(
  operator: BinaryOperator,
  left: string,
  right: string,
  type: CType,
  rightType: CType,
  site: number,
): string {
  switch (representationOf(type)) {
    case 'float': {
      const js = operator === '%' ? `(${left} % ${right})` : `(${left} ${operator} ${right})`;
      return type.kind === 'float' ? `Math.fround${js}` : js;
    }
    case 'bigint':
      return bigArithmetic(operator, left, right, type, rightType, site);
    default:
      return smallArithmetic(operator, left, right, type, rightType, site);
  }
}

function smallArithmetic(
  operator: BinaryOperator,
  left: string,
  right: string,
  type: CType,
  rightType: CType,
  site: number,
): string {
  switch (operator) {
    case '*':
      return isUnsigned(type)
        ? `(Math.imul(${left}, ${right}) >>> 0)`
        : `Math.imul(${left}, ${right})`;
    case '/':
      return wrap(`(${left} / R.divisor(${right}, ${site}))`, type);
    case '%':
      return wrap(`(${left} % R.divisor(${right}, ${site}))`, type);
    case '<<':
      return wrap(`(${left} << ${smallCount(right, rightType)})`, type);
    case '>>': {
      const js = isUnsigned(type) ? '>>>' : '>>';
      return `(${left} ${js} ${smallCount(right, rightType)})`;
    }
    default:
      return wrap(`(${left} ${operator} ${right})`, type);
  }
}

function smallCount(right: string, rightType: CType): string {
  return representationOf(rightType) === 'bigint' ? `Number(${right} & 31n)` : right;
}

function bigArithmetic(
  operator: BinaryOperator,
  left: string,
  right: string,
  type: CType,
  rightType: CType,
  site: number,
): string {
  switch (operator) {
    case '/':
    case '%':
      return wrap(`(${left} ${operator} R.bigDivisor(${right}, ${site}))`, type);
    case '<<':
    case '>>': {
      const mask = widthOf(type) - 1;
      const count =
        representationOf(rightType) === 'bigint'
          ? `(${right} & ${mask}n)`
          : `BigInt(${right} & ${mask})`;
      const js = `(${left} ${operator} ${count})`;
      return operator === '<<' ? wrap(js, type) : js;
    }
    case '&':
    case '|':
    case '^':
      return `(${left} ${operator} ${right})`;
    default:
      return wrap(`(${left} ${operator} ${right})`, type);
  }
}
