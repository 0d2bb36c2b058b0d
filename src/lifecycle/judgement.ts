import type { Execution } from '../machine/execution.ts';
import type { Patch } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import type { Store } from './base-store.ts';
import type { ChangedStatement } from './concern.ts';
import type { Anchor } from './culprit.ts';
import type { Applied, Apply, ChangedLine, Engine, NotMapped } from './engine.ts';
import type { Group } from './finding.ts';
import type { LedgerComparison } from './ledger.ts';
import type { Pack } from './pack.ts';
import type { Side } from './replay.ts';
import type { Scenario } from './scenario.ts';
import type { Steps } from './steps.ts';
import type { Attribution, ScenarioClass, Verdict } from './verdict.ts';

export interface JudgedScenario {
  readonly scenario: Scenario;
  readonly before: Execution;
  readonly after: Execution;
  readonly class: ScenarioClass;
  /** Which patch of the series, from 1, made it end worse, and which better. */
  readonly patches: Attribution;
}

export interface JudgedFinding {
  readonly fingerprint: string;
  readonly group: Group;
  readonly execution: Execution;
  readonly anchor: Anchor;
  /** Which patch of the series it is anchored in: its place, from 1. */
  readonly patch: number;
  readonly message: string;
  readonly ledger: LedgerComparison;
  /** The counterexample, statement by statement. */
  readonly steps: Steps;
  /** `scenario:choices`. */
  readonly path: string;
  /** Where one was found that replays well. */
  readonly suggestion?: Suggestion;
}

/** A repair of a patch that was replayed: no finding of its line is left, and nothing ends worse than on the base. */
export interface Suggestion {
  readonly path: string;
  /** Where only lines that the patch adds are replaced: those of the post-image, and what they become. */
  readonly block: {
    readonly startLine: number;
    readonly endLine: number;
    readonly lines: string[];
  } | null;
  /** The same as a diff on top of the patch; without line numbers where the model was run. */
  readonly diff: string;
}

/** What running a series before and after showed. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly scenarios: readonly JudgedScenario[];
  /** What was left out. */
  readonly remarks: readonly string[];
  readonly findings: readonly JudgedFinding[];
  readonly changedLines: number;
  readonly executedLines: number;
  readonly notMapped: readonly NotMapped[];
  readonly notModelled: readonly string[];
}

export interface Bench {
  readonly engine: Engine;
  readonly pack: Pack;
  readonly base: Image;
  readonly scenarios: readonly Scenario[];
  readonly apply: Apply;
  /** What the base was seen to do: the series of one input share it, and calls of the program where it is stored. */
  readonly bases?: Bases;
  /** Told after each scenario on each side: done, of all. */
  readonly progress?: (done: number, of: number) => void;
}

export interface Bases {
  readonly sides: Map<string, Side>;
  readonly store?: Store | undefined;
}

/** A patch of a series, carried out on the side before it. */
export interface Level {
  readonly patch: Patch;
  readonly parent: Image;
  readonly applied: Applied;
  readonly statements: readonly ChangedStatement[];
}

/** Where a changed line stands in the image. */
export function placeOf(line: ChangedLine): string {
  return line.at === undefined ? `${line.path}:${line.line}` : `${line.at.file}:${line.at.line}`;
}

export function executionOf(side: Side, scenario: Scenario): Execution {
  const execution = side.worst.get(scenario.id);
  if (execution === undefined) {
    throw new Error(`${scenario.id} was not run`);
  }
  return execution;
}
