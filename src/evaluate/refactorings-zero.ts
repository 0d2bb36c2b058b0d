import type { Tok } from '../lifecycle/graft/text.ts';
import type { LifecycleFunction } from './functions.ts';
import { localsOf } from './locals.ts';
import { testOf } from './mutants-test.ts';
import type { Draft } from './mutants.ts';
import type { Placed } from '../lifecycle/repair/statements.ts';

/** `x == NULL` for `!x`, `!x` for `x == NULL`, `x != 0` for `x`. */
export function zeroTests({ statement }: Placed, of: LifecycleFunction): Draft[] {
  const test = testOf(statement);
  return test.flatMap((token, at) => {
    const previous = test[at - 1]?.text ?? '(';
    const isNot = token.text === '!';
    // What stands behind a name and a parenthesis is an argument, which has a value of its own.
    const isArgument = previous === '(' && test[at - 2]?.kind === 'identifier';
    if (isArgument || !/^(?:\(|&&|\|\|)$/u.test(previous)) {
      return [];
    }
    const path = pathAt(test, isNot ? at + 1 : at);
    const last = path.at(-1);
    const next = test.slice(at + (isNot ? 1 : 0) + path.length);
    const [first, second] = next;
    if (last === undefined) {
      return [];
    }
    const name = path.map(({ text }) => text).join('');
    const from = token.start;
    if (!isNot && first?.text === '==' && second?.text === 'NULL') {
      return [draft(token, from, second.end, `!${name}`)];
    }
    if (first !== undefined && !/^(?:\)|&&|\|\|)$/u.test(first.text)) {
      return [];
    }
    return [draft(token, from, last.end, `(${name} ${isNot ? '==' : '!='} ${zeroOf(path, of)})`)];
  });
}

function draft({ line }: Tok, start: number, end: number, text: string): Draft {
  return { operator: 'zero-test', line, edits: [{ start, end, text }] };
}

/** A name and the fields behind it. */
function pathAt(tokens: readonly Tok[], from: number): readonly Tok[] {
  if (tokens[from]?.kind !== 'identifier' || tokens[from]?.text === 'sizeof') {
    return [];
  }
  let end = from + 1;
  while (/^(?:->|\.)$/u.test(tokens[end]?.text ?? '')) {
    end += 2;
  }
  return tokens.slice(from, end);
}

/** A pointer's, where a declaration shows that it is one. */
function zeroOf(path: readonly Tok[], of: LifecycleFunction): string {
  const local = localsOf(of).find(({ name }) => name === path[0]?.text);
  return path.length === 1 && local?.type.endsWith('*') === true ? 'NULL' : '0';
}
