import { lex } from './lex.ts';
import type { Part } from './preprocess-definition.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

/** An argument as it was written, and, once somebody wanted it so, macro-replaced. */
export interface Argument {
  readonly raw: readonly Token[];
  expanded: readonly Token[] | undefined;
}

/** One use of a macro. */
export interface Call {
  readonly args: readonly Argument[];
  /** The index of the variable argument; -1 where the macro takes none. */
  readonly variable: number;
  /** Macro-replaces an argument as if it were the rest of the file (C11 §6.10.3.1). */
  readonly expand: (argument: Argument) => readonly Token[];
  /** The same token with other white space before it. */
  readonly respace: (token: Token, space: boolean) => Token;
  /** Counts tokens before they are copied; throws CError when a text was written to explode. */
  readonly charge: (tokens: number) => void;
}

/** No spelling grows longer: `#` and `##` can double what they are given. */
const MAX_SPELLING = 1 << 20;

const EMPTY: { readonly tokens: readonly Token[]; readonly placemarker: boolean } = {
  tokens: [],
  placemarker: true,
};

/** The replacement list with arguments, `#`, `##` and `__VA_OPT__` done (C11 §6.10.3.1 to §6.10.3.3). */
export function substitute(parts: readonly Part[], call: Call): readonly Token[] {
  return substituteParts(parts, call).tokens;
}

/** Tokens that stand for a part. */
interface Operand {
  readonly tokens: readonly Token[];
  /** They end in a placemarker: a `##` that follows has nothing on its left. */
  readonly placemarker: boolean;
}

function substituteParts(parts: readonly Part[], call: Call): Operand {
  const result: Token[] = [];
  let placemarker = false;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part === undefined) {
      break;
    }
    if (part.parameter === -1 && part.optional === undefined && !part.pasted) {
      result.push(part.token);
      placemarker = false;
      continue;
    }
    const operand = operandOf(part, call);
    if (part.pasted && isVariableComma(parts[index - 1], part, call)) {
      joinVariableArguments(result, operand, part, call);
      placemarker = operand.placemarker;
    } else if (!part.pasted || placemarker) {
      append(result, operand.tokens, part, call);
      placemarker = operand.placemarker;
    } else if (operand.tokens.length > 0) {
      call.charge(operand.tokens.length);
      pasteLast(result, operand.tokens);
      placemarker = operand.placemarker;
    }
  }
  return { tokens: result, placemarker };
}

function operandOf(part: Part, call: Call): Operand {
  if (part.optional !== undefined) {
    const inner = hasVariableArguments(call) ? substituteParts(part.optional, call) : EMPTY;
    return part.stringify ? plain([stringify(inner.tokens, part.token)]) : inner;
  }
  if (part.parameter === -1) {
    return plain([part.token]);
  }
  const argument = call.args[part.parameter];
  if (argument === undefined) {
    return part.stringify ? plain([stringify([], part.token)]) : EMPTY;
  }
  if (part.stringify) {
    return plain([stringify(argument.raw, part.token)]);
  }
  return plain(part.pasted || part.pastes ? argument.raw : call.expand(argument));
}

function plain(tokens: readonly Token[]): Operand {
  return { tokens, placemarker: tokens.length === 0 };
}

function hasVariableArguments(call: Call): boolean {
  const argument = call.args[call.variable];
  return argument !== undefined && call.expand(argument).length > 0;
}

function append(result: Token[], tokens: readonly Token[], part: Part, call: Call): void {
  const [first] = tokens;
  if (first === undefined) {
    return;
  }
  call.charge(tokens.length);
  result.push(call.respace(first, part.token.spaceBefore));
  for (let index = 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token !== undefined) {
      result.push(token);
    }
  }
}

function isVariableComma(left: Part | undefined, part: Part, call: Call): boolean {
  return (
    left?.token.text === ',' &&
    part.parameter === call.variable &&
    call.variable !== -1 &&
    !part.stringify
  );
}

/**
 * GNU: in `, ## __VA_ARGS__` nothing is pasted. The comma goes when the variable argument was left out, or
 * is empty and the only one; after a comma of the caller's own it stays, as in gcc.
 */
function joinVariableArguments(result: Token[], { tokens }: Operand, part: Part, call: Call): void {
  const omitted = call.args[call.variable] === undefined;
  if (omitted || (tokens.length === 0 && call.args.length === 1)) {
    result.pop();
  } else {
    append(result, tokens, part, call);
  }
}

function pasteLast(result: Token[], tokens: readonly Token[]): void {
  const [first, ...rest] = tokens;
  const left = result.pop();
  if (left === undefined || first === undefined) {
    result.push(...(left === undefined ? tokens : [left]));
    return;
  }
  result.push(...paste(left, first));
  for (const token of rest) {
    result.push(token);
  }
}

/**
 * `##` (C11 §6.10.3.3). Where the two make no token the behaviour is undefined; both stay, side by side,
 * as gcc leaves them: the parser then says what is wrong, in the function that it is wrong in.
 */
function paste(left: Token, right: Token): readonly Token[] {
  const { location, startsLine, spaceBefore } = left;
  const text = left.text + right.text;
  checkSpelling(text, location);
  if (left.kind === 'identifier' && right.kind !== 'string' && /^\w+$/u.test(right.text)) {
    return [{ kind: 'identifier', text, location, startsLine, spaceBefore }];
  }
  if (text.startsWith('/*') || text.startsWith('//')) {
    return [left, right];
  }
  const [made, end] = lex(location.file, text);
  if (made === undefined || end?.kind !== 'eof' || made.kind === 'eof') {
    return [left, right];
  }
  return [{ kind: made.kind, text: made.text, location, startsLine, spaceBefore }];
}

/** `#` (C11 §6.10.3.2): white space between tokens becomes one space, quotes are escaped. */
export function stringify(tokens: readonly Token[], at: Token): Token {
  let text = '';
  for (const token of tokens) {
    if (text !== '' && (token.spaceBefore || token.startsLine)) {
      text += ' ';
    }
    const quoted = token.kind === 'string' || token.kind === 'char';
    text += quoted ? token.text.replaceAll(/["\\]/gu, '\\$&') : token.text;
    checkSpelling(text, at.location);
  }
  return {
    kind: 'string',
    text: `"${text}"`,
    location: at.location,
    startsLine: false,
    spaceBefore: at.spaceBefore,
  };
}

function checkSpelling(text: string, location: Location): void {
  if (text.length > MAX_SPELLING) {
    throw new CError(location, 'macros make a token that is too long');
  }
}
