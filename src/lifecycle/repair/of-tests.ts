import { spell, type Tok } from '../graft/text.ts';
import { callOf, counterparts, sameTokens, testIn, written } from './candidate.ts';
import type { Broken, Call, Candidate } from './candidate.ts';
import { guarded, indentAt, linesAround, reindent, replace } from './layout.ts';
import type { Placed, Statement } from './statements.ts';

/** A call that undoes one which the patch made depend on a test, made to depend on the same test. */
export function guardedAlike(broken: Broken): Candidate[] {
  const { pack, source, changes } = broken;
  const guards = changes.flatMap(({ added, after }) =>
    added.flatMap(guardOf).map((each) => ({ ...each, from: after })),
  );
  return guards.flatMap(({ test, call, from }) => {
    const names = counterparts(pack, call.name);
    return [...source.functions.values()].flatMap((each) =>
      testIn(each, from, test).flatMap((text) =>
        each.placed
          .filter((other) => isCounterpart(names, call, other) && !isGuarded(other, text))
          .flatMap((other) => guard(source.text, source.path, other, text)),
      ),
    );
  });
}

function guardOf({ statement }: Placed): { test: readonly Tok[]; call: Call }[] {
  const [only, ...others] = statement.body?.list ?? [];
  const call = only === undefined || others.length > 0 ? undefined : callOf(only);
  const isGuard = statement.kind === 'if' && statement.otherwise === undefined;
  return isGuard && call !== undefined ? [{ test: statement.head, call }] : [];
}

function isCounterpart(names: readonly string[], call: Call, { statement }: Placed): boolean {
  const other = callOf(statement);
  const [mine, theirs] = [call.arguments[0], other?.arguments[0]];
  return (
    other !== undefined &&
    names.includes(other.name) &&
    mine !== undefined &&
    theirs !== undefined &&
    sameTokens(mine, theirs)
  );
}

function isGuarded({ parent }: Placed, test: string): boolean {
  return parent?.kind === 'if' && written(parent.head) === test;
}

function guard(text: string, path: string, other: Placed, test: string): Candidate[] {
  const span = linesAround(text, other.statement);
  if (span === undefined) {
    return [];
  }
  const lines = text.slice(span.start, span.end);
  const indent = indentAt(text, other.statement.start);
  return [{ path, edits: [replace(span, guarded(test, lines, indent))] }];
}

/** Tests that the patch added, the other way round. */
export function inverted({ source, changes }: Broken): Candidate[] {
  return changes
    .flatMap(({ added }) => added)
    .flatMap(({ statement }) => {
      const [first] = statement.head;
      const last = statement.head.at(-1);
      if (statement.kind !== 'if' || first === undefined || last === undefined) {
        return [];
      }
      const text = opposite(statement.head);
      return [{ path: source.path, edits: [{ start: first.start, end: last.end, text }] }];
    });
}

const OPPOSITE = new Map([
  ['==', '!='],
  ['!=', '=='],
]);

function opposite(test: readonly Tok[]): string {
  const at = test.findIndex((token) => OPPOSITE.has(token.text));
  const isSimple = !test.some((token) => token.text === '&&' || token.text === '||');
  if (at >= 0 && isSimple) {
    const other = OPPOSITE.get(test[at]?.text ?? '') ?? '';
    return `${written(test.slice(0, at))} ${other} ${written(test.slice(at + 1))}`;
  }
  if (test[0]?.text === '!' && isSimple) {
    return written(test.slice(1));
  }
  return test.length === 1 || /^\w+(?: (?:->|\.) \w+)*$/u.test(spell(test))
    ? `!${written(test)}`
    : `!(${written(test)})`;
}

/** What the patch made depend on a test, done always. */
export function unguarded({ source, changes }: Broken): Candidate[] {
  return changes
    .flatMap(({ added }) => added)
    .flatMap(({ statement, free }) => {
      const lines = bodyLines(source.text, statement);
      const span = linesAround(source.text, statement);
      const isGuard = statement.kind === 'if' && statement.otherwise === undefined && free;
      return isGuard && lines !== undefined && span !== undefined
        ? [{ path: source.path, edits: [replace(span, lines)] }]
        : [];
    });
}

function bodyLines(text: string, statement: Statement): string | undefined {
  const list = statement.body?.list ?? [];
  const [first] = list;
  const last = list.at(-1);
  if (first === undefined || last === undefined || first.kind === 'declaration') {
    return undefined;
  }
  const span = linesAround(text, { start: first.start, end: last.end });
  return span === undefined
    ? undefined
    : reindent(
        text.slice(span.start, span.end),
        indentAt(text, first.start),
        indentAt(text, statement.start),
      );
}

/** Calls with two arguments that the patch added, with the two exchanged. */
export function exchanged({ source, changes }: Broken): Candidate[] {
  return changes
    .flatMap(({ added }) => added)
    .flatMap(({ statement }) => {
      const [left, right, ...others] = callOf(statement)?.arguments ?? [];
      if (left === undefined || right === undefined || others.length > 0) {
        return [];
      }
      const edits = [
        { ...rangeOf(left), text: written(right) },
        { ...rangeOf(right), text: written(left) },
      ];
      return [{ path: source.path, edits }];
    });
}

function rangeOf(tokens: readonly Tok[]): { start: number; end: number } {
  return { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}
