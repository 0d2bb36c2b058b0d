import type { FunctionBody, LazyBody, Variable } from './ast.ts';
import { Parser, newFunctionState, type Grammar, type UnitState } from './parse-context.ts';
import {
  declareGlobal,
  declareTypedef,
  parseFileObject,
  parseStaticAssert,
} from './parse-declaration.ts';
import {
  type Declarator,
  declareParameter,
  parseDeclarator,
  parseMemberGroup,
  parseTypeName,
} from './parse-declarator.ts';
import { parseAssignment, parseConditional, parseExpression } from './parse-expression.ts';
import { parseInitializer } from './parse-initializer.ts';
import { parseSpecifiers, type Specifiers, startsDeclaration } from './parse-specifiers.ts';
import { parseAsm, parseBlock, parseBody } from './parse-statement.ts';
import { parseUnary } from './parse-unary.ts';
import { Scope } from './scope.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';
import { INT, VOID } from './type-rules.ts';
import type { FunctionType } from './types.ts';

const GRAMMAR: Grammar = {
  expression: parseExpression,
  assignment: parseAssignment,
  conditional: parseConditional,
  unary: parseUnary,
  typeName: parseTypeName,
  block: parseBlock,
  initializer: parseInitializer,
  staticAssert: parseStaticAssert,
  members: parseMemberGroup,
};

/**
 * Parses preprocessed tokens, of which the last is `eof`. Declarations that are not understood are
 * in `errors`; function bodies are parsed when asked for, and throw CError then.
 *
 * @param head the unit of the headers that come first, whose tokens are not among `tokens`; throws
 *   HeadConflict where the unit cannot share it
 */
export function parseTranslationUnit(tokens: readonly Token[], head?: UnitState): UnitState {
  const unit: UnitState = {
    head,
    globals: new Map(),
    literals: [],
    statics: [],
    tags: new Map(),
    typedefs: new Map(),
    errors: [...(head?.errors ?? [])],
    scope: new Scope(undefined, head?.scope),
    tokens,
  };
  if (tokens.length > 0) {
    const parser = new Parser(unit, GRAMMAR, 0, unit.scope, newFunctionState('', VOID));
    while (parser.token.kind !== 'eof') {
      parseOrSkip(parser);
    }
  }
  return unit;
}

/** One declaration; when it does not parse it is recorded, and the next one is looked for. */
function parseOrSkip(parser: Parser): void {
  const start = parser.index;
  try {
    parseExternalDeclaration(parser);
  } catch (error) {
    if (!(error instanceof CError)) {
      throw error;
    }
    parser.unit.errors.push(error);
    parser.scope = parser.unit.scope;
    parser.depth = 0;
    parser.seek(start);
    skipDeclaration(parser);
  }
}

/** To the `;` that ends it, or over a function's body. */
function skipDeclaration(parser: Parser): void {
  let previous = '';
  while (parser.token.kind !== 'eof') {
    const { text } = parser.token;
    if (text === ';') {
      parser.next();
      return;
    }
    if (text === '(' || text === '[' || text === '{') {
      const close = balancedEnd(parser);
      if (close === undefined) {
        parser.seek(parser.tokens.length - 1);
        return;
      }
      parser.seek(close + 1);
      if (text === '{' && previous === ')') {
        return;
      }
    } else {
      parser.next();
    }
    previous = text === '(' ? ')' : text;
  }
}

/** Index of the token that closes the bracket at hand; undefined where the file ends first. */
function balancedEnd(parser: Parser): number | undefined {
  const start = parser.index;
  try {
    parser.skipBalanced();
    return parser.index - 1;
  } catch (error) {
    if (error instanceof CError) {
      return undefined;
    }
    throw error;
  } finally {
    parser.seek(start);
  }
}

/** external-declaration = declaration | function-definition | static-assert | asm | ";" */
function parseExternalDeclaration(parser: Parser): void {
  const { text, location } = parser.token;
  switch (text) {
    case ';':
      parser.next();
      return;
    case '_Static_assert':
    case 'static_assert':
      parseStaticAssert(parser);
      return;
    case 'asm':
    case '__asm':
    case '__asm__':
      parseAsm(parser, location);
      return;
    default:
      parseDeclaration(parser);
  }
}

