import type { Expr, Stmt } from './ast.ts';
import { foldInteger } from './constant.ts';
import { newAttributes, parseAttributes } from './parse-attribute.ts';
import {
  castTo,
  convertTo,
  promoted,
  requireInteger,
  requireScalar,
  rvalue,
} from './parse-build.ts';
import type { Parser } from './parse-context.ts';
import { parseBlockDeclaration, parseStaticAssert } from './parse-declaration.ts';
import { startsDeclaration } from './parse-specifiers.ts';
import type { Location } from './source.ts';
import { wrapInteger } from './type-rules.ts';

type Block = Extract<Stmt, { kind: 'block' }>;

/** compound-statement = "{" (declaration | statement)* "}", in a scope of its own */
export function parseBlock(parser: Parser): Block {
  return parser.scoped(() => parseBody(parser));
}

/** The same in the scope at hand: a function's parameters and its outermost block share one (C11 §6.2.1p4). */
export function parseBody(parser: Parser): Block {
  const { location } = parser.expect('{');
  const body: Stmt[] = [];
  while (!parser.is('}')) {
    if (parser.token.kind === 'eof') {
      throw parser.error("expected '}' before end of file");
    }
    parseBlockItem(parser, body);
  }
  parser.next();
  return { kind: 'block', body, location };
}

function parseBlockItem(parser: Parser, into: Stmt[]): void {
  const { text } = parser.token;
  if (text === '_Static_assert' || text === 'static_assert') {
    parseStaticAssert(parser);
  } else if (text === '__label__') {
    parseLocalLabels(parser);
  } else if (atDeclaration(parser)) {
    parseBlockDeclaration(parser, into);
  } else {
    into.push(parseStatement(parser));
  }
}

/** `__extension__` begins expressions too, and a label may have the name of a type. */
function atDeclaration(parser: Parser): boolean {
  let distance = 0;
  while (parser.peek(distance).text === '__extension__') {
    distance++;
  }
  if (distance > 0) {
    const index = parser.index;
    parser.seek(index + distance);
    const found = startsDeclaration(parser);
    parser.seek(found ? index + distance : index);
    return found;
  }
  if (parser.token.text === '__attribute__') {
    return !isFallthrough(parser);
  }
  return startsDeclaration(parser) && parser.peek().text !== ':';
}

/** `__attribute__((fallthrough));` */
function isFallthrough(parser: Parser): boolean {
  return /fallthrough/.test(parser.peek(3).text);
}

/** "__label__" name ("," name)* ";" */
function parseLocalLabels(parser: Parser): void {
  parser.next();
  do {
    const { text } = parser.identifier();
    parser.fn.labelCount++;
    parser.scope.declareLabel(text, `${text}.${parser.fn.labelCount}`);
  } while (parser.accept(','));
  parser.expect(';');
}

/** statement, C11 §6.8 */
export function parseStatement(parser: Parser): Stmt {
  parser.deepen(1);
  const stmt = parseOneStatement(parser);
  parser.depth--;
  return stmt;
}

function parseOneStatement(parser: Parser): Stmt {
  const { token } = parser;
  const { text, location } = token;
  if (token.kind === 'identifier') {
    const parse = STATEMENTS.get(text);
    if (parse !== undefined) {
      return parse(parser, location);
    }
    if (parser.peek().text === ':') {
      return parseLabel(parser, location);
    }
  }
  if (text === '{') {
    return parseBlock(parser);
  }
  if (parser.accept(';')) {
    return { kind: 'empty', location };
  }
  const expr = rvalue(parser.grammar.expression(parser));
  parser.expect(';');
  return { kind: 'expression', expr, location };
}

type StatementParser = (parser: Parser, location: Location) => Stmt;

const STATEMENTS: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ['if', parseIf],
  ['while', parseWhile],
  ['do', parseDo],
  ['for', parseFor],
  ['switch', parseSwitch],
  ['case', parseCase],
  ['default', parseDefault],
  ['break', (parser, location) => parseJump(parser, { kind: 'break', location })],
  ['continue', (parser, location) => parseJump(parser, { kind: 'continue', location })],
  ['goto', parseGoto],
  ['return', parseReturn],
  ['asm', parseAsm],
  ['__asm', parseAsm],
  ['__asm__', parseAsm],
  ['__attribute__', parseAttributeStatement],
]);

function parseTest(parser: Parser): Expr {
  parser.expect('(');
  const test = requireScalar(parser.grammar.expression(parser));
  parser.expect(')');
  return test;
}

/** "if" "(" expression ")" statement [ "else" statement ] */
function parseIf(parser: Parser, location: Location): Stmt {
  parser.next();
  const test = parseTest(parser);
  const then = parser.scoped(() => parseStatement(parser));
  if (!parser.accept('else')) {
    // oxlint-disable-next-line unicorn/no-thenable -- a node's branch, nothing that is awaited
    return { kind: 'if', test, then, location };
  }
  const otherwise = parser.scoped(() => parseStatement(parser));
  // oxlint-disable-next-line unicorn/no-thenable -- a node's branch, nothing that is awaited
  return { kind: 'if', test, then, else: otherwise, location };
}

