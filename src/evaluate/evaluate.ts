import { performance } from 'node:perf_hooks';
import { matches } from '../lifecycle/pack.ts';
import type { Change } from './edit.ts';
import { shownChange } from './edit.ts';
import type { SourceFile } from './functions.ts';
import type { EvaluationRules } from './rules.ts';
import type { Difference, Runner, Trial } from './runner.ts';

/**
 * `killed`: a scenario was introduced. `survived`: all end as before. `mended`: none ends worse, some better.
 * `unknown`: a scenario could not be run. `no-c`: the changed function is no C, which a compiler would say.
 */
export type Fate = 'killed' | 'survived' | 'mended' | 'unknown' | 'no-c';

export interface Row {
  readonly id: string;
  readonly function: string;
  readonly operator: string;
  readonly line: number;
  readonly text: string;
  readonly fate: Fate;
  /** The scenario that decided it, and how that ends now. */
  readonly by?: { readonly scenario: string; readonly outcome: string; readonly message: string };
  /** How many scenarios run the changed line on the unchanged file. */
  readonly reached: number;
  readonly ran: number;
  readonly seconds: number;
  /** Of what survived and nothing is known about: a scenario in which calls differ; null where there is none. */
  readonly differs?: string | null;
  /** Of what survived: what is known about it. */
  readonly known?: { readonly is: string; readonly because: string };
}

export interface Workbench {
  readonly runner: Runner;
  readonly source: SourceFile;
  readonly rules: EvaluationRules;
  readonly tick: (row: Row) => void;
}

/** Runs mutants until a scenario tells each from the base, and looks closer at those that none does. */
export function runMutants(bench: Workbench, mutants: readonly Change[]): Row[] {
  return mutants.map((mutant) => {
    const row = rowOf(bench, mutant, true);
    const told = row.fate === 'survived' ? survivor(bench, mutant, row) : row;
    bench.tick(told);
    return told;
  });
}

/** Runs changes that keep behaviour, through every scenario that enters their function. */
export function runRefactorings(bench: Workbench, changes: readonly Change[]): Row[] {
  return changes.map((change) => {
    const row = rowOf(bench, change, false);
    bench.tick(row);
    return row;
  });
}

function rowOf({ runner, source }: Workbench, change: Change, untilFound: boolean): Row {
  const start = performance.now();
  const trial = runner.try(change, untilFound);
  const seconds = (performance.now() - start) / 1000;
  const { id, operator, line } = change;
  const { fate, decisive } = fateOf(change, trial);
  return {
    id,
    function: change.function,
    operator,
    line,
    text: shownChange(source.text, change.edits),
    fate,
    ...(decisive === undefined ? {} : { by: byOf(decisive) }),
    reached: trial.reached,
    ran: trial.ran,
    seconds,
  };
}

function byOf({ scenario, after }: Difference): NonNullable<Row['by']> {
  return { scenario, outcome: after.outcome, message: after.message };
}

function fateOf(change: Change, trial: Trial): { fate: Fate; decisive: Difference | undefined } {
  const { differences } = trial;
  const first = (wanted: Difference['class']): Difference | undefined =>
    differences.find((each) => each.class === wanted);
  const introduced = first('introduced');
  if (introduced !== undefined) {
    return { fate: 'killed', decisive: introduced };
  }
  const unknown = first('unknown');
  if (unknown !== undefined) {
    const { message } = unknown.after;
    const isNoC = message.startsWith(`${change.function}: `) || message.includes('does not parse');
    return { fate: isNoC ? 'no-c' : 'unknown', decisive: unknown };
  }
  const [other] = differences;
  return { fate: other === undefined ? 'survived' : 'mended', decisive: other };
}

/** Traces of every scenario take a minute, so they are made where somebody has yet to find out why. */
function survivor({ runner, rules }: Workbench, mutant: Change, row: Row): Row {
  const explained = withExplanation(rules, row);
  return explained.known === undefined
    ? { ...row, differs: runner.differs(mutant, ['*']) ?? null }
    : explained;
}

/** What survived with what is known about it. */
export function withExplanation(rules: EvaluationRules, row: Row): Row {
  const { known: _, ...bare } = row;
  const known = rules.survivors.find(({ mutants }) => matches(mutants, row.id));
  return known === undefined || row.fate !== 'survived'
    ? bare
    : { ...bare, known: { is: known.is, because: known.because } };
}

/** So many of a list, evenly from all of it. */
export function sample<T>(all: readonly T[], limit: number | undefined): readonly T[] {
  return limit === undefined || limit >= all.length
    ? all
    : all.filter(
        (_, index) =>
          Math.floor(((index + 1) * limit) / all.length) > Math.floor((index * limit) / all.length),
      );
}
