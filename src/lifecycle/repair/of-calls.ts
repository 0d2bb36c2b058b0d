import { spell, type Tok } from '../graft/text.ts';
import { matches } from '../pack.ts';
import { callOf, sameTokens } from './candidate.ts';
import type { Broken, Candidate } from './candidate.ts';
import type { Parameter, SourceFunction } from './function.ts';
import { guarded, indentAt, insertBefore, insertBehind, linesAround, replace } from './layout.ts';
import type { Placed } from './statements.ts';

/** How many statements behind the assertion the undoing is tried. */
const LATER = 4;

/** A failing assertion that a field is null becomes what sets it to null: `assert(!x->f)` is `if (x->f) undo(x)`. */
export function undone({ pack, source, scope, end }: Broken): Candidate[] {
  const failing = scope
    .filter((each) => each.name === end.at?.function)
    .flatMap(({ placed }) => placed)
    .find(
      ({ statement: { tokens } }) =>
        tokens[0]?.file === end.at?.location.file &&
        tokens[0]?.line === end.at?.location.line &&
        matches(pack.repair.assertions, tokens[0]?.text ?? ''),
    );
  const asserted = failing === undefined ? undefined : assertedNull(failing);
  if (end.outcome !== 'assertion' || failing === undefined || asserted === undefined) {
    return [];
  }
  return [...source.functions.values()].flatMap((each) => {
    const call = callThatClears(each, asserted);
    return call === undefined ? [] : replaced(source, failing, asserted, call);
  });
}

interface Asserted {
  /** What the field belongs to, as it is written. */
  readonly object: string;
  readonly field: string;
}

/** `assert(!x->f)` and `assert(x->f == NULL)`. */
function assertedNull({ statement }: Placed): Asserted | undefined {
  const [test = [], ...others] = callOf(statement)?.arguments ?? [];
  const match = /^(?:! (\w+) -> (\w+)|(\w+) -> (\w+) == NULL)$/u.exec(spell(test));
  const [object, field] = [match?.[1] ?? match?.[3], match?.[2] ?? match?.[4]];
  return others.length > 0 || object === undefined || field === undefined
    ? undefined
    : { object, field };
}

/** A call of a function that sets the field of one of its parameters to null, where the others are known. */
function callThatClears(of: SourceFunction, { object, field }: Asserted): string | undefined {
  const cleared = of.parameters.find(({ name }) =>
    of.placed.some(({ statement }) => spell(statement.tokens) === `${name} -> ${field} = NULL ;`),
  );
  const isKnown = (each: Parameter): boolean => each === cleared || each.type === cleared?.type;
  if (cleared === undefined || of.parameters.length > 2 || !of.parameters.every(isKnown)) {
    return undefined;
  }
  const values = of.parameters.map((each) => (each === cleared ? object : `${object}->${field}`));
  return `${of.name}(${values.join(', ')});`;
}

function replaced(
  { text, path }: Broken['source'],
  { statement, list, index, free }: Placed,
  { object, field }: Asserted,
  call: string,
): Candidate[] {
  const span = linesAround(text, statement);
  if (span === undefined || !free) {
    return [];
  }
  const indent = indentAt(text, statement.start);
  const lines = guarded(`${object}->${field}`, `${indent}${call}\n`, indent);
  const later = list.slice(index + 1, index + 1 + LATER).flatMap((other) => {
    const behind = linesAround(text, other);
    return behind === undefined ? [] : [[replace(span, ''), insertBehind(behind, lines)]];
  });
  return [[replace(span, lines)], ...later].map((edits) => ({ path, edits }));
}

/** A call that the patch added without the one that undoes it, which is made where the function ends. */
export function completed({ pack, source, changes }: Broken): Candidate[] {
  return changes.flatMap(({ added, after }) =>
    added.flatMap((placed) => {
      const call = callOf(placed.statement);
      const drop = pack.repair.pairs.find(({ take }) => take === call?.name)?.drop;
      const argument = call?.arguments[0] ?? [];
      return drop === undefined || isDropped(after, drop, argument)
        ? []
        : atTheEnd(source, after, `${drop}(${spell(argument)});`);
    }),
  );
}

function isDropped({ placed }: SourceFunction, drop: string, argument: readonly Tok[]): boolean {
  return placed.some(({ statement }) => {
    const call = callOf(statement);
    return call?.name === drop && sameTokens(call.arguments[0] ?? [], argument);
  });
}

function atTheEnd({ text, path }: Broken['source'], of: SourceFunction, call: string): Candidate[] {
  const outer = of.placed.filter(({ parent }) => parent === undefined).at(-1);
  const returns = of.placed.filter(
    ({ statement, free }) => free && statement.tokens[0]?.text === 'return',
  );
  const edits = returns.flatMap(({ statement }) => {
    const span = linesAround(text, statement);
    return span === undefined
      ? []
      : [insertBefore(span, `${indentAt(text, statement.start)}${call}\n`)];
  });
  const span =
    outer === undefined || outer.statement.tokens[0]?.text === 'return'
      ? undefined
      : linesAround(text, outer.statement);
  if (span !== undefined && outer !== undefined) {
    edits.push(insertBehind(span, `${indentAt(text, outer.statement.start)}${call}\n`));
  }
  return edits.length === 0 ? [] : [{ path, edits }];
}
