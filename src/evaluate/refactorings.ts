import type { Change } from './edit.ts';
import type { LifecycleFunction } from './functions.ts';
import { isUse, localsOf } from './locals.ts';
import { type Draft, type Grounds, named } from './mutants.ts';
import { testOf } from './mutants-test.ts';
import { extracted } from './refactorings-extract.ts';
import { loops } from './refactorings-loop.ts';
import { reordered } from './refactorings-order.ts';
import { zeroTests } from './refactorings-zero.ts';
import type { Block, Placed } from '../lifecycle/repair/statements.ts';

/** Every way in which a function is written differently and does the same. */
export function refactoringsOf(of: LifecycleFunction, { source }: Grounds): Change[] {
  const { text } = source;
  return named(of, [
    ...renamed(of),
    ...of.placed.flatMap((placed) => [
      ...negated(placed),
      ...inverted(placed, text),
      ...split(placed, text),
      ...temporaries(placed, text),
      ...loops(placed, text),
      ...zeroTests(placed, of),
      ...reordered(placed, of, text),
    ]),
    ...extracted(of, source),
  ]);
}

function renamed(of: LifecycleFunction): Draft[] {
  const tokens = [...of.head, ...of.body];
  return localsOf(of).map(({ name }) => {
    const uses = tokens.filter((_, at) => isUse(tokens, at, name));
    return {
      operator: 'rename-local',
      line: uses[0]?.line ?? of.lines.first,
      edits: uses.map(({ start, end }) => ({ start, end, text: `${name}_renamed` })),
    };
  });
}

/** `!!(test)`. */
function negated({ statement }: Placed): Draft[] {
  const test = statement.kind === 'simple' ? [] : testOf(statement);
  const [first] = test;
  const last = test.at(-1);
  return first === undefined || last === undefined
    ? []
    : [
        {
          operator: 'double-negation',
          line: statement.line,
          edits: [
            { start: first.start, end: first.start, text: '!!(' },
            { start: last.end, end: last.end, text: ')' },
          ],
        },
      ];
}

/** `if (!(test)) else-part else then-part`. */
function inverted({ statement }: Placed, text: string): Draft[] {
  const { kind, body, otherwise, start, end, line } = statement;
  if (kind !== 'if' || body === undefined) {
    return [];
  }
  const part = (block: Block): string => `{ ${text.slice(block.start, block.end)} }`;
  const other = otherwise === undefined ? '{ }' : part(otherwise);
  const changed = `if (!(${headText(statement, text)})) ${other} else ${part(body)}`;
  return [{ operator: 'invert-if', line, edits: [{ start, end, text: changed }] }];
}

/** What stands between the parentheses, as written. */
export function headText({ head }: Placed['statement'], text: string): string {
  return text.slice(head[0]?.start ?? 0, head.at(-1)?.end ?? 0);
}

/** `if (a) { if (b) ... }` for `if (a && b) ...`. */
function split({ statement }: Placed, text: string): Draft[] {
  const { kind, head, body, otherwise, start, end, line } = statement;
  const at = head.findIndex((token, index) => token.text === '&&' && depthAt(head, index) === 0);
  const isLoose = head.some((token, index) => token.text === '||' && depthAt(head, index) === 0);
  if (kind !== 'if' || body === undefined || otherwise !== undefined || at < 1 || isLoose) {
    return [];
  }
  const left = text.slice(head[0]?.start ?? 0, head[at - 1]?.end ?? 0);
  const right = text.slice(head[at + 1]?.start ?? 0, head.at(-1)?.end ?? 0);
  const inner = `if (${right}) { ${text.slice(body.start, body.end)} }`;
  const edits = [{ start, end, text: `if (${left}) { ${inner} }` }];
  return [{ operator: 'split-test', line, edits }];
}

function depthAt(tokens: Placed['statement']['head'], index: number): number {
  return tokens
    .slice(0, index)
    .reduce((depth, { text }) => depth + (text === '(' ? 1 : text === ')' ? -1 : 0), 0);
}

/** A test of its own statement, and an argument that is a field of something. */
function temporaries({ statement, free }: Placed, text: string): Draft[] {
  const { kind, start, end, line, tokens } = statement;
  if (!free) {
    return [];
  }
  if (kind === 'if') {
    const from = statement.head[0]?.start ?? 0;
    const to = statement.head.at(-1)?.end ?? 0;
    const edits = [
      { start, end: start, text: `{ bool probe = (${text.slice(from, to)}); ` },
      { start: from, end: to, text: 'probe' },
      { start: end, end, text: ' }' },
    ];
    return [{ operator: 'temporary', line, edits }];
  }
  const [name, open, ...rest] = tokens;
  const isCall = kind === 'simple' && open?.text === '(' && /^[a-z]\w*$/u.test(name?.text ?? '');
  const stop = rest.findIndex(({ text: each }) => /^[,)(]$/u.test(each));
  const argument = rest.slice(0, stop);
  const isPath = argument.every(({ text: each }) => /^(?:\w+|->|\.)$/u.test(each));
  if (!isCall || /^assert$/u.test(name?.text ?? '') || argument.length < 3 || !isPath) {
    return [];
  }
  const [from, to] = [argument[0]?.start ?? 0, argument.at(-1)?.end ?? 0];
  const edits = [
    { start, end: start, text: `{ __auto_type probe = ${text.slice(from, to)}; ` },
    { start: from, end: to, text: 'probe' },
    { start: end, end, text: ' }' },
  ];
  return rest[stop]?.text === '(' || name?.text.startsWith('call_rcu') === true
    ? []
    : [{ operator: 'temporary', line, edits }];
}
