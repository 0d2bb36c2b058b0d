import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

/** A piece of a replacement list, made ready for substitution (C11 §6.10.3.1 to §6.10.3.3). */
export interface Part {
  readonly token: Token;
  /** Which parameter it names; -1 for none. */
  readonly parameter: number;
  /** Under `#`. */
  readonly stringify: boolean;
  /** `##` stands before it. */
  pasted: boolean;
  /** `##` stands behind it. */
  pastes: boolean;
  /** What `__VA_OPT__(...)` holds. */
  readonly optional: readonly Part[] | undefined;
}

/** Answers itself when expanded: `__LINE__`, `defined`, `_Pragma`, ... */
export type Builtin = 'file' | 'base-file' | 'line' | 'counter' | 'depth' | 'pragma' | 'query';

/** A macro definition. All kinds have one shape; `parts` is filled in when first expanded. */
export interface Macro {
  readonly name: string;
  /** Where its name stands in the `#define`. */
  readonly location: Location;
  readonly kind: 'object' | 'function' | 'builtin';
  readonly builtin: Builtin | undefined;
  /** The last one is `__VA_ARGS__` or the name before `...` when variadic. */
  readonly parameters: readonly string[];
  readonly variadic: boolean;
  readonly body: readonly Token[];
  parts: readonly Part[] | undefined;
  /** While its replacement is being rescanned it is not replaced again (§6.10.3.4p2). */
  disabled: boolean;
}

interface Shape {
  readonly parameters: readonly string[];
  readonly variadic: boolean;
  readonly end: number;
}

/** A macro that the preprocessor itself answers. */
export function builtinMacro(name: string, builtin: Builtin): Macro {
  return {
    name,
    location: { file: '<built-in>', line: 1, column: 1 },
    kind: 'builtin',
    builtin,
    parameters: [],
    variadic: false,
    body: [],
    parts: undefined,
    disabled: false,
  };
}

/**
 * Reads a definition (C11 §6.10.3).
 *
 * @param line the tokens behind `define`
 * @param at where to blame a definition without a name
 */
export function readDefinition(line: readonly Token[], at: Location): Macro {
  const [name, open] = line;
  if (name?.kind !== 'identifier') {
    throw new CError(name?.location ?? at, 'a macro name must be an identifier');
  }
  const isFunction = open?.text === '(' && !open.spaceBefore;
  const shape = isFunction
    ? readParameters(line, name)
    : { parameters: [], variadic: false, end: 1 };
  return {
    name: name.text,
    location: name.location,
    kind: isFunction ? 'function' : 'object',
    builtin: undefined,
    parameters: shape.parameters,
    variadic: shape.variadic,
    body: line.slice(shape.end),
    parts: undefined,
    disabled: false,
  };
}

/** `(a, b, ...)`, `(args...)`, `()`. */
function readParameters(line: readonly Token[], name: Token): Shape {
  const parameters: string[] = [];
  let index = 2;
  if (line[index]?.text === ')') {
    return { parameters, variadic: false, end: index + 1 };
  }
  for (;;) {
    const token = line[index++];
    let variadic = token?.text === '...';
    if (token !== undefined && variadic) {
      parameters.push('__VA_ARGS__');
    } else if (token?.kind === 'identifier') {
      parameters.push(token.text);
      variadic = line[index]?.text === '...';
      index += variadic ? 1 : 0;
    } else {
      throw new CError(token?.location ?? name.location, 'expected a macro parameter');
    }
    const separator = line[index++];
    if (separator?.text === ')') {
      return { parameters, variadic, end: index };
    }
    if (separator?.text !== ',' || variadic) {
      throw new CError(
        separator?.location ?? name.location,
        "expected ')' in macro parameter list",
      );
    }
  }
}

/** The replacement list in parts, read once. Throws CError for a misplaced `#` or `##`. */
export function partsOf(macro: Macro): readonly Part[] {
  macro.parts ??= readParts(macro, macro.body);
  return macro.parts;
}

function readParts(macro: Macro, body: readonly Token[]): Part[] {
  const parts: Part[] = [];
  let pasted = false;
  for (let index = 0; index < body.length; index++) {
    const token = body[index];
    if (token === undefined) {
      break;
    }
    const operator = token.kind === 'punctuator' ? token.text : '';
    if (operator === '##') {
      const previous = parts.at(-1);
      if (previous === undefined || index === body.length - 1) {
        throw new CError(token.location, "'##' cannot be at either end of a macro");
      }
      previous.pastes = true;
      pasted = true;
      continue;
    }
    const stringify = operator === '#' && macro.kind === 'function';
    const subject = stringify ? body[++index] : token;
    const { part, end } = readPart(macro, body, { token, subject, stringify, pasted, index });
    parts.push(part);
    index = end;
    pasted = false;
  }
  return parts;
}

interface Operand {
  /** The `#`, or the operand itself. */
  readonly token: Token;
  readonly subject: Token | undefined;
  readonly stringify: boolean;
  readonly pasted: boolean;
  readonly index: number;
}

function readPart(
  macro: Macro,
  body: readonly Token[],
  { token, subject, stringify, pasted, index }: Operand,
): { part: Part; end: number } {
  const parameter = subject?.kind === 'identifier' ? macro.parameters.indexOf(subject.text) : -1;
  const common = { token, stringify, pasted, pastes: false };
  if (macro.variadic && subject?.text === '__VA_OPT__' && body[index + 1]?.text === '(') {
    const end = closing(body, index + 1);
    const optional = readParts(macro, body.slice(index + 2, end));
    return { part: { ...common, parameter: -1, optional }, end };
  }
  if (stringify && parameter === -1) {
    throw new CError(token.location, "'#' is not followed by a macro parameter");
  }
  return { part: { ...common, parameter, optional: undefined }, end: index };
}

/** The index of the `)` that closes the `(` at `open`. */
function closing(body: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < body.length; index++) {
    const text = body[index]?.text;
    if (text === '(') {
      depth++;
    } else if (text === ')' && --depth === 0) {
      return index;
    }
  }
  const at = body[open];
  throw new CError(at?.location ?? { file: '', line: 1, column: 1 }, 'unterminated __VA_OPT__');
}
