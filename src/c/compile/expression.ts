import type { Expr, Stmt } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import type { CType } from '../types.ts';
import { compare, isComparison } from './arithmetic.ts';
import { assign, update } from './assign.ts';
import { compileBuiltin } from './builtin.ts';
import { compileCall } from './call.ts';
import type { Frame } from './frame.ts';
import { initialize } from './initialize.ts';
import { operate } from './operate.ts';
import { addressOf, isLocal, load, type Lvalue, readLocal } from './place.ts';
import { convert, literal, representationOf, wrap } from './representation.ts';

/** A JavaScript expression for the value of a C expression; for a record, for its address. */
export function value(frame: Frame, expr: Expr): string {
  switch (expr.kind) {
    case 'int':
      return integer(expr.value, expr.type);
    case 'float':
      return floating(expr.value);
    case 'string':
    case 'compound-literal':
    case 'variable':
    case 'member':
    case 'deref':
      return read(frame, expr);
    case 'address':
      return addressOf(frame, expr.of);
    case 'cast':
      return cast(frame, expr.operand, expr.type);
    case 'unary':
      return unary(frame, expr);
    case 'binary':
      return binary(frame, expr);
    case 'logical':
      return `(${condition(frame, expr)} ? 1 : 0)`;
    case 'conditional':
      return conditional(frame, expr);
    case 'assign':
      return assign(frame, expr, true);
    case 'update':
      return update(frame, expr, true);
    case 'comma':
      return `(${effect(frame, expr.left)}, ${value(frame, expr.right)})`;
    case 'call':
      return compileCall(frame, expr);
    case 'builtin':
      return compileBuiltin(frame, expr);
    case 'statement-expression':
      return statementExpression(frame, expr);
    case 'label-address':
      return frame.context.labelAddress(expr.label);
  }
}

/** The same for its side effects only. */
export function effect(frame: Frame, expr: Expr): string {
  switch (expr.kind) {
    case 'assign':
      return assign(frame, expr, false);
    case 'update':
      return update(frame, expr, false);
    case 'comma':
      return `(${effect(frame, expr.left)}, ${effect(frame, expr.right)})`;
    case 'cast':
      return expr.type.kind === 'void' ? effect(frame, expr.operand) : value(frame, expr);
    default:
      return value(frame, expr);
  }
}

/** A JavaScript boolean: does the value compare unequal to 0? (C11 §6.5.13, §6.8.4.1) */
export function condition(frame: Frame, expr: Expr): string {
  if (expr.kind === 'logical') {
    return `(${condition(frame, expr.left)} ${expr.operator} ${marked(frame, expr.right, condition(frame, expr.right))})`;
  }
  if (expr.kind === 'unary' && expr.operator === '!') {
    return `!${condition(frame, expr.operand)}`;
  }
  if (expr.kind === 'binary' && isComparison(expr.operator)) {
    return compare(expr.operator, value(frame, expr.left), value(frame, expr.right));
  }
  if (expr.kind === 'cast' && expr.type.kind === 'bool') {
    return condition(frame, expr.operand);
  }
  const zero = representationOf(expr.type) === 'bigint' ? '0n' : '0';
  return `(${value(frame, expr)} !== ${zero})`;
}

/** Code that runs only when a condition lets it gets a coverage mark of its own. */
function marked(frame: Frame, expr: Expr, js: string): string {
  const mark = frame.context.mark([expr.location]);
  return mark === undefined ? js : `(R.covered[${mark}] = 1, ${js})`;
}

function integer(constant: bigint, type: CType): string {
  switch (representationOf(type)) {
    case 'pointer':
      return `${Number(BigInt.asIntN(64, constant))}`;
    case 'float':
      return floating(Number(constant));
    default:
      return literal(constant, type);
  }
}

function floating(constant: number): string {
  return Object.is(constant, -0) ? '(-0)' : `(${constant})`;
}

function read(frame: Frame, expr: Expr): string {
  if (expr.kind === 'variable' && expr.variable.storage !== 'function' && isLocal(frame, expr)) {
    return readLocal(frame, expr);
  }
  if (expr.kind === 'member') {
    const address = addressOf(frame, expr);
    const at: Lvalue =
      expr.field.bits === undefined
        ? { kind: 'memory', address }
        : { kind: 'memory', address, bits: expr.field.bits };
    return load(at, expr.type, frame.site(expr.location));
  }
  if (expr.type.kind === 'function' || expr.type.kind === 'void') {
    return addressOf(frame, expr);
  }
  return load(
    { kind: 'memory', address: addressOf(frame, expr) },
    expr.type,
    frame.site(expr.location),
  );
}

function cast(frame: Frame, operand: Expr, type: CType): string {
  if (type.kind === 'void') {
    return `(${effect(frame, operand)}, undefined)`;
  }
  if (operand.kind === 'int' && type.kind !== 'bool' && representationOf(type) !== 'float') {
    const plain = representationOf(type);
    if (plain === 'number' || plain === 'bigint') {
      return literal(fold(operand.value, type), type);
    }
  }
  if (type.kind === 'bool') {
    return `(${condition(frame, operand)} ? 1 : 0)`;
  }
  return convert(value(frame, operand), operand.type, type);
}

