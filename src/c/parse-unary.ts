import type { Expr, Variable } from './ast.ts';
import { printType } from './dump-type.ts';
import { alignOf } from './layout.ts';
import {
  dereference,
  explicitCast,
  integer,
  pointerStep,
  promoted,
  requireInteger,
  requireScalar,
  rvalue,
  sizeExpression,
  takeAddress,
  unionLiteral,
} from './parse-build.ts';
import { MAX_CHAIN, type Parser } from './parse-context.ts';
import { parseCall, parsePrimary } from './parse-primary.ts';
import { startsType } from './parse-specifiers.ts';
import { requireLvalue, update } from './parse-update.ts';
import type { Declared } from './scope.ts';
import type { Location } from './source.ts';
import {
  compatible,
  findField,
  INT,
  isArithmetic,
  isInteger,
  isRecord,
  isScalar,
  pointerTo,
  ULONG,
} from './type-rules.ts';

/** cast = "(" type-name ")" (cast | initializer-list postfix*) | unary */
export function parseCast(parser: Parser): Expr {
  parser.deepen(3);
  const expr = parseCastOrUnary(parser);
  parser.depth -= 3;
  return expr;
}

function parseCastOrUnary(parser: Parser): Expr {
  if (!parser.is('(') || !startsType(parser, 1)) {
    return parseUnary(parser);
  }
  const { location } = parser.next();
  const declared = parser.grammar.typeName(parser);
  parser.expect(')');
  if (parser.is('{')) {
    return parsePostfix(parser, compoundLiteral(parser, declared, location));
  }
  return cast(parser, declared, parseCast(parser), location);
}

function cast(parser: Parser, declared: Declared, operand: Expr, location: Location): Expr {
  const { type } = declared;
  if (type.kind === 'union' && !compatible(type, operand.type)) {
    const value = rvalue(operand);
    const field = type.fields?.find(({ type: of }) => compatible(of, value.type));
    if (field === undefined) {
      throw parser.error('cast to union type from a type that no member has', location);
    }
    return unionLiteral(type, value, location);
  }
  return explicitCast(operand, type, location);
}

/** C11 §6.5.2.5: static at file scope, else a fresh object of the block. */
function compoundLiteral(parser: Parser, declared: Declared, location: Location): Expr {
  const variable: Variable = {
    name: '',
    type: declared.type,
    location,
    storage: parser.inside ? 'automatic' : 'static',
    internal: true,
    defined: true,
    addressTaken: true,
    attributes: new Set(),
  };
  parser.grammar.initializer(parser, variable);
  if (!parser.inside) {
    parser.unit.literals.push(variable);
  }
  return { kind: 'compound-literal', variable, type: variable.type, location };
}

/** unary = postfix | ("++" | "--") unary | ("&" | "*" | "+" | "-" | "~" | "!") cast | sizeof | _Alignof | "&&" label */
export function parseUnary(parser: Parser): Expr {
  const { token } = parser;
  const { location, text } = token;
  switch (text) {
    case '++':
    case '--': {
      parser.next();
      const operand = parseUnary(parser);
      return step(parser, text, operand, false, location);
    }
    case '&':
      parser.next();
      return addressOf(parser, parseCast(parser), location);
    case '*':
      parser.next();
      return dereference(parseCast(parser), location);
    case '+':
      parser.next();
      return arithmeticOperand(parser, parseCast(parser), location);
    case '-': {
      parser.next();
      const operand = arithmeticOperand(parser, parseCast(parser), location);
      return { kind: 'unary', operator: '-', operand, type: operand.type, location };
    }
    case '~': {
      parser.next();
      const operand = promoted(requireInteger(parseCast(parser)));
      return { kind: 'unary', operator: '~', operand, type: operand.type, location };
    }
    case '!': {
      parser.next();
      const operand = requireScalar(parseCast(parser));
      return { kind: 'unary', operator: '!', operand, type: INT, location };
    }
    case '&&': {
      parser.next();
      const label = parser.scope.label(parser.identifier().text);
      return { kind: 'label-address', label, type: pointerTo({ kind: 'void' }), location };
    }
    case 'sizeof':
      return parseSizeof(parser);
    case '_Alignof':
    case 'alignof':
    case '__alignof__':
    case '__alignof':
      return parseAlignof(parser);
    case '__extension__':
      parser.next();
      return parseCast(parser);
    case '__real__':
    case '__imag__':
      throw parser.error('unsupported: complex numbers');
    default:
      return parsePostfix(parser, parsePrimary(parser));
  }
}

/** C11 §6.5.3.3: promoted; floating operands stay. */
function arithmeticOperand(parser: Parser, expr: Expr, location: Location): Expr {
  const value = promoted(expr);
  if (!isArithmetic(value.type)) {
    throw parser.error(
      `wrong type argument '${printType(value.type)}' to unary operator`,
      location,
    );
  }
  // `+x` is no lvalue although nothing is done to it.
  return value === expr && value.kind !== 'int' && value.kind !== 'float'
    ? { kind: 'cast', operand: value, type: value.type, location }
    : value;
}

