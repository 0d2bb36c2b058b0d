import { isAssertion, type Broken, type Candidate } from './candidate.ts';
import type { FunctionChange, Removed } from './function.ts';
import { indentAt, insertBehind, insertBefore, linesAround, reindent, replace } from './layout.ts';
import type { Placed, Statement } from './statements.ts';

/** How far a statement is moved, in statements of its own list. */
const FARTHEST = 6;

/** Statements that the patch took away, put back where they were. */
export function restored({ source, before, changes }: Broken): Candidate[] {
  return changes.flatMap(({ removed }) =>
    removed.flatMap((each) => {
      const lines = before === undefined ? undefined : linesOf(before.text, each.placed.statement);
      return lines === undefined ? [] : putBack(source.path, source.text, each, lines);
    }),
  );
}

function putBack(
  path: string,
  text: string,
  { previous, next }: Removed,
  { lines, indent }: Lines,
): Candidate[] {
  const neighbour = previous ?? next;
  const span = neighbour === undefined ? undefined : linesAround(text, neighbour.statement);
  if (neighbour === undefined || span === undefined || !neighbour.free) {
    return [];
  }
  const put = reindent(lines, indent, indentAt(text, neighbour.statement.start));
  const edit = previous === undefined ? insertBefore(span, put) : insertBehind(span, put);
  return [{ path, edits: [edit] }];
}

/** Statements that the patch added or moved, at another place among those that they stand with: the nearest first. */
export function moved({ source, changes }: Broken): Candidate[] {
  const found: { distance: number; candidate: Candidate }[] = [];
  for (const placed of changes.flatMap(({ added }) => added)) {
    const own = linesOf(source.text, placed.statement);
    if (own === undefined || !placed.free || placed.statement.kind === 'declaration') {
      continue;
    }
    for (const [index, other] of placed.list.entries()) {
      const distance = index - placed.index;
      const span = linesAround(source.text, other);
      if (distance === 0 || span === undefined || Math.abs(distance) > FARTHEST) {
        continue;
      }
      const edit = distance < 0 ? insertBefore(span, own.lines) : insertBehind(span, own.lines);
      const edits = [replace(own.span, ''), edit];
      found.push({ distance: Math.abs(distance), candidate: { path: source.path, edits } });
    }
  }
  return found.toSorted((a, b) => a.distance - b.distance).map(({ candidate }) => candidate);
}

/** The patch without a statement that it added; never without an assertion. */
export function without({ pack, source, changes }: Broken): Candidate[] {
  return changes.flatMap((change) =>
    outermost(change).flatMap(({ statement, free }) => {
      const own = linesOf(source.text, statement);
      const stays = statement.kind === 'declaration' || isAssertion(pack, statement) || !free;
      return own === undefined || stays
        ? []
        : [{ path: source.path, edits: [replace(own.span, '')] }];
    }),
  );
}

/** Added statements that stand in no other added one. */
function outermost({ added }: FunctionChange): Placed[] {
  const whole = new Set(added.map(({ statement }) => statement));
  return added.filter(({ parent }) => parent === undefined || !whole.has(parent));
}

interface Lines {
  readonly lines: string;
  readonly indent: string;
  readonly span: { readonly start: number; readonly end: number };
}

function linesOf(text: string, statement: Statement): Lines | undefined {
  const span = linesAround(text, statement);
  return span === undefined
    ? undefined
    : { lines: text.slice(span.start, span.end), indent: indentAt(text, statement.start), span };
}