function parseWhile(parser: Parser, location: Location): Stmt {
  parser.next();
  const test = parseTest(parser);
  return { kind: 'while', test, body: parser.scoped(() => parseStatement(parser)), location };
}

function parseDo(parser: Parser, location: Location): Stmt {
  parser.next();
  const body = parser.scoped(() => parseStatement(parser));
  parser.expect('while');
  const test = parseTest(parser);
  parser.expect(';');
  return { kind: 'do', body, test, location };
}

/** "for" "(" (declaration | [ expression ] ";") [ expression ] ";" [ expression ] ")" statement */
function parseFor(parser: Parser, location: Location): Stmt {
  parser.next();
  return parser.scoped(() => {
    parser.expect('(');
    const init: Stmt[] = [];
    if (!parser.accept(';')) {
      if (startsDeclaration(parser)) {
        parseBlockDeclaration(parser, init);
      } else {
        const expr = rvalue(parser.grammar.expression(parser));
        init.push({ kind: 'expression', expr, location: expr.location });
        parser.expect(';');
      }
    }
    const test = parser.is(';') ? undefined : requireScalar(parser.grammar.expression(parser));
    parser.expect(';');
    const step = parser.is(')') ? undefined : rvalue(parser.grammar.expression(parser));
    parser.expect(')');
    const body = parser.scoped(() => parseStatement(parser));
    return {
      kind: 'for',
      init,
      ...(test === undefined ? {} : { test }),
      ...(step === undefined ? {} : { step }),
      body,
      location,
    };
  });
}

function parseSwitch(parser: Parser, location: Location): Stmt {
  parser.next();
  parser.expect('(');
  const value = promoted(requireInteger(parser.grammar.expression(parser)));
  parser.expect(')');
  parser.fn.switches.push(value.type);
  const body = parser.scoped(() => parseStatement(parser));
  parser.fn.switches.pop();
  return { kind: 'switch', value, body, location };
}

/** "case" constant [ "..." constant ] ":" statement */
function parseCase(parser: Parser, location: Location): Stmt {
  parser.next();
  const low = caseValue(parser);
  const high = parser.accept('...') ? caseValue(parser) : low;
  parser.expect(':');
  return { kind: 'case', low, high, body: labelled(parser), location };
}

function caseValue(parser: Parser): bigint {
  const { location } = parser.token;
  const type = parser.fn.switches.at(-1);
  if (type === undefined) {
    throw parser.error('case label not within a switch statement', location);
  }
  const value = foldInteger(castTo(requireInteger(parser.grammar.conditional(parser)), type));
  if (value === undefined) {
    throw parser.error('case label does not reduce to an integer constant', location);
  }
  return wrapInteger(value, type);
}

function parseDefault(parser: Parser, location: Location): Stmt {
  parser.next();
  parser.expect(':');
  return { kind: 'default', body: labelled(parser), location };
}

/** What a label stands before; `}` and, since C23, a declaration may follow. */
function labelled(parser: Parser): Stmt {
  const { location } = parser.token;
  if (parser.is('}')) {
    return { kind: 'empty', location };
  }
  return atDeclaration(parser) ? { kind: 'empty', location } : parseStatement(parser);
}

/** name ":" [ attributes ] statement */
function parseLabel(parser: Parser, location: Location): Stmt {
  const name = parser.scope.label(parser.next().text);
  parser.next();
  parser.fn.hasLabels = true;
  parseAttributes(parser, newAttributes());
  return { kind: 'label', name, body: labelled(parser), location };
}

function parseJump(parser: Parser, stmt: Stmt): Stmt {
  parser.next();
  parser.expect(';');
  return stmt;
}

/** "goto" (name | "*" expression) ";" */
function parseGoto(parser: Parser, location: Location): Stmt {
  parser.next();
  if (parser.accept('*')) {
    const target = requireScalar(parser.grammar.expression(parser));
    parser.expect(';');
    return { kind: 'computed-goto', target, location };
  }
  const label = parser.scope.label(parser.identifier().text);
  parser.expect(';');
  return { kind: 'goto', label, location };
}

/** A value that a function without one returns is evaluated all the same, as gcc does. */
function parseReturn(parser: Parser, location: Location): Stmt {
  parser.next();
  if (parser.accept(';')) {
    return { kind: 'return', location };
  }
  const expr = parser.grammar.expression(parser);
  parser.expect(';');
  return { kind: 'return', value: convertTo(expr, parser.fn.returns), location };
}

/** asm = "asm" ("volatile" | "inline" | "goto")* "(" string+ ... ")" ";" */
export function parseAsm(parser: Parser, location: Location): Stmt {
  parser.next();
  while (parser.token.kind === 'identifier') {
    parser.next();
  }
  let text = '';
  for (let distance = 1; parser.peek(distance).kind === 'string'; distance++) {
    text += parser.peek(distance).text.slice(1, -1);
  }
  parser.skipBalanced();
  parser.accept(';');
  return { kind: 'asm', text, location };
}

function parseAttributeStatement(parser: Parser, location: Location): Stmt {
  parseAttributes(parser, newAttributes());
  parser.expect(';');
  return { kind: 'empty', location };
}
