import type { Execution } from '../machine/execution.ts';
import { ALREADY_THERE } from './engine.ts';
import type { JudgedScenario } from './judgement.ts';
import type { Missed } from './reach.ts';
import type { ScenarioClass, Verdict } from './verdict.ts';

/** Why the verdict is what it is, in a sentence or two. */
export function reasonOf(
  verdict: Verdict,
  scenarios: readonly JudgedScenario[],
  missed: readonly Missed[],
): string {
  const count = (wanted: ScenarioClass): number =>
    scenarios.filter((each) => each.class === wanted && each.scenario.contract !== 'tolerated')
      .length;
  switch (verdict) {
    case 'regression':
      return `${plural(count('introduced'))} ended worse than before.`;
    case 'improvement':
      return `${plural(count('fixed'))} ended clean that did not before, and none ended worse.${bisection(scenarios)}`;
    case 'clean':
      return `No scenario ended differently for the worse.${bisection(scenarios)}`;
    case 'inconclusive':
      return [unknownReason(scenarios), missedReason(missed)]
        .filter((text) => text !== '')
        .join(' ');
    case 'not-applicable':
      return 'No lifecycle path is touched.';
  }
}

function missedReason(missed: readonly Missed[]): string {
  const [first] = missed;
  if (first === undefined) {
    return '';
  }
  if (missed.every(({ reason }) => reason === ALREADY_THERE)) {
    return `The model already has this change (${first.place}), so there is no before to compare it with.`;
  }
  const why = first.reason === undefined ? ' did not run' : `: ${first.reason}`;
  const were = missed.length === 1 ? ' was' : 's were';
  return `${missed.length} changed lifecycle statement${were} not reached: ${first.place}${why}.`;
}

/** A series that breaks and mends: its tip is right, and whoever bisects meets what lies between. */
function bisection(scenarios: readonly JudgedScenario[]): string {
  const [first, ...others] = scenarios.filter((each) => each.class === 'transient');
  if (first === undefined) {
    return '';
  }
  const { worse, better } = first.patches;
  return ` Patch ${worse} breaks ${plural(others.length + 1)} that patch ${better} mends: bisecting meets it.`;
}

function isRun({ before, after }: JudgedScenario): boolean {
  return before.outcome !== 'unsupported' && after.outcome !== 'unsupported';
}

/** How many could not be run, and what stopped the first of them. */
function unknownReason(scenarios: readonly JudgedScenario[]): string {
  const unknown = scenarios.filter(
    (each) => each.class === 'unknown' && each.scenario.contract !== 'tolerated',
  );
  const first = unknown.find((each) => !isRun(each));
  if (first === undefined) {
    return unknown.length === 0
      ? ''
      : `${plural(unknown.length)} ended worse with a part of the patch, which proves nothing of the whole.`;
  }
  const end = first.after.outcome === 'unsupported' ? first.after : first.before;
  return `${plural(unknown.length)} could not be run: ${stopOf(end)}.`;
}

/** What stopped an execution, and where. */
export function stopOf({ at, message }: Execution): string {
  return at === undefined ? message : `${at.location.file}:${at.location.line}: ${message}`;
}

function plural(count: number): string {
  return `${count} scenario${count === 1 ? '' : 's'}`;
}
