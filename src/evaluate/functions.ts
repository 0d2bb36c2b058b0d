import { type Item, items } from '../lifecycle/graft/items.ts';
import { modelTokens, type Tok } from '../lifecycle/graft/text.ts';
import { matches } from '../lifecycle/pack.ts';
import type { Lists } from './rules.ts';
import {
  everyStatement,
  type Placed,
  type Statement,
  statementsOf,
} from '../lifecycle/repair/statements.ts';

/** A function of a real file that does something to a lifetime. */
export interface LifecycleFunction {
  readonly name: string;
  readonly head: readonly Tok[];
  readonly body: readonly Tok[];
  /** Offsets of the first token of its head and of the brace that ends it. */
  readonly start: number;
  readonly end: number;
  readonly lines: { readonly first: number; readonly last: number };
  readonly list: readonly Statement[];
  readonly placed: readonly Placed[];
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly functions: readonly LifecycleFunction[];
  /** Every function that the file defines. */
  readonly names: ReadonlySet<string>;
  /** Objects of file scope. */
  readonly globals: ReadonlySet<string>;
}

/** The names of everything that tokens call, macros included. */
export function callsIn(tokens: readonly Tok[]): string[] {
  return tokens.flatMap((token, at) =>
    token.kind === 'identifier' && tokens[at + 1]?.text === '(' ? [token.text] : [],
  );
}

/** A file, and which of its functions do something to a lifetime by the lists, or write what decides about it. */
export function readSource(
  path: string,
  text: string,
  lists: Lists,
  fields: ReadonlySet<string>,
): SourceFile {
  const found = items(modelTokens(path, text));
  const globals = new Set(found.filter(({ kind }) => kind === 'global').map(({ name }) => name));
  const { assert: _, ...touching } = lists;
  const calls = Object.values(touching).flat();
  const functions = found.flatMap((item) => {
    const of = readFunction(item);
    const touches =
      callsIn(item.body).some((name) => matches(calls, name)) ||
      of?.placed.some(({ statement }) => writes(statement, fields, globals)) === true;
    return of === undefined || !touches ? [] : [of];
  });
  const names = found.filter(({ kind }) => kind === 'function').map(({ name }) => name);
  return { path, text, functions, names: new Set(names), globals };
}

function readFunction(item: Item): LifecycleFunction | undefined {
  const first = item.tokens[0];
  const last = item.tokens.at(-1);
  if (item.kind !== 'function' || !item.closed || first === undefined || last === undefined) {
    return undefined;
  }
  const list = statementsOf(item.body);
  return {
    name: item.name,
    head: item.head,
    body: item.body,
    start: first.start,
    end: last.end,
    lines: { first: first.line, last: last.line },
    list,
    placed: everyStatement(list),
  };
}

/** Whether a statement writes one of these fields, or an object of file scope. */
export function writes(
  { kind, tokens }: Statement,
  fields: ReadonlySet<string>,
  globals: ReadonlySet<string>,
): boolean {
  const at = tokens.findIndex(({ text }) => /^(?:[-+*|&^]?=|<<=|>>=|\+\+|--)$/u.test(text));
  const left = at < 1 ? tokens.slice(1, 2) : tokens.slice(0, at);
  const last = left.findLastIndex((token) => token.kind === 'identifier');
  const name = left[last]?.text ?? '';
  const isField = /^(?:->|\.)$/u.test(left[last - 1]?.text ?? '');
  return kind === 'simple' && at >= 0 && (isField ? fields.has(name) : globals.has(name));
}
