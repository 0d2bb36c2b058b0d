import type { Stmt, Variable } from './ast.ts';
import { foldInteger } from './constant.ts';
import { printType } from './dump-type.ts';
import type { Attributes } from './parse-attribute.ts';
import { castTo, reference, rvalue } from './parse-build.ts';
import { HeadConflict } from './head-conflict.ts';
import type { Parser } from './parse-context.ts';
import { type Declarator, parseDeclarator } from './parse-declarator.ts';
import { parseSpecifiers, type Specifiers } from './parse-specifiers.ts';
import type { Location } from './source.ts';
import {
  compatible,
  composite,
  INT,
  isIncomplete,
  isRecord,
  isVla,
  markTransparent,
  ULONG,
} from './type-rules.ts';
import type { CType, FunctionType } from './types.ts';

/** static-assert = "_Static_assert" "(" constant-expression [ "," string ] ")" ";" */
export function parseStaticAssert(parser: Parser): void {
  const { location } = parser.next();
  parser.expect('(');
  const value = foldInteger(rvalue(parser.grammar.conditional(parser)));
  let message = '';
  if (parser.accept(',')) {
    while (parser.token.kind === 'string') {
      message += parser.next().text;
    }
  }
  parser.expect(')');
  parser.expect(';');
  if (value === undefined) {
    throw parser.error('expression in static assertion is not constant', location);
  }
  if (value === 0n) {
    throw parser.error(`static assertion failed: ${message}`, location);
  }
}

/**
 * declaration = specifiers [ init-declarator ("," init-declarator)* ] ";" inside a block; statements
 * for automatic objects are added to `into`.
 */
export function parseBlockDeclaration(parser: Parser, into: Stmt[]): void {
  const specifiers = parseSpecifiers(parser);
  if (parser.accept(';')) {
    return;
  }
  do {
    const declarator = parseDeclarator(parser, specifiers);
    if (declarator.definition !== undefined && parser.is('{')) {
      throw parser.error('unsupported: nested function', declarator.location);
    }
    declareInBlock(parser, specifiers, declarator, into);
  } while (parser.accept(','));
  parser.expect(';');
}

function declareInBlock(
  parser: Parser,
  specifiers: Specifiers,
  declarator: Declarator,
  into: Stmt[],
): void {
  const { storage } = specifiers;
  if (storage === 'typedef') {
    declareTypedef(parser, declarator, into);
  } else if (declarator.type.kind === 'function' || storage === 'extern') {
    const variable = declareGlobal(parser, specifiers, declarator);
    parser.scope.declare(variable.name, { kind: 'variable', variable });
  } else if (storage === 'static') {
    const variable = newVariable(declarator, 'static', true);
    parser.scope.declare(variable.name, { kind: 'variable', variable });
    parser.unit.statics.push(variable);
    initializeOrCheck(parser, variable, declarator);
  } else {
    declareAutomatic(parser, specifiers, declarator, into);
  }
}

/** `typedef T name;` at file scope and in blocks. A variable length is evaluated where it stands. */
export function declareTypedef(parser: Parser, declarator: Declarator, into?: Stmt[]): void {
  const { name, qualifiers, attributes } = declarator;
  let { type } = declarator;
  if (into !== undefined && isVla(type)) {
    type = hoistLengths(parser, type, declarator.location, into);
  }
  if (attributes.transparentUnion) {
    markTransparent(type);
  }
  const align = attributes.align === 0 ? declarator.typeAlign : attributes.align;
  parser.scope.declare(name, { kind: 'typedef', declared: { type, qualifiers, align } });
  if (parser.scope === parser.unit.scope) {
    parser.unit.typedefs.set(name, type);
  }
}

function declareAutomatic(
  parser: Parser,
  specifiers: Specifiers,
  declarator: Declarator,
  into: Stmt[],
): void {
  const { location, name } = declarator;
  const variable = newVariable(declarator, parser.inside ? 'automatic' : 'static', true);
  setCleanup(parser, variable, declarator.attributes);
  if (specifiers.autoType) {
    inferType(parser, variable);
  } else {
    if (isVla(variable.type)) {
      variable.type = hoistLengths(parser, variable.type, location, into);
    }
    parser.scope.declare(name, { kind: 'variable', variable });
    initializeOrCheck(parser, variable, declarator);
  }
  parser.fn.locals.push(variable);
  into.push({ kind: 'declare', variable, location });
}

/** `__auto_type x = e`: x is not yet in scope in e. */
function inferType(parser: Parser, variable: Variable): void {
  parser.expect('=');
  const value = rvalue(parser.grammar.assignment(parser));
  variable.type = value.type;
  variable.addressTaken ||= isRecord(value.type);
  variable.initializer = { parts: [{ offset: 0, value }], zeroed: false };
  parser.scope.declare(variable.name, { kind: 'variable', variable });
}

function setCleanup(parser: Parser, variable: Variable, attributes: Attributes): void {
  if (attributes.cleanup === undefined) {
    return;
  }
  const entry = parser.scope.find(attributes.cleanup);
  if (entry?.kind !== 'variable' || entry.variable.type.kind !== 'function') {
    throw parser.error(`cleanup argument '${attributes.cleanup}' is not a function`);
  }
  variable.cleanup = entry.variable;
  variable.addressTaken = true;
}

