import type { Paint } from './paint.ts';
import { visible } from './prose.ts';
import type { Review, ScenarioRow } from './schema.ts';

/** Classes worth a row, those that a reader looks for first at the top; the others are counted. */
const TOLD = ['introduced', 'unknown', 'transient', 'fixed', 'exposed', 'changed'] as const;
const ROWS_OF_A_KIND = 4;
/** Of the width, what a name leaves to the other columns. */
const OTHER_COLUMNS = 46;

/** A line of the table: a scenario, or several that moved alike. */
export interface Line {
  readonly name: string;
  readonly row: ScenarioRow;
  /** How many scenarios and cases it stands for. */
  readonly count: number;
}

/** The scenarios that moved, as `name  before  after  class`, and how many did not. */
export function scenarioTable(review: Review, paint: Paint, width: number): string {
  if (review.scenarios.length === 0) {
    return '';
  }
  const lines = movedLines(review);
  const isSeries = review.input.patches.length > 1;
  const nameWidth = Math.min(
    width - OTHER_COLUMNS,
    Math.max(8, ...lines.map(({ name }) => name.length)),
  );
  const outcomes = lines.flatMap(({ row }) => [row.before.outcome, row.after.outcome]);
  const outcomeWidth = Math.max(6, ...outcomes.map((outcome) => outcome.length));
  function format(name: string, before: string, after: string, last: string): string {
    return `  ${name.padEnd(nameWidth)}  ${before.padEnd(outcomeWidth)}  ${after.padEnd(outcomeWidth)}  ${last}`;
  }
  const head =
    lines.length === 0 ? [] : [paint.dim(format('scenario', 'before', 'after', 'class'))];
  const body = lines.map(({ name, row }) =>
    format(
      name,
      row.before.outcome,
      row.after.outcome,
      paintClass(row, paint) + (isSeries ? movedBy(row) : ''),
    ),
  );
  return [...head, ...body, ...quietLines(review, paint)].join('\n');
}

/** The scenarios that moved; those that moved alike are shortened. */
export function movedLines(review: Review): Line[] {
  return TOLD.flatMap((each) =>
    kindsOf(review.scenarios.filter((row) => row.class === each)).flatMap(shorten),
  );
}

/** Scenarios that moved alike, in the order of their first; the cases of one scenario are one line. */
function kindsOf(rows: readonly ScenarioRow[]): Line[][] {
  const kinds = new Map<string, Map<string, ScenarioRow[]>>();
  for (const row of rows) {
    const { worse, better } = row.patches;
    const key = [row.contract, row.before.outcome, row.after.outcome, worse, better].join(' ');
    const kind = kinds.get(key) ?? new Map<string, ScenarioRow[]>();
    const [name = row.id] = row.id.split(':');
    kind.set(name, [...(kind.get(name) ?? []), row]);
    kinds.set(key, kind);
  }
  return [...kinds.values()].map((kind) => [...kind].flatMap(([name, same]) => lineOf(name, same)));
}

function lineOf(name: string, same: readonly ScenarioRow[]): Line[] {
  const [row] = same;
  if (row === undefined) {
    return [];
  }
  const count = same.length;
  return [{ name: visible(count === 1 ? row.id : `${name} (${count} cases)`), row, count }];
}

/** The first few of a kind: those in folders, whose names say more, before the others. */
function shorten(kind: readonly Line[]): Line[] {
  const sorted = kind.toSorted(
    (a, b) => Number(b.name.includes('/')) - Number(a.name.includes('/')),
  );
  const [first, ...rest] = sorted.slice(ROWS_OF_A_KIND);
  if (first === undefined || rest.length === 0) {
    return sorted;
  }
  const count = [first, ...rest].reduce((sum, line) => sum + line.count, 0);
  return [...sorted.slice(0, ROWS_OF_A_KIND), { ...first, name: `and ${count} more`, count }];
}

function quietLines(review: Review, paint: Paint): string[] {
  return (['clean', 'preexisting'] as const).flatMap((name) => {
    const listed = review.scenarios.filter((row) => row.class === name).length;
    const count = listed + review.quiet[name];
    const text = name === 'clean' ? 'clean before and after' : name;
    return count === 0 ? [] : [paint.dim(`  ${count} more ${text}`)];
  });
}

/** Which patches of the series did it, and in which order. */
export function movedBy({ patches: { worse, better } }: ScenarioRow): string {
  if (worse !== null && better !== null) {
    return worse < better
      ? `, broken by ${worse}, mended by ${better}`
      : `, mended by ${better}, broken by ${worse}`;
  }
  const by = worse ?? better;
  return by === null ? '' : `, by patch ${by}`;
}

function paintClass(row: ScenarioRow, paint: Paint): string {
  const text = row.contract === 'required' ? row.class : `${row.class} (${row.contract})`;
  if (row.class === 'introduced') {
    return paint.red(text);
  }
  return row.class === 'fixed' ? paint.green(text) : text;
}
