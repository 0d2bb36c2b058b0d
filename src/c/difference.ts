import type { UnitState } from './parse-context.ts';
import type { Token } from './token.ts';

/**
 * The functions that are defined otherwise, or only once, in two versions of a unit, after preprocessing and
 * wherever their lines stand. Undefined where anything else differs: a type, an object, a declaration.
 */
export function changedFunctions(before: UnitState, after: UnitState): Set<string> | undefined {
  if (before === after) {
    return new Set();
  }
  if (before.head !== after.head || before.errors.length > 0 || after.errors.length > 0) {
    return undefined;
  }
  const [old, now] = [split(before), split(after)];
  if (!isSame(old.rest, now.rest)) {
    return undefined;
  }
  const names = [...new Set([...old.functions.keys(), ...now.functions.keys()])];
  return new Set(
    names.filter((name) => {
      const [a, b] = [old.functions.get(name), now.functions.get(name)];
      return a === undefined || b === undefined || !isSame(a, b);
    }),
  );
}

/** The tokens of each function's definition, and those between them. */
interface Split {
  readonly functions: ReadonlyMap<string, readonly Token[]>;
  readonly rest: readonly Token[];
}

/** A base is compared with every version of it, and each twice. */
const splits = new WeakMap<UnitState, Split>();

export function split(unit: UnitState): Split {
  const known = splits.get(unit) ?? cut(unit);
  splits.set(unit, known);
  return known;
}

function cut(unit: UnitState): Split {
  const functions = new Map<string, readonly Token[]>();
  const gaps: (readonly Token[])[] = [];
  let end = 0;
  const defined = [...unit.globals.values()].flatMap(({ name, body }) =>
    body === undefined ? [] : [{ name, body }],
  );
  for (const { name, body } of defined.toSorted((a, b) => a.body.from - b.body.from)) {
    gaps.push(unit.tokens.slice(end, body.from));
    functions.set(name, unit.tokens.slice(body.from, body.to));
    end = body.to;
  }
  gaps.push(unit.tokens.slice(end));
  return { functions, rest: gaps.flat() };
}

function isSame(a: readonly Token[], b: readonly Token[]): boolean {
  return (
    a.length === b.length &&
    a.every((token, index) => {
      const other = b[index];
      return other !== undefined && (token.text === other.text || areLines(token, other));
    })
  );
}

/** Both are the number of the line they stand on: what `__LINE__` in an assertion becomes. */
function areLines(a: Token, b: Token): boolean {
  return isLine(a) && isLine(b);
}

function isLine({ kind, text, location }: Token): boolean {
  return kind === 'number' && text === `${location.line}`;
}
