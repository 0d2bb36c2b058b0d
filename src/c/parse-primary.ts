import type { Expr } from './ast.ts';
import { LIBRARY } from './builtins.ts';
import { printType } from './dump-type.ts';
import { castTo, convertTo, integer, reference, rvalue, bitsOf } from './parse-build.ts';
import { isBuiltin, parseBuiltin } from './parse-builtin.ts';
import type { Parser } from './parse-context.ts';
import { declareImplicitly } from './parse-declaration.ts';
import { charLiteral, numberLiteral, plainString, stringLiteral } from './parse-literal.ts';
import type { Location } from './source.ts';
import type { Token } from './token.ts';
import { compatible, promoteArgument, VOID } from './type-rules.ts';
import type { FunctionType } from './types.ts';

/** primary = identifier | constant | string+ | "(" expression ")" | "({" ... "})" | generic | builtin */
export function parsePrimary(parser: Parser): Expr {
  const { token } = parser;
  switch (token.kind) {
    case 'number':
      return numberLiteral(parser.next());
    case 'char':
      return charLiteral(parser.next());
    case 'string':
      return parseStrings(parser);
    case 'identifier':
      return parseIdentifier(parser);
    default:
      break;
  }
  if (!parser.is('(')) {
    throw parser.error(`expected expression before '${token.text}'`);
  }
  parser.next();
  const expr = parser.is('{')
    ? statementExpression(parser, token.location)
    : parser.grammar.expression(parser);
  parser.expect(')');
  return expr;
}

function parseStrings(parser: Parser): Expr {
  const tokens: Token[] = [];
  while (parser.token.kind === 'string') {
    tokens.push(parser.next());
  }
  return stringLiteral(tokens);
}

/** GNU C: the value is that of the last statement when it is an expression, behind labels or not. */
function statementExpression(parser: Parser, location: Location): Expr {
  const block = parser.grammar.block(parser);
  const statements = [...block.body];
  for (let last = statements.at(-1); last?.kind === 'label'; last = statements.at(-1)) {
    const empty = { kind: 'empty', location: last.body.location } as const;
    statements.splice(-1, 1, { ...last, body: empty }, last.body);
  }
  const last = statements.at(-1);
  const type = last?.kind === 'expression' ? last.expr.type : VOID;
  return { kind: 'statement-expression', body: { ...block, body: statements }, type, location };
}

function parseIdentifier(parser: Parser): Expr {
  const token = parser.next();
  const { text, location } = token;
  const entry = parser.scope.find(text);
  if (entry?.kind === 'variable') {
    return reference(entry.variable, location);
  }
  if (entry?.kind === 'constant') {
    return integer(entry.value, entry.type, location);
  }
  switch (text) {
    case '_Generic':
      return parseGeneric(parser, location);
    case '__func__':
    case '__FUNCTION__':
    case '__PRETTY_FUNCTION__':
      return plainString(parser.fn.name, location);
    default:
      break;
  }
  if (isBuiltin(text)) {
    return parseBuiltin(parser, token);
  }
  if (parser.is('(') && entry === undefined) {
    const variable = declareImplicitly(parser, text, location, LIBRARY.get(text));
    return reference(variable, location);
  }
  throw parser.error(
    entry === undefined ? `'${text}' undeclared` : `expected expression before '${text}'`,
    location,
  );
}

/** "_Generic" "(" assignment ("," (type-name | "default") ":" assignment)+ ")", C11 §6.5.1.1 */
function parseGeneric(parser: Parser, location: Location): Expr {
  parser.expect('(');
  const { type } = rvalue(parser.grammar.assignment(parser));
  let exact: Expr | undefined;
  let close: Expr | undefined;
  let fallback: Expr | undefined;
  while (parser.accept(',')) {
    if (parser.accept('default')) {
      parser.expect(':');
      fallback = parser.grammar.assignment(parser);
      continue;
    }
    const association = parser.grammar.typeName(parser);
    parser.expect(':');
    const expr = parser.grammar.assignment(parser);
    if (compatible(type, association.type, true)) {
      exact ??= expr;
    } else if (compatible(type, association.type)) {
      close ??= expr;
    }
  }
  parser.expect(')');
  // Qualifiers of members and of `typeof` are not kept: better the unqualified pointer than nothing.
  const chosen = exact ?? fallback ?? close;
  if (chosen === undefined) {
    throw parser.error(`no association for '${printType(type)}' in _Generic`, location);
  }
  return chosen;
}

/** arguments = [ assignment ("," assignment)* ], converted as by assignment or promoted (C11 §6.5.2.2) */
export function parseCall(parser: Parser, expr: Expr): Expr {
  const { location } = parser.next();
  const type = calledType(parser, expr, location);
  const args: Expr[] = [];
  while (!parser.is(')')) {
    const arg = parser.grammar.assignment(parser);
    const param = type.params[args.length];
    args.push(param === undefined ? promotedArgument(arg) : convertTo(arg, param));
    if (!parser.accept(',')) {
      break;
    }
  }
  parser.expect(')');
  checkCount(parser, type, args.length, location);
  const callee = expr.type.kind === 'function' ? expr : rvalue(expr);
  return { kind: 'call', callee, args, type: type.returns, location };
}

function calledType(parser: Parser, expr: Expr, location: Location): FunctionType {
  const { type } = expr;
  if (type.kind === 'function') {
    return type;
  }
  if (type.kind === 'pointer' && type.to.kind === 'function') {
    return type.to;
  }
  throw parser.error(`called object of type '${printType(type)}' is not a function`, location);
}

function promotedArgument(arg: Expr): Expr {
  const value = rvalue(arg);
  return castTo(value, promoteArgument(value.type, bitsOf(value)));
}

function checkCount(parser: Parser, type: FunctionType, count: number, location: Location): void {
  if (type.unprototyped) {
    return;
  }
  const { length } = type.params;
  if (count < length || (count > length && !type.variadic)) {
    throw parser.error(`${count} arguments where ${length} are expected`, location);
  }
}