/** `++a` is `a += 1`. */
function step(
  parser: Parser,
  operator: string,
  operand: Expr,
  post: boolean,
  location: Location,
): Expr {
  requireLvalue(operand, location);
  if (!isScalar(operand.type)) {
    throw parser.error(`wrong type argument to '${operator}'`, location);
  }
  return update(operator === '++' ? '+' : '-', operand, integer(1, INT, location), post, location);
}

/** C11 §6.5.3.2: `&*p` is p, `&a[i]` is a + i, without the access. */
function addressOf(parser: Parser, of: Expr, location: Location): Expr {
  const type = pointerTo(of.type);
  switch (of.kind) {
    case 'deref':
      return { ...of.pointer, type: of.pointer.type };
    case 'variable':
    case 'member':
    case 'compound-literal':
    case 'string':
      break;
    default:
      if (of.type.kind !== 'function' && !isRecord(of.type)) {
        throw parser.error("lvalue required as unary '&' operand", location);
      }
  }
  if (of.kind === 'member' && of.field.bits !== undefined) {
    throw parser.error(`cannot take address of bit-field '${of.field.name}'`, location);
  }
  takeAddress(of);
  return { kind: 'address', of, type, location };
}

/** "sizeof" (unary | "(" type-name ")"); the operand is not evaluated unless its length varies */
function parseSizeof(parser: Parser): Expr {
  const { location } = parser.next();
  const operand = parseTypeOperand(parser);
  if (operand.kind === 'declared') {
    return sizeExpression(operand.declared.type, location);
  }
  const { expr } = operand;
  if (expr.kind === 'member' && expr.field.bits !== undefined) {
    throw parser.error("'sizeof' applied to a bit-field", location);
  }
  return sizeExpression(expr.type, location);
}

function parseAlignof(parser: Parser): Expr {
  const { location } = parser.next();
  const operand = parseTypeOperand(parser);
  if (operand.kind === 'expr') {
    return integer(alignOf(operand.expr.type), ULONG, location);
  }
  const { type, align } = operand.declared;
  return integer(align === 0 ? alignOf(type) : align, ULONG, location);
}

/** `sizeof (T){…}.m` is of an expression although it begins as a type does. */
function parseTypeOperand(
  parser: Parser,
): { kind: 'declared'; declared: Declared } | { kind: 'expr'; expr: Expr } {
  if (!parser.is('(') || !startsType(parser, 1)) {
    return { kind: 'expr', expr: parseUnary(parser) };
  }
  const { location } = parser.next();
  const declared = parser.grammar.typeName(parser);
  parser.expect(')');
  if (parser.is('{')) {
    const literal = compoundLiteral(parser, declared, location);
    return { kind: 'expr', expr: parsePostfix(parser, literal) };
  }
  return { kind: 'declared', declared };
}

/** postfix = primary ("[" expression "]" | "(" arguments ")" | "." name | "->" name | "++" | "--")* */
function parsePostfix(parser: Parser, primary: Expr): Expr {
  let expr = primary;
  for (let links = 0; ; links++) {
    if (links > MAX_CHAIN) {
      throw parser.error('expression too long');
    }
    const { text, location } = parser.token;
    switch (text) {
      case '[':
        expr = subscript(parser, expr);
        break;
      case '(':
        expr = parseCall(parser, expr);
        break;
      case '.':
        parser.next();
        expr = member(parser, expr);
        break;
      case '->':
        parser.next();
        expr = member(parser, dereference(expr, location));
        break;
      case '++':
      case '--':
        parser.next();
        expr = step(parser, text, expr, true, location);
        break;
      default:
        return expr;
    }
  }
}

/** C11 §6.5.2.1: either side may be the pointer. */
function subscript(parser: Parser, expr: Expr): Expr {
  const { location } = parser.next();
  const left = rvalue(expr);
  const right = rvalue(parser.grammar.expression(parser));
  parser.expect(']');
  const [pointer, index] = left.type.kind === 'pointer' ? [left, right] : [right, left];
  if (pointer.type.kind !== 'pointer' || !isInteger(index.type)) {
    throw parser.error('subscripted value is neither array nor pointer', location);
  }
  return dereference(pointerStep('padd', pointer, index, location), location);
}

function member(parser: Parser, record: Expr): Expr {
  const { text, location } = parser.identifier();
  const { type } = record;
  if (!isRecord(type)) {
    throw parser.error(`request for member '${text}' in '${printType(type)}'`, location);
  }
  const path = findField(type, text);
  if (path === undefined) {
    throw parser.error(`'${printType(type)}' has no member named '${text}'`, location);
  }
  let of = record;
  for (const field of path) {
    of = { kind: 'member', of, field, type: field.type, location };
  }
  return of;
}
