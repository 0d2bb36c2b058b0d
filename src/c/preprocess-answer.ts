import type { Macro } from './preprocess-definition.ts';
import type { PragmaState } from './preprocess-pragma.ts';
import { type QueryContext, answerQuery } from './preprocess-query.ts';
import { CError } from './source.ts';
import type { Token, TokenKind } from './token.ts';

/** What built-in macros depend on. */
export interface AnswerContext extends QueryContext {
  readonly main: string;
  readonly pragmas: PragmaState;
  /** How many files include the one that is being read. */
  readonly depth: number;
  /** Path of the file that is being read. */
  readonly path: string;
  /** The next value of `__COUNTER__`. */
  count(): number;
}

/** What stands in the place of a built-in macro. Throws CError for a `_Pragma` without its string. */
export function answerBuiltin(name: Token, macro: Macro, context: AnswerContext): readonly Token[] {
  const { expander } = context;
  switch (macro.builtin) {
    case 'file':
      return one(name, 'string', JSON.stringify(expander.place.file));
    case 'base-file':
      return one(name, 'string', JSON.stringify(context.main));
    case 'line':
      return one(name, 'number', `${expander.lineOf(name)}`);
    case 'counter':
      return one(name, 'number', `${context.count()}`);
    case 'depth':
      return one(name, 'number', `${context.depth}`);
    case 'query':
      return one(name, 'number', answerQuery(macro.name, context));
    case 'pragma':
      runPragma(name, context);
      return [];
    case undefined:
    default:
      return [];
  }
}

function one(name: Token, kind: TokenKind, text: string): readonly Token[] {
  const { location, startsLine, spaceBefore } = name;
  return [{ kind, text, location, startsLine, spaceBefore }];
}

/** `_Pragma("...")` (C11 §6.10.9). */
function runPragma(name: Token, { expander, pragmas, path }: AnswerContext): void {
  const open = expander.peekParenthesis() ? expander.takeRaw() : undefined;
  const text = open && expander.takeRaw();
  const close = text && expander.takeRaw();
  if (text?.kind !== 'string' || close?.text !== ')') {
    throw new CError(name.location, '_Pragma takes a parenthesized string literal');
  }
  pragmas.runText(text.text, path);
}