/** declaration = specifiers [ init-declarator ("," init-declarator)* ] (";" | function-body) */
function parseDeclaration(parser: Parser): void {
  const from = parser.index;
  const specifiers = parseSpecifiers(parser);
  if (parser.accept(';')) {
    return;
  }
  const start = parser.token.location;
  for (;;) {
    const declarator = parseDeclarator(parser, specifiers);
    if (declarator.name === '') {
      throw parser.error(`expected a declaration before '${parser.token.text}'`);
    }
    if (declarator.definition !== undefined && beginsBody(parser, declarator)) {
      parseFunctionDefinition(parser, specifiers, declarator, { from, first: start });
      return;
    }
    if (specifiers.storage === 'typedef') {
      declareTypedef(parser, declarator);
    } else {
      parseFileObject(parser, specifiers, declarator);
    }
    if (!parser.accept(',')) {
      break;
    }
  }
  parser.expect(';');
}

/** `{`, or the parameter declarations of an old-style definition. */
function beginsBody(parser: Parser, declarator: Declarator): boolean {
  if (parser.is('{')) {
    return true;
  }
  return (declarator.definition?.names.length ?? 0) > 0 && startsDeclaration(parser);
}

/** function-definition = specifiers declarator old-style-declaration* "{" ... "}" */
function parseFunctionDefinition(
  parser: Parser,
  specifiers: Specifiers,
  declarator: Declarator,
  start: { readonly from: number; readonly first: Location },
): void {
  const { definition, type, name, location } = declarator;
  if (definition === undefined || type.kind !== 'function') {
    throw parser.error(`'${name}' is no function`, location);
  }
  const oldStyle = definition.names.length > 0;
  const params = oldStyle
    ? oldStyleParameters(parser, definition.names, definition.scope)
    : definition.params;
  const fn: FunctionType = { ...type, params: params.map((param) => param.type) };
  const variable = declareGlobal(parser, specifiers, { ...declarator, type: fn });
  parser.scope.declare(name, { kind: 'variable', variable });
  if (variable.body !== undefined) {
    throw parser.error(`redefinition of '${name}'`, location);
  }
  const index = parser.index;
  const { location: last } = parser.skipBalanced();
  variable.defined = true;
  variable.body = lazyBody(parser.unit, {
    index,
    name,
    type: fn,
    params,
    scope: definition.scope,
    ...start,
    last,
    to: parser.index,
  });
}

/** Old style: `int f(a, b) char *b; { … }`, a parameter without a declaration is an int. */
function oldStyleParameters(parser: Parser, names: readonly string[], scope: Scope): Variable[] {
  const outer = parser.scope;
  const location = parser.token.location;
  parser.scope = scope;
  try {
    while (!parser.is('{')) {
      const specifiers = parseSpecifiers(parser);
      do {
        declareParameter(parser, parseDeclarator(parser, specifiers));
      } while (parser.accept(','));
      parser.expect(';');
    }
    return names.map((name) => oldStyleParameter(scope, name, location));
  } finally {
    parser.scope = outer;
  }
}

function oldStyleParameter(scope: Scope, name: string, location: Location): Variable {
  const entry = scope.own(name);
  if (entry?.kind === 'variable') {
    return entry.variable;
  }
  const variable: Variable = {
    name,
    type: INT,
    location,
    storage: 'parameter',
    internal: true,
    defined: true,
    addressTaken: false,
    attributes: new Set(),
  };
  scope.declare(name, { kind: 'variable', variable });
  return variable;
}

interface Definition {
  /** Of the token `{`. */
  readonly index: number;
  readonly name: string;
  readonly type: FunctionType;
  readonly params: readonly Variable[];
  readonly scope: Scope;
  readonly first: Location;
  readonly last: Location;
  readonly from: number;
  readonly to: number;
}

function lazyBody(unit: UnitState, definition: Definition): LazyBody {
  let known: FunctionBody | undefined;
  let failure: CError | undefined;
  return {
    first: definition.first,
    last: definition.last,
    from: definition.from,
    to: definition.to,
    get() {
      if (failure !== undefined) {
        throw failure;
      }
      try {
        known ??= parseFunctionBody(unit, definition);
      } catch (error) {
        failure = error instanceof CError ? error : undefined;
        throw error;
      }
      return known;
    },
  };
}

function parseFunctionBody(unit: UnitState, definition: Definition): FunctionBody {
  const { name, type, params } = definition;
  const fn = newFunctionState(name, type.returns);
  const scope = new Scope(definition.scope);
  const parser = new Parser(unit, GRAMMAR, definition.index, scope, fn);
  parser.inside = true;
  const block = parseBody(parser);
  return { params, locals: fn.locals, block, hasLabels: fn.hasLabels };
}
