import { type Bench, executionOf } from './judgement.ts';
import { stopOf } from './reason.ts';
import type { Side } from './replay.ts';
import type { Scenario } from './scenario.ts';

/** What can be judged by, on a base. */
export type Calibrated =
  /** The base is no healthy tree, or one that the pack does not know. */
  | { readonly drift: string }
  /** The base with the scenarios that fit it, and a line for each reason why others do not. */
  | { readonly drift?: undefined; readonly before: Side; readonly remarks: readonly string[] };

/** Where more of the scenarios than this do not fit a base, what the others show is too little to judge by. */
const MOST_MISFITS = 0.1;
/** Reasons that are told in full. */
const MOST_REASONS = 3;

/**
 * Asks what ran on the base whether it is a tree as the pack knows them. The sanity programs have to come out as on any
 * healthy tree. Releases differ in more than those that the scenarios were written on: what cannot be run before a
 * patch says nothing of it, and is left out. A scenario that somebody asked for is kept.
 */
export function calibrate({ pack, scenarios }: Bench, before: Side): Calibrated {
  for (const id of pack.sanity) {
    const scenario = scenarios.find((each) => each.id === id);
    const execution = before.worst.get(id);
    if (scenario === undefined || execution === undefined) {
      return { drift: `The sanity program ${id} is missing, so nothing was judged.` };
    }
    const wanted = scenario.contract === 'must-assert' ? 'assertion' : 'clean';
    if (execution.outcome !== wanted) {
      return {
        drift: `On the base ${id} ends with ${execution.outcome} instead of ${wanted} (${execution.message}), so nothing was judged.`,
      };
    }
  }
  const misfits = before.scenarios.filter(
    (each) => each.asked !== true && executionOf(before, each).outcome === 'unsupported',
  );
  const [first] = misfits;
  if (first !== undefined && misfits.length > before.scenarios.length * MOST_MISFITS) {
    const of = `${misfits.length} of ${before.scenarios.length} scenarios`;
    const why = `${first.id}: ${stopOf(executionOf(before, first))}`;
    return { drift: `${of} cannot be run on this base, so nothing was judged (${why}).` };
  }
  const left = new Set(misfits);
  const fitting = before.scenarios.filter((each) => !left.has(each));
  return { before: { ...before, scenarios: fitting }, remarks: remarksOf(before, misfits) };
}

/** Which scenarios are left out for the most frequent reasons, and how many for others. */
function remarksOf(before: Side, misfits: readonly Scenario[]): string[] {
  const byReason = new Map<string, Scenario[]>();
  for (const scenario of misfits) {
    const reason = stopOf(executionOf(before, scenario));
    byReason.set(reason, [...(byReason.get(reason) ?? []), scenario]);
  }
  const groups = [...byReason].toSorted(([, a], [, b]) => b.length - a.length);
  const rest = groups.slice(MOST_REASONS).flatMap(([, group]) => group).length;
  return [
    ...groups.slice(0, MOST_REASONS).map(([reason, group]) => leftOut(group, reason)),
    ...(rest === 0 ? [] : [`${rest} more ${rest === 1 ? 'is' : 'are'} left out for other reasons`]),
  ];
}

function leftOut([first, ...others]: readonly Scenario[], reason: string): string {
  return others.length === 0
    ? `${first?.id} is left out, as it cannot be run on this base: ${reason}`
    : `${first?.id} and ${others.length} more are left out, as they cannot be run on this base: ${reason}`;
}
