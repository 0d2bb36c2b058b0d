import { diffArrays } from 'diff';
import { type Item, items, splitAt } from '../graft/items.ts';
import { modelTokens, spell, type Tok } from '../graft/text.ts';
import { everyStatement, type Placed, statementsOf } from './statements.ts';

/** A file of one side, as its author wrote it, and its functions. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  readonly functions: ReadonlyMap<string, SourceFunction>;
}

export interface SourceFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly tokens: readonly Tok[];
  /** Every statement, those inside of others behind them. */
  readonly placed: readonly Placed[];
}

export interface Parameter {
  readonly name: string;
  /** Its tokens with a blank between. */
  readonly type: string;
}

/** Throws CError where the text does not lex. */
export function readSource(path: string, text: string): SourceText {
  const functions = new Map<string, SourceFunction>();
  for (const item of items(modelTokens(path, text))) {
    if (item.kind === 'function' && item.closed) {
      functions.set(item.name, readFunction(item));
    }
  }
  return { path, text, functions };
}

function readFunction(item: Item): SourceFunction {
  return {
    name: item.name,
    parameters: parametersOf(item.head),
    tokens: item.tokens,
    placed: everyStatement(statementsOf(item.body)),
  };
}

function parametersOf(head: readonly Tok[]): Parameter[] {
  const open = head.findIndex(({ text }) => text === '(');
  const close = head.findLastIndex(({ text }) => text === ')');
  return splitAt(head.slice(open + 1, close), ',').flatMap((tokens) => {
    const last = tokens.at(-1);
    return last?.kind === 'identifier' && tokens.length > 1
      ? [{ name: last.text, type: spell(tokens.slice(0, -1)) }]
      : [];
  });
}

/** What a patch did to a function, statement by statement; what was moved is both added and removed. */
export interface FunctionChange {
  readonly before: SourceFunction | undefined;
  readonly after: SourceFunction;
  readonly added: readonly Placed[];
  readonly removed: readonly Removed[];
}

export interface Removed {
  readonly placed: Placed;
  /** The statement before it that is still there, and the one behind it. */
  readonly previous: Placed | undefined;
  readonly next: Placed | undefined;
}

/** Statements are the same where what they say is, without what stands inside of them. */
export function compareFunctions(
  before: SourceFunction | undefined,
  after: SourceFunction,
): FunctionChange {
  const old = before?.placed ?? [];
  const added: Placed[] = [];
  const removed: Placed[] = [];
  const kept = new Map<Placed, Placed>();
  let [left, right] = [0, 0];
  for (const part of diffArrays(old.map(keyOf), after.placed.map(keyOf))) {
    for (let count = 0; count < part.count; count++) {
      const [from, to] = [old[left], after.placed[right]];
      if (!part.added && !part.removed && from !== undefined && to !== undefined) {
        kept.set(from, to);
      } else if (part.added && to !== undefined) {
        added.push(to);
      } else if (part.removed && from !== undefined) {
        removed.push(from);
      }
      left += part.added ? 0 : 1;
      right += part.removed ? 0 : 1;
    }
  }
  return { before, after, added, removed: removed.map((each) => between(each, old, kept)) };
}

function keyOf({ statement }: Placed): string {
  return `${statement.kind} ${spell(statement.tokens)} ${spell(statement.head)}`;
}

function between(
  placed: Placed,
  old: readonly Placed[],
  kept: ReadonlyMap<Placed, Placed>,
): Removed {
  const siblings = old.filter((each) => each.list === placed.list);
  const before = siblings.filter((each) => each.index < placed.index).toReversed();
  const behind = siblings.filter((each) => each.index > placed.index);
  return { placed, previous: firstKept(before, kept), next: firstKept(behind, kept) };
}

function firstKept(
  placed: readonly Placed[],
  kept: ReadonlyMap<Placed, Placed>,
): Placed | undefined {
  for (const each of placed) {
    const found = kept.get(each);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
