import type { Execution } from '../../machine/execution.ts';
import { splitAt } from '../graft/items.ts';
import { spell, type Tok } from '../graft/text.ts';
import { matches, type Pack } from '../pack.ts';
import type { Edit } from './edit.ts';
import type { FunctionChange, SourceFunction, SourceText } from './function.ts';
import type { Statement } from './statements.ts';

/** A small change that may mend a patch. */
export interface Candidate {
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** What repairs are made for: a file after the patch, what the patch did to it, and how it fails. */
export interface Broken {
  readonly pack: Pack;
  readonly source: SourceText;
  /** The same file before the patch. */
  readonly before: SourceText | undefined;
  /** Functions that the patch changed. */
  readonly changes: readonly FunctionChange[];
  /** Those, and the others that have to do with the failure. */
  readonly scope: readonly SourceFunction[];
  readonly end: Execution;
}

/** A statement that is nothing but a call. */
export interface Call {
  readonly name: string;
  readonly arguments: readonly (readonly Tok[])[];
}

export function callOf({ kind, tokens }: Statement): Call | undefined {
  const [name, open] = tokens;
  const isCall =
    kind === 'simple' &&
    name?.kind === 'identifier' &&
    open?.text === '(' &&
    tokens.at(-2)?.text === ')' &&
    tokens.at(-1)?.text === ';';
  return isCall ? { name: name.text, arguments: splitAt(tokens.slice(2, -2), ',') } : undefined;
}

/** The calls that undo a call, or that it undoes. */
export function counterparts(pack: Pack, name: string): string[] {
  return pack.repair.pairs.flatMap(({ take, drop }) =>
    take === name ? [drop] : drop === name ? [take] : [],
  );
}

export function isAssertion(pack: Pack, { tokens }: Statement): boolean {
  return tokens.some(
    ({ kind, text }) => kind === 'identifier' && matches(pack.repair.assertions, text),
  );
}

/**
 * A test of one function as it can be made in another, written out: a name that is not known there stands for a
 * parameter of its type. Empty where there is none.
 */
export function testIn(
  target: SourceFunction,
  from: SourceFunction,
  test: readonly Tok[],
): string[] {
  const known = new Set(namesIn(target.tokens));
  const [unknown, ...others] = new Set(namesIn(test).filter((name) => !known.has(name)));
  if (unknown === undefined) {
    return [written(test)];
  }
  const type = typeOf(from, unknown);
  return target.parameters
    .filter(({ name }) => others.length === 0 && !namesIn(test).includes(name))
    .filter((each) => each.type === type)
    .map(({ name }) => written(test, new Map([[unknown, name]])));
}

/** Fields aside, which are the same everywhere. */
function namesIn(tokens: readonly Tok[]): string[] {
  return tokens
    .filter(
      ({ kind }, at) => kind === 'identifier' && !/^(?:->|\.)$/u.test(tokens[at - 1]?.text ?? ''),
    )
    .map(({ text }) => text);
}

function typeOf(of: SourceFunction, name: string): string | undefined {
  const declared = of.placed.find(({ statement }) => statement.declared?.name === name);
  const parameter = of.parameters.find((each) => each.name === name);
  return parameter?.type ?? declared?.statement.declared?.type;
}

/** Tokens as they stand in their text, with other names. */
export function written(
  tokens: readonly Tok[],
  names: ReadonlyMap<string, string> = new Map(),
): string {
  return tokens
    .map(
      ({ text, spaceBefore }, at) => (at > 0 && spaceBefore ? ' ' : '') + (names.get(text) ?? text),
    )
    .join('');
}

export function sameTokens(a: readonly Tok[], b: readonly Tok[]): boolean {
  return spell(a) === spell(b);
}
