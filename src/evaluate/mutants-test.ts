import { behindGroup, splitAt } from '../lifecycle/graft/items.ts';
import type { Tok } from '../lifecycle/graft/text.ts';
import type { Edit } from '../lifecycle/repair/edit.ts';
import type { LifecycleFunction } from './functions.ts';
import type { Draft } from './mutants.ts';
import type { Statement } from '../lifecycle/repair/statements.ts';

/** Drops, inverts or weakens what decides whether statements run. */
export function testMutants(of: LifecycleFunction): Draft[] {
  return of.placed.flatMap(({ statement }) => {
    const test = testOf(statement);
    return test.length === 0 ? [] : drafts(statement, test);
  });
}

/** The tokens that decide: those between the semicolons of a `for`, and what is returned where it is a condition. */
export function testOf({ kind, head, tokens }: Statement): readonly Tok[] {
  if (kind === 'for') {
    const first = head.findIndex(({ text }) => text === ';');
    const rest = head.slice(first + 1);
    return rest.slice(
      0,
      rest.findIndex(({ text }) => text === ';'),
    );
  }
  if (kind === 'simple' && tokens[0]?.text === 'return') {
    const value = tokens.slice(1, -1);
    return operands(value).length > 1 ? value : [];
  }
  return kind === 'if' || kind === 'while' || kind === 'do' ? head : [];
}

function drafts(statement: Statement, test: readonly Tok[]): Draft[] {
  const [first] = test;
  const last = test.at(-1);
  if (first === undefined || last === undefined) {
    return [];
  }
  const whole = { start: first.start, end: last.end };
  const draft = (operator: string, edits: readonly Edit[]): Draft => ({
    operator,
    line: first.line,
    edits,
  });
  const constants = statement.kind === 'if' ? ['1', '0'] : ['0'];
  const inverted = [
    { start: whole.start, end: whole.start, text: '!(' },
    { start: whole.end, end: whole.end, text: ')' },
  ];
  return [
    draft('invert-test', inverted),
    ...(statement.kind === 'simple' ? [] : constants).map((text) =>
      draft(text === '1' ? 'drop-test' : 'never', [{ ...whole, text }]),
    ),
    ...weaker(test).map((edits) => draft('weaken-test', edits)),
    ...test.flatMap((token) => {
      const text = SHIFTED.get(token.text);
      return text === undefined || token.kind !== 'punctuator'
        ? []
        : [draft('shift-bound', [{ start: token.start, end: token.end, text }])];
    }),
  ];
}

const SHIFTED = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
]);

/** Without one of the operands of `&&` or `||`, at any depth. */
function weaker(test: readonly Tok[]): Edit[][] {
  const parts = operands(test);
  const here =
    parts.length < 2
      ? []
      : parts.map((_, index) => {
          const left = parts[index === 0 ? 0 : index - 1];
          const right = parts[index === 0 ? 1 : index];
          const start = index === 0 ? left?.[0]?.start : left?.at(-1)?.end;
          const end = index === 0 ? right?.[0]?.start : right?.at(-1)?.end;
          return [{ start: start ?? 0, end: end ?? 0, text: '' }];
        });
  return [...here, ...groups(test).flatMap((inside) => weaker(inside))];
}

/** What stands between parentheses, of the outermost ones. */
function groups(tokens: readonly Tok[]): (readonly Tok[])[] {
  const found: (readonly Tok[])[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') {
      const end = behindGroup(tokens, at);
      found.push(tokens.slice(at + 1, end - 1));
      at = end - 1;
    }
  }
  return found;
}

/** The operands of the loosest of `||` and `&&` outside of parentheses. */
export function operands(tokens: readonly Tok[]): (readonly Tok[])[] {
  for (const operator of ['||', '&&']) {
    const parts = splitAt(tokens, operator);
    if (parts.length > 1) {
      return parts;
    }
  }
  return [tokens];
}
