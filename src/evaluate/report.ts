import type { Row } from './evaluate.ts';

export interface MutationScore {
  readonly mutants: number;
  readonly noC: number;
  readonly killed: number;
  readonly unknown: number;
  readonly equivalent: number;
  /** They behave differently where nobody promised anything. */
  readonly allowed: number;
  /** Everything else that was not killed. */
  readonly missed: number;
  /** Killed of those that are C and not equivalent. */
  readonly score: number;
}

/** What nobody has explained counts as missed. */
export function scoreOf(rows: readonly Row[]): MutationScore {
  const count = (has: (row: Row) => boolean): number => rows.filter(has).length;
  const noC = count(({ fate }) => fate === 'no-c');
  const killed = count(({ fate }) => fate === 'killed');
  const unknown = count(({ fate }) => fate === 'unknown');
  const equivalent = count(({ known }) => known?.is === 'equivalent');
  const allowed = count(({ known }) => known?.is === 'allowed');
  const of = rows.length - noC - equivalent - allowed;
  return {
    mutants: rows.length,
    noC,
    killed,
    unknown,
    equivalent,
    allowed,
    missed: rows.length - noC - killed - unknown - equivalent - allowed,
    score: of === 0 ? 1 : killed / of,
  };
}

/** Columns as wide as their widest cell; the first on the left, numbers on the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function mutationLine(name: string, of: readonly Row[]): string[] {
  const { mutants, noC, killed, unknown, equivalent, allowed, missed, score } = scoreOf(of);
  const counts = [mutants, noC, killed, unknown, equivalent, allowed, missed];
  return [name, ...counts.map(String), `${(100 * score).toFixed(1)} %`];
}

/** One line an operator, and all of them. */
export function mutationTable(rows: readonly Row[]): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    groups.set(row.operator, [...(groups.get(row.operator) ?? []), row]);
  }
  return table([
    [
      'operator',
      'mutants',
      'no C',
      'killed',
      'unknown',
      'equivalent',
      'allowed',
      'missed',
      'score',
    ],
    ...[...groups]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, of]) => mutationLine(name, of)),
    mutationLine('all', rows),
  ]);
}

/** Rows with their line and what is known: mutants that were not killed, or refactorings that were. */
export function rowList(path: string, rows: readonly Row[]): string {
  return rows
    .toSorted((a, b) => a.line - b.line)
    .map((row) => {
      const reach =
        row.reached === 0 ? 'no scenario runs the line' : `${row.reached} scenarios run it`;
      const differs =
        row.differs === undefined
          ? ''
          : row.differs === null
            ? ', nothing differs'
            : `, calls differ in ${row.differs}`;
      const known = row.known === undefined ? '' : `\n    ${row.known.is}: ${row.known.because}`;
      const by =
        row.by === undefined ? '' : `\n    ${row.by.scenario}: ${row.by.outcome} ${row.by.message}`;
      return `${path}:${row.line}: ${row.id}: ${row.fate}; ${reach}${differs}\n    ${row.text}${by}${known}`;
    })
    .join('\n');
}

function refactoringLine(name: string, of: readonly Row[]): string[] {
  const counts = ['killed', 'unknown', 'no-c', 'mended'].map(
    (fate) => of.filter((row) => row.fate === fate).length,
  );
  return [name, ...[of.length, ...counts].map(String)];
}

/** One line a kind of refactoring: how many there are, and how many alarms. */
export function refactoringTable(rows: readonly Row[]): string {
  const names = [...new Set(rows.map(({ operator }) => operator))].toSorted();
  return table([
    ['refactoring', 'tried', 'introduced', 'unknown', 'no C', 'mended'],
    ...names.map((name) =>
      refactoringLine(
        name,
        rows.filter(({ operator }) => operator === name),
      ),
    ),
    refactoringLine('all', rows),
  ]);
}
