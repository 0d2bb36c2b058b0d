import { spell, type Tok } from './text.ts';
import type { Unit } from './units.ts';

/** Names of the model and of what the patch shows. */
export interface FileLevelNames {
  readonly globals: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  /** Those of the model alone. */
  readonly model: ReadonlySet<string>;
  /** The functions that the model's files define. */
  readonly functions: ReadonlySet<string>;
}

/** Tokens with other names; fields keep theirs. */
export function renamed(tokens: readonly Tok[], renames: ReadonlyMap<string, string>): Tok[] {
  return tokens.map((token, at) => {
    const before = tokens[at - 1]?.text;
    const to = renames.get(token.text);
    const isField = before === '->' || before === '.';
    return to === undefined || isField || token.kind !== 'identifier'
      ? token
      : { ...token, text: to };
  });
}

export function renamedUnit(unit: Unit, renames: ReadonlyMap<string, string>): Unit {
  const name = unit.name === undefined ? undefined : (renames.get(unit.name) ?? unit.name);
  const { whole, ...rest } = unit;
  const tokens = renamed(unit.tokens, renames);
  const named = name === undefined ? { ...rest, tokens } : { ...rest, tokens, name };
  const isSame = whole !== undefined && spell(renamed(whole, renames)) === spell(whole);
  return isSame ? { ...named, whole } : named;
}

/** What the units declare, heads of loops included. */
export function declaredNames(units: readonly Unit[]): Set<string> {
  return new Set(
    units.flatMap((unit) => (unit.name === undefined ? namesOfLoop(unit) : [unit.name])),
  );
}

/** `for (int i = 0, *p = q; …)` declares i and p; `for (i = 0; …)` nothing. */
function namesOfLoop({ kind, word, tokens }: Unit): string[] {
  if (kind !== 'open' || word !== 'for') {
    return [];
  }
  const end = tokens.findIndex(({ text }) => text === ';');
  const head = tokens.slice(2, end);
  const first = head.findIndex(({ text }) => text === '=');
  const type = head.slice(0, Math.max(first - 1, 0));
  const isType = type.some((token) => token.kind === 'identifier');
  const names = head.filter(
    (token, at) => token.kind === 'identifier' && head[at + 1]?.text === '=',
  );
  return isType ? names.map(({ text }) => text) : [];
}

export function uses(units: readonly Unit[], name: string): boolean {
  return units.some((unit) => unit.tokens.some((token) => token.text === name));
}

const WORD =
  /^(if|else|for|while|do|switch|case|default|return|break|continue|goto|sizeof|struct|union|enum|const|static|volatile|unsigned|signed|int|char|long|short|void|bool|float|double|true|false|typeof|inline|__\w+|\w+_t)$/;

/** An identifier that must name a local of the model and does not. */
export function unknownName(
  unit: Unit,
  known: (name: string) => boolean,
  isField: (name: string) => boolean,
): string | undefined {
  const { tokens } = unit;
  const found = tokens.find((token, at) => {
    const before = tokens[at - 1]?.text ?? '';
    const after = tokens[at + 1];
    return (
      token.kind === 'identifier' &&
      /[a-z]/.test(token.text) &&
      !/^[A-Z]\w*[a-z]/.test(token.text) &&
      !WORD.test(token.text) &&
      !/^(->|\.|goto|struct|union|enum)$/.test(before) &&
      !/^[(:]$/.test(after?.text ?? '') &&
      after?.kind !== 'identifier' &&
      !(after?.text === '*' && /^[)*]$/.test(tokens[at + 2]?.text ?? '')) &&
      !(unit.kind === 'declaration' && at === 0) &&
      !(isField(token.text) && /^[(,]$/.test(before) && /^[),]$/.test(after?.text ?? '')) &&
      !known(token.text)
    );
  });
  return found?.text;
}

/** The tokens that replace the model's; a statement seen in part is replaced in that part. */
export function newTokens(
  before: Unit,
  unit: Unit,
  there: Unit,
  renames: ReadonlyMap<string, string>,
): Tok[] | undefined {
  if (!before.partial) {
    return [...unit.tokens];
  }
  const seen = spell(renamed(before.tokens, renames));
  const count = before.tokens.length;
  const place = unit.tokens[0];
  const move = (tokens: readonly Tok[]): Tok[] =>
    tokens.map((token) => (place ? { ...token, file: place.file, line: place.line } : token));
  if (spell(there.tokens.slice(-count)) === seen) {
    return [...move(there.tokens.slice(0, -count)), ...unit.tokens];
  }
  if (spell(there.tokens.slice(0, count)) === seen) {
    return [...unit.tokens, ...move(there.tokens.slice(count))];
  }
  return undefined;
}

/** Report the model's tokens on the line of the patch that now holds them. */
export function relabelled(unit: Unit, place: Tok | undefined): Unit {
  if (place === undefined) {
    return unit;
  }
  const { whole: _, ...rest } = unit;
  const tokens = unit.tokens.map((token) => ({ ...token, file: place.file, line: place.line }));
  return { ...rest, tokens };
}
