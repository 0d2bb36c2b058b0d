import { harmOf } from '../machine/outcome.ts';
import type { OutcomeKind } from '../machine/outcome.ts';
import type { Contract } from './scenario.ts';

export const CLASSES = [
  'introduced',
  'fixed',
  'preexisting',
  'clean',
  'changed',
  'exposed',
  'transient',
  'unknown',
] as const;

/** What a series did to one scenario. */
export type ScenarioClass = (typeof CLASSES)[number];

export const VERDICTS = [
  'regression',
  'improvement',
  'clean',
  'not-applicable',
  'inconclusive',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** How a scenario ended on one side: the worst of its paths. */
export interface SideEnd {
  readonly outcome: OutcomeKind;
  /** Names the failing statement so that it can be compared across sides; absent where there is none. */
  readonly statement?: string | undefined;
}

export interface Comparison {
  readonly contract: Contract;
  readonly before: SideEnd;
  readonly after: SideEnd;
  /** Ends after each patch but the last, in order. */
  readonly between: readonly SideEnd[];
  /** The statement that fails after the patch fails on the base as well, in another scenario. */
  readonly failsElsewhereOnBase: boolean;
}

/** The class of a scenario, from its contract and the harm it ends with on both sides. */
export function classify(comparison: Comparison): ScenarioClass {
  const { contract, before, after, between, failsElsewhereOnBase } = comparison;
  const tip = compareEnds(contract, before, after);
  if (tip === 'clean' || tip === 'preexisting') {
    const broken = between.some((end) => compareEnds(contract, before, end) === 'introduced');
    return broken ? 'transient' : tip;
  }
  if (tip === 'changed' && contract === 'tolerated' && failsElsewhereOnBase) {
    return 'exposed';
  }
  return tip;
}

function compareEnds(contract: Contract, before: SideEnd, after: SideEnd): ScenarioClass {
  if (harmOf(before.outcome) < 0 || harmOf(after.outcome) < 0) {
    return 'unknown';
  }
  switch (contract) {
    case 'required':
      return compareRequired(harmOf(before.outcome), harmOf(after.outcome));
    case 'must-assert':
      return compareMustAssert(before.outcome, after.outcome);
    case 'tolerated':
      if (before.outcome !== after.outcome) {
        return 'changed';
      }
      return after.outcome === 'clean' ? 'clean' : 'preexisting';
  }
}

function compareRequired(before: number, after: number): ScenarioClass {
  if (after > before) {
    return 'introduced';
  }
  if (after === before) {
    return after === 0 ? 'clean' : 'preexisting';
  }
  return after === 0 ? 'fixed' : 'changed';
}

/** Misuse that must assert: the assertion is what is clean here. */
function compareMustAssert(before: OutcomeKind, after: OutcomeKind): ScenarioClass {
  if (after === 'assertion') {
    return before === 'assertion' ? 'clean' : 'fixed';
  }
  if (before === 'assertion') {
    return 'introduced';
  }
  return before === after ? 'preexisting' : 'changed';
}

/** The patches, counted from 1, that moved a scenario: absent where none did. */
export interface Attribution {
  readonly worse?: number;
  readonly better?: number;
}

/**
 * Who moved a scenario, from its class against the base after each patch. What is still so at the tip was done by
 * the last patch that began it; what is not, by the patch that first did it and the one that ended it.
 */
export function attribute(classes: readonly ScenarioClass[]): Attribution {
  const moves = classes.map((each) => MOVES[each] ?? 0);
  const tip = moves.at(-1) ?? 0;
  if (tip !== 0) {
    const number = moves.findLastIndex((move) => move !== tip) + 2;
    return tip < 0 ? { worse: number } : { better: number };
  }
  const first = moves.findIndex((move) => move !== 0);
  if (first < 0) {
    return {};
  }
  const back = moves.findIndex((move, index) => index > first && move !== moves[first]);
  return moves[first] === -1
    ? { worse: first + 1, better: back + 1 }
    : { better: first + 1, worse: back + 1 };
}

const MOVES: Partial<Record<ScenarioClass, -1 | 1>> = { introduced: -1, fixed: 1 };

/** What was judged besides the scenarios themselves. */
export interface Reach {
  /** Some changed statement is of the pack's concern. */
  readonly touchesLifecycle: boolean;
  /** Every such statement was mapped on the image and ran in some scenario. */
  readonly allReached: boolean;
}

/** From classes to the verdict. Tolerated scenarios never move it. */
export function decide(
  scenarios: readonly { readonly contract: Contract; readonly class: ScenarioClass }[],
  reach: Reach,
): Verdict {
  const counted = scenarios.filter((scenario) => scenario.contract !== 'tolerated');
  const some = (wanted: ScenarioClass): boolean => counted.some((each) => each.class === wanted);
  if (some('introduced')) {
    return 'regression';
  }
  if (!reach.touchesLifecycle) {
    return 'not-applicable';
  }
  if (!reach.allReached || some('unknown')) {
    return 'inconclusive';
  }
  return some('fixed') ? 'improvement' : 'clean';
}