/**
 * C11 §6.7.6.2p5: lengths are evaluated once, where the declarator is reached, into variables of
 * their own; the type refers to those.
 */
function hoistLengths(parser: Parser, type: CType, location: Location, into: Stmt[]): CType {
  if (type.kind !== 'array') {
    return type;
  }
  const of = hoistLengths(parser, type.of, location, into);
  if (type.vla === undefined) {
    return { ...type, of };
  }
  if (type.vla.kind === 'int' || type.vla.kind === 'variable') {
    const known = type.vla.kind === 'int' || type.vla.variable.name === '';
    if (known) {
      return { ...type, of };
    }
  }
  const value = castTo(rvalue(type.vla), ULONG);
  const variable: Variable = {
    name: '',
    type: ULONG,
    location,
    storage: 'automatic',
    internal: true,
    defined: true,
    addressTaken: false,
    initializer: { parts: [{ offset: 0, value }], zeroed: false },
    attributes: new Set(),
  };
  parser.fn.locals.push(variable);
  into.push({ kind: 'declare', variable, location });
  return { kind: 'array', of, length: undefined, vla: reference(variable, location) };
}

export function newVariable(
  declarator: Declarator,
  storage: Variable['storage'],
  internal: boolean,
): Variable {
  const { name, type, location, attributes } = declarator;
  const variable: Variable = {
    name,
    type,
    location,
    storage,
    internal,
    defined: storage !== 'function',
    addressTaken: type.kind === 'array' || isRecord(type),
    attributes: attributes.names,
  };
  if (attributes.runsBeforeMain) {
    variable.isConstructor = true;
  }
  return variable;
}

function initializeOrCheck(parser: Parser, variable: Variable, declarator: Declarator): void {
  if (parser.accept('=')) {
    parser.grammar.initializer(parser, variable);
  }
  if (isIncomplete(variable.type) || variable.type.kind === 'void') {
    throw parser.error(
      `'${variable.name}' has incomplete type '${printType(variable.type)}'`,
      declarator.location,
    );
  }
}

/** One entity per name with linkage: a later declaration completes what an earlier one said. */
export function declareGlobal(
  parser: Parser,
  specifiers: Specifiers,
  declarator: Declarator,
): Variable {
  const { name, type, location, attributes } = declarator;
  const seen = parser.unit.globals.get(name) ?? inheritGlobal(parser, name);
  const isFunction = type.kind === 'function';
  if (seen === undefined) {
    const internal = specifiers.storage === 'static';
    const variable = newVariable(declarator, isFunction ? 'function' : 'static', internal);
    variable.defined = false;
    parser.unit.globals.set(name, variable);
    return variable;
  }
  if (!compatible(seen.type, type) && !isRedeclarable(seen.type, type)) {
    throw parser.error(`conflicting types for '${name}'`, location);
  }
  seen.type = composite(seen.type, type);
  if (attributes.names.size > 0) {
    seen.attributes = new Set([...seen.attributes, ...attributes.names]);
  }
  if (attributes.runsBeforeMain) {
    seen.isConstructor = true;
  }
  return seen;
}

/**
 * A copy of what the headers before said of a name: this unit may say more, the units that share the
 * headers do not hear of it. What links by name can be copied; a `static` of a header cannot.
 */
function inheritGlobal(parser: Parser, name: string): Variable | undefined {
  const inherited = parser.unit.head?.globals.get(name);
  if (inherited === undefined) {
    return undefined;
  }
  if (inherited.internal) {
    throw new HeadConflict(name);
  }
  const variable = { ...inherited };
  parser.unit.globals.set(name, variable);
  return variable;
}

/** Old-style and implicit declarations are believed to mean what a later prototype says, as gcc does. */
function isRedeclarable(seen: CType, type: CType): boolean {
  return seen.kind === 'function' && type.kind === 'function' && seen.unprototyped;
}

/** C11 §6.9.2: an object of file scope, with its initializer or as a tentative definition. */
export function parseFileObject(
  parser: Parser,
  specifiers: Specifiers,
  declarator: Declarator,
): void {
  const variable = declareGlobal(parser, specifiers, declarator);
  parser.scope.declare(variable.name, { kind: 'variable', variable });
  if (variable.storage === 'function') {
    variable.defined ||= [...variable.attributes].some((name) => name.startsWith('alias'));
    return;
  }
  if (specifiers.storage !== 'extern') {
    variable.defined = true;
  }
  if (parser.accept('=')) {
    variable.defined = true;
    parser.grammar.initializer(parser, variable);
  }
}

/** A call of what nobody declared: `extern int name();` (C90 §6.3.2.2). */
export function declareImplicitly(
  parser: Parser,
  name: string,
  location: Location,
  known?: FunctionType,
): Variable {
  const seen = parser.unit.globals.get(name) ?? parser.unit.head?.globals.get(name);
  if (seen !== undefined) {
    return seen;
  }
  const type: FunctionType = known ?? {
    kind: 'function',
    returns: INT,
    params: [],
    variadic: false,
    unprototyped: true,
  };
  const variable: Variable = {
    name,
    type,
    location,
    storage: 'function',
    internal: false,
    defined: false,
    addressTaken: false,
    attributes: new Set(),
  };
  parser.unit.globals.set(name, variable);
  parser.unit.scope.declare(name, { kind: 'variable', variable });
  return variable;
}
