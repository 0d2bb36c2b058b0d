import { splitAt } from '../lifecycle/graft/items.ts';
import type { Draft } from './mutants.ts';
import type { Block, Placed, Statement } from '../lifecycle/repair/statements.ts';

/** Each loop in the other two forms, where that is the same. */
export function loops({ statement, free }: Placed, text: string): Draft[] {
  const { kind, body, line, start, end, head } = statement;
  if (body === undefined || !free) {
    return [];
  }
  const test = text.slice(head[0]?.start ?? 0, head.at(-1)?.end ?? 0);
  const inside = text.slice(body.start, body.end);
  const draft = (operator: string, changed: string): Draft => ({
    operator,
    line,
    edits: [{ start, end, text: changed }],
  });
  switch (kind) {
    case 'while':
      return [
        draft('while-to-for', `for (; ${test}; ) ${inside}`),
        draft('while-to-do', `if (${test}) { do ${inside} while (${test}); }`),
      ];
    case 'do':
      // `continue` goes to the test, which would be passed over.
      return goesOn(body)
        ? []
        : [draft('do-to-for', `for (;;) { ${inside} if (!(${test})) { break; } }`)];
    case 'for':
      return goesOn(body) ? [] : [draft('for-to-while', forToWhile(statement, inside, text))];
    default:
      return [];
  }
}

function forToWhile({ head }: Statement, inside: string, text: string): string {
  const [first = '', test = '', step = ''] = splitAt(head, ';').map((part) =>
    text.slice(part[0]?.start ?? 0, part.at(-1)?.end ?? part[0]?.start ?? 0),
  );
  return `{ ${first}; while (${test === '' ? '1' : test}) { ${inside} ${step}; } }`;
}

function goesOn({ list }: Block): boolean {
  return list.some(
    ({ tokens, body, otherwise }) =>
      tokens[0]?.text === 'continue' ||
      [body, otherwise].some((block) => block !== undefined && goesOn(block)),
  );
}
