import type { BinaryOperator, Expr } from './ast.ts';
import {
  arithmeticPair,
  castTo,
  commonType,
  convertTo,
  node,
  pointerStep,
  promoted,
  requireInteger,
  requireScalar,
  rvalue,
  sizeExpression,
} from './parse-build.ts';
import { MAX_CHAIN, type Parser } from './parse-context.ts';
import { parseCast } from './parse-unary.ts';
import { invalidOperands, requireLvalue, update } from './parse-update.ts';
import type { Location } from './source.ts';
import {
  CHAR,
  compatible,
  INT,
  isArithmetic,
  isInteger,
  isRecord,
  isVla,
  LONG,
  pointerTo,
} from './type-rules.ts';
import type { CType } from './types.ts';

/** expression = assignment ("," assignment)* */
export function parseExpression(parser: Parser): Expr {
  let left = parseAssignment(parser);
  for (let links = 0; parser.is(','); links++) {
    if (links > MAX_CHAIN) {
      throw parser.error('expression too long');
    }
    const { location } = parser.next();
    const right = rvalue(parseAssignment(parser));
    left = { kind: 'comma', left: rvalue(left), right, type: right.type, location };
  }
  return left;
}

const ASSIGNMENTS: ReadonlyMap<string, BinaryOperator | '='> = new Map<
  string,
  BinaryOperator | '='
>([
  ['=', '='],
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '*'],
  ['/=', '/'],
  ['%=', '%'],
  ['<<=', '<<'],
  ['>>=', '>>'],
  ['&=', '&'],
  ['|=', '|'],
  ['^=', '^'],
]);

/** `* / % & ^ |`, by their spelling. */
const PLAIN: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['*', '*'],
  ['/', '/'],
  ['%', '%'],
  ['&', '&'],
  ['^', '^'],
  ['|', '|'],
]);

/** assignment = conditional | unary assignment-operator assignment */
export function parseAssignment(parser: Parser): Expr {
  const left = parseConditional(parser);
  if (parser.token.kind !== 'punctuator') {
    return left;
  }
  const operator = ASSIGNMENTS.get(parser.token.text);
  if (operator === undefined) {
    return left;
  }
  const { location } = parser.next();
  parser.deepen(1);
  const right = parseAssignment(parser);
  parser.depth--;
  requireLvalue(left, location);
  if (operator === '=') {
    return { kind: 'assign', left, right: convertTo(right, left.type), type: left.type, location };
  }
  return update(operator, left, right, false, location);
}

/** conditional = binary [ "?" [ expression ] ":" conditional ] */
export function parseConditional(parser: Parser): Expr {
  const test = parseBinary(parser, 1);
  if (!parser.is('?')) {
    return test;
  }
  const { location } = parser.next();
  const value = requireScalar(test);
  const then = parser.is(':') ? undefined : rvalue(parseExpression(parser));
  parser.expect(':');
  parser.deepen(1);
  const otherwise = rvalue(parseConditional(parser));
  parser.depth--;
  const type = commonType(then ?? value, otherwise, location);
  return {
    kind: 'conditional',
    test: value,
    // oxlint-disable-next-line unicorn/no-thenable -- a node's branch, nothing that is awaited
    then: then === undefined ? undefined : branch(then, type),
    else: branch(otherwise, type),
    type,
    location,
  };
}

function branch(value: Expr, type: CType): Expr {
  return isRecord(type) ? value : castTo(value, type);
}

const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ['|', 3],
  ['^', 4],
  ['&', 5],
  ['==', 6],
  ['!=', 6],
  ['<', 7],
  ['>', 7],
  ['<=', 7],
  ['>=', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', 9],
  ['-', 9],
  ['*', 10],
  ['/', 10],
  ['%', 10],
]);

