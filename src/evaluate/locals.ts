import { spell, type Tok } from '../lifecycle/graft/text.ts';
import type { LifecycleFunction } from './functions.ts';
import { splitAt } from '../lifecycle/graft/items.ts';
import { unitsOf } from '../lifecycle/graft/units.ts';

/** A parameter or a variable of a block. */
export interface Local {
  readonly name: string;
  /** Spelled with blanks: `MemoryRegion *`. */
  readonly type: string;
  readonly isParameter: boolean;
}

/** What a function declares; names that it declares twice with different types are left out. */
export function localsOf(of: LifecycleFunction): Local[] {
  const found = [...parametersOf(of), ...variablesOf(of)];
  return found.filter(({ name, type }, index) => {
    const same = found.filter((each) => each.name === name);
    return same.every((each) => each.type === type) && same[0] === found[index];
  });
}

export function parametersOf({ head }: LifecycleFunction): Local[] {
  const close = head.findLastIndex(({ text }) => text === ')');
  const open = head.findLastIndex(({ text }, at) => text === '(' && at < close);
  return splitAt(head.slice(open + 1, close), ',').flatMap((tokens) => declaredBy(tokens, true));
}

function declaredBy(tokens: readonly Tok[], isParameter: boolean): Local[] {
  const name = tokens.at(-1);
  const type = spell(tokens.slice(0, -1));
  const isPlain = tokens.slice(0, -1).every(({ text }) => /^(?:\w+|\*)$/u.test(text));
  return name?.kind === 'identifier' && tokens.length > 1 && isPlain
    ? [{ name: name.text, type, isParameter }]
    : [];
}

function variablesOf({ placed }: LifecycleFunction): Local[] {
  return placed.flatMap(({ statement }) =>
    statement.kind !== 'declaration'
      ? []
      : unitsOf(statement.tokens).flatMap(({ name, type }) =>
          name === undefined || type === undefined ? [] : [{ name, type, isParameter: false }],
        ),
  );
}

/** Whether a token is a use of a variable and not the name of a field. */
export function isUse(tokens: readonly Tok[], at: number, name: string): boolean {
  return tokens[at]?.text === name && !/^(?:->|\.)$/u.test(tokens[at - 1]?.text ?? '');
}