function fold(constant: bigint, type: CType): bigint {
  const width = sizeOf(type) * 8;
  const signed = BigInt.asIntN(width, constant);
  const wrapped = wrap('x', type);
  return wrapped.includes('Uint') || wrapped.includes('>>>') || /& (255|65535)/.test(wrapped)
    ? BigInt.asUintN(width, constant)
    : signed;
}

function unary(frame: Frame, expr: Extract<Expr, { kind: 'unary' }>): string {
  if (expr.operator === '!') {
    return `(${condition(frame, expr.operand)} ? 0 : 1)`;
  }
  const js = `(${expr.operator}${value(frame, expr.operand)})`;
  return representationOf(expr.type) === 'float' ? js : wrap(js, expr.type);
}

function binary(frame: Frame, expr: Extract<Expr, { kind: 'binary' }>): string {
  const { operator, left } = expr;
  if (isComparison(operator)) {
    return `(${condition(frame, expr)} ? 1 : 0)`;
  }
  return operate(frame, expr, value(frame, left), left.type);
}

function conditional(frame: Frame, expr: Extract<Expr, { kind: 'conditional' }>): string {
  const otherwise = marked(frame, expr.else, value(frame, expr.else));
  if (expr.then === undefined) {
    const js = frame.temporary();
    const zero = representationOf(expr.test.type) === 'bigint' ? '0n' : '0';
    const test = `((${js} = ${value(frame, expr.test)}) !== ${zero})`;
    return `(${test} ? ${convert(js, expr.test.type, expr.type)} : ${otherwise})`;
  }
  const then = marked(frame, expr.then, value(frame, expr.then));
  return `(${condition(frame, expr.test)} ? ${then} : ${otherwise})`;
}

/**
 * GNU statement expressions (GCC manual, "Statements and Declarations in Expressions"). Straight
 * code becomes a comma expression, anything with control flow a JavaScript arrow function.
 */
function statementExpression(
  frame: Frame,
  expr: Extract<Expr, { kind: 'statement-expression' }>,
): string {
  const { body } = expr.body;
  if (body.length === 0) {
    return '(undefined)';
  }
  if (body.every((stmt) => isStraight(stmt))) {
    const parts: string[] = [];
    for (const [index, stmt] of body.entries()) {
      parts.push(...straight(frame, stmt, index === body.length - 1));
    }
    return `(${parts.length === 0 ? 'undefined' : parts.join(', ')})`;
  }
  return `(() => {${frame.nested(expr.body)}})()`;
}

function isStraight(stmt: Stmt): boolean {
  switch (stmt.kind) {
    case 'expression':
    case 'empty':
      return true;
    case 'declare':
      return stmt.variable.cleanup === undefined;
    default:
      return false;
  }
}

function straight(frame: Frame, stmt: Stmt, last: boolean): string[] {
  switch (stmt.kind) {
    case 'expression':
      return [last ? value(frame, stmt.expr) : effect(frame, stmt.expr)];
    case 'declare':
      return declaration(frame, stmt);
    default:
      return [];
  }
}

/** A declaration as expressions: initialize it, or make it uninitialized again. */
export function declaration(frame: Frame, stmt: Extract<Stmt, { kind: 'declare' }>): string[] {
  const { variable } = stmt;
  const place = frame.place(variable);
  const site = frame.site(stmt.location);
  if (place.kind === 'local') {
    const first = variable.initializer?.parts[0];
    const zero = representationOf(variable.type) === 'bigint' ? '0n' : '0';
    const js =
      first === undefined ? (variable.initializer ? zero : 'undefined') : value(frame, first.value);
    return [`${place.js} = ${js}`];
  }
  return declareInMemory(frame, stmt, place.js, site);
}

function declareInMemory(
  frame: Frame,
  stmt: Extract<Stmt, { kind: 'declare' }>,
  address: string,
  site: number,
): string[] {
  const { variable } = stmt;
  if (variable.type.kind === 'array' && variable.type.vla !== undefined) {
    return [`${address} = R.vla(${vlaSize(frame, variable.type)}, ${site})`];
  }
  if (variable.initializer === undefined) {
    // Its value is indeterminate each time the declaration is reached (C11 §6.2.4p6).
    return frame.repeats ? [`M.forget(${address}, ${sizeOf(variable.type)})`] : [];
  }
  return initialize(frame, address, sizeOf(variable.type), variable.initializer, site);
}

/** The size of a variable-length array in bytes, as a JavaScript number. */
export function vlaSize(frame: Frame, type: CType): string {
  if (type.kind === 'array' && type.vla !== undefined) {
    return `${convert(value(frame, type.vla), type.vla.type, { kind: 'int' })} * ${vlaSize(frame, type.of)}`;
  }
  return `${sizeOf(type)}`;
}