/** binary = cast (operator cast)*, by precedence climbing; C11 §6.5.5 to §6.5.14 */
function parseBinary(parser: Parser, minimum: number): Expr {
  let left = parseCast(parser);
  for (let links = 0; ; links++) {
    if (links > MAX_CHAIN) {
      throw parser.error('expression too long');
    }
    const { token } = parser;
    const precedence = token.kind === 'punctuator' ? (PRECEDENCE.get(token.text) ?? 0) : 0;
    if (precedence < minimum || precedence === 0) {
      return left;
    }
    parser.next();
    const right = parseBinary(parser, precedence + 1);
    left = binary(token.text, left, right, token.location);
  }
}

function binary(operator: string, first: Expr, second: Expr, location: Location): Expr {
  const left = rvalue(first);
  const right = rvalue(second);
  switch (operator) {
    case '||':
    case '&&':
      return {
        kind: 'logical',
        operator,
        left: requireScalar(left),
        right: requireScalar(right),
        type: INT,
        location,
      };
    case '==':
    case '!=':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return comparison(operator, left, right, location);
    case '<<':
    case '>>': {
      const value = promoted(requireInteger(left));
      return node(operator, value, promoted(requireInteger(right)), value.type, location);
    }
    case '+':
      return addition(left, right, location);
    case '-':
      return subtraction(left, right, location);
    default:
      return arithmetic(plainOperator(operator), left, right, location);
  }
}

function arithmetic(operator: BinaryOperator, left: Expr, right: Expr, location: Location): Expr {
  const floats = operator === '*' || operator === '/' || operator === '+' || operator === '-';
  const accepts = floats ? isArithmetic : isInteger;
  if (!accepts(left.type) || !accepts(right.type)) {
    throw invalidOperands(operator, left.type, right.type, location);
  }
  const pair = arithmeticPair(left, right);
  return node(operator, pair.left, pair.right, pair.type, location);
}

function addition(left: Expr, right: Expr, location: Location): Expr {
  if (left.type.kind === 'pointer') {
    return pointerStep('padd', left, requireInteger(right), location);
  }
  return right.type.kind === 'pointer'
    ? pointerStep('padd', right, requireInteger(left), location)
    : arithmetic('+', left, right, location);
}

function subtraction(left: Expr, right: Expr, location: Location): Expr {
  if (left.type.kind !== 'pointer') {
    return arithmetic('-', left, right, location);
  }
  return right.type.kind === 'pointer'
    ? difference(left, right, left.type, location)
    : pointerStep('psub', left, requireInteger(right), location);
}

/** C11 §6.5.6p9; over variable-length elements in bytes, divided by their size. */
function difference(
  left: Expr,
  right: Expr,
  type: Extract<CType, { kind: 'pointer' }>,
  location: Location,
): Expr {
  if (!isVla(type.to)) {
    return node('pdiff', left, castTo(right, type), LONG, location);
  }
  const bytes = pointerTo(CHAR);
  const count = node('pdiff', castTo(left, bytes), castTo(right, bytes), LONG, location);
  return node('/', count, castTo(sizeExpression(type.to, location), LONG), LONG, location);
}

/** C11 §6.5.8 and §6.5.9: arithmetic operands, or pointers (an integer becomes one, as in gcc). */
function comparison(
  operator: '==' | '!=' | '<' | '>' | '<=' | '>=',
  left: Expr,
  right: Expr,
  location: Location,
): Expr {
  if (isArithmetic(left.type) && isArithmetic(right.type)) {
    const pair = arithmeticPair(left, right);
    return node(operator, pair.left, pair.right, INT, location);
  }
  const { type } = left.type.kind === 'pointer' ? left : right;
  if (type.kind !== 'pointer' || !isPointerLike(left) || !isPointerLike(right)) {
    throw invalidOperands(operator, left.type, right.type, location);
  }
  const same = compatible(left.type, right.type);
  return node(operator, castTo(left, type), same ? right : castTo(right, type), INT, location);
}

function isPointerLike(expr: Expr): boolean {
  return expr.type.kind === 'pointer' || isInteger(expr.type);
}

function plainOperator(spelling: string): BinaryOperator {
  const operator = PLAIN.get(spelling);
  if (operator === undefined) {
    throw new Error(`no binary operator ${spelling}`);
  }
  return operator;
}
