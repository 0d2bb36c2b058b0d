import { matches } from '../lifecycle/pack.ts';
import type { Edit } from '../lifecycle/repair/edit.ts';
import { callsIn, type LifecycleFunction, writes } from './functions.ts';
import type { Draft, Grounds } from './mutants.ts';
import type { Lists } from './rules.ts';
import type { Placed, Statement } from '../lifecycle/repair/statements.ts';

/** What is done to a statement, by what it calls. */
const TREATMENTS: Readonly<Record<keyof Lists, readonly Treatment[]>> = {
  take: ['drop', 'double', 'swap', 'up', 'down', 'out'],
  drop: ['drop', 'double', 'swap', 'up', 'down', 'out'],
  link: ['drop', 'double', 'up', 'down', 'out'],
  unlink: ['drop', 'double', 'up', 'down', 'out'],
  allocate: ['drop', 'up', 'down'],
  free: ['drop', 'double', 'up', 'down', 'out'],
  begin: ['drop', 'double'],
  commit: ['drop', 'double'],
  assert: ['drop'],
};

type Treatment = 'drop' | 'double' | 'swap' | 'up' | 'down' | 'out';

const KINDS = [
  'begin',
  'commit',
  'take',
  'drop',
  'unlink',
  'link',
  'free',
  'allocate',
  'assert',
] as const;

/** Drops, doubles, swaps or moves what takes, drops, links, unlinks, allocates, frees or asserts. */
export function statementMutants(of: LifecycleFunction, grounds: Grounds): Draft[] {
  return of.placed.flatMap((placed) => {
    const { statement } = placed;
    if (statement.kind !== 'simple' || isJump(statement)) {
      return [];
    }
    const calls = callsIn(statement.tokens);
    const kind = KINDS.find((each) =>
      calls.some((name) => matches(grounds.rules.calls[each], name)),
    );
    if (kind !== undefined) {
      return TREATMENTS[kind].flatMap((treatment) =>
        treat(treatment, kind, placed, grounds).map((edits) => ({
          operator: `${treatment}-${kind}`,
          line: statement.line,
          edits,
        })),
      );
    }
    return writes(statement, grounds.fields, grounds.source.globals)
      ? [{ operator: 'drop-assignment', line: statement.line, edits: [remove(statement)] }]
      : [];
  });
}

export function isJump({ tokens }: Statement): boolean {
  return /^(?:return|goto|break|continue)$/u.test(tokens[0]?.text ?? '');
}

/** A statement gone; something has to be left where it was the whole body. */
function remove({ start, end }: Statement): Edit {
  return { start, end, text: ';' };
}

function treat(
  treatment: Treatment,
  kind: keyof Lists,
  placed: Placed,
  grounds: Grounds,
): (readonly Edit[])[] {
  const { statement, list, index } = placed;
  const text = grounds.source.text.slice(statement.start, statement.end);
  switch (treatment) {
    case 'drop':
      return [[remove(statement)]];
    case 'double':
      return [[{ ...statement, text: `{ ${text} ${text} }` }]];
    case 'swap':
      return swapped(kind, statement, grounds);
    case 'up':
      return moved(placed, list[index - 1], text, 'start');
    case 'down':
      return moved(placed, list[index + 1], text, 'end');
    case 'out': {
      const { parent } = placed;
      const leaves = parent?.kind === 'if' && parent.otherwise === undefined;
      return leaves && sameNames(statement, parent)
        ? [[remove(statement), { start: parent.start, end: parent.start, text: `${text} ` }]]
        : [];
    }
  }
}

/** Nothing that the statement uses is declared inside the `if` that it leaves. */
function sameNames(statement: Statement, parent: Statement): boolean {
  const declared = (parent.body?.list ?? []).map((each) => each.declared?.name);
  return statement.tokens.every(({ text }) => !declared.includes(text));
}

function moved(
  { statement, free }: Placed,
  other: Statement | undefined,
  text: string,
  side: 'start' | 'end',
): (readonly Edit[])[] {
  const fixed = other === undefined || /^(?:label|directive|declaration)$/u.test(other.kind);
  if (!free || fixed || isJump(other)) {
    return [];
  }
  const to = other[side];
  return [[remove(statement), { start: to, end: to, text: ` ${text} ` }]];
}

/** A take in place of a drop and the other way round, by the order of both lists. */
function swapped(kind: keyof Lists, { tokens }: Statement, { rules, source }: Grounds): Edit[][] {
  const [from, to] =
    kind === 'take' ? [rules.calls.take, rules.calls.drop] : [rules.calls.drop, rules.calls.take];
  for (const token of tokens) {
    const at = from.findIndex((each) => matches([each], token.text));
    const [head = '', tail = ''] = from[at]?.split('*') ?? [];
    const middle = token.text.slice(head.length, token.text.length - tail.length);
    const name = to[at]?.replace('*', middle);
    if (name !== undefined && new RegExp(`\\b${name}\\b`, 'u').test(source.text)) {
      return [[{ start: token.start, end: token.end, text: name }]];
    }
  }
  return [];
}
