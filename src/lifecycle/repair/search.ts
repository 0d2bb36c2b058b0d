import { CError } from '../../c/source.ts';
import type { Execution } from '../../machine/execution.ts';
import { harmOf } from '../../machine/outcome.ts';
import { type Image, overlay } from '../../tree/image.ts';
import { spell } from '../graft/text.ts';
import type { Bench, JudgedScenario } from '../judgement.ts';
import { judgeScenarios } from '../judged-scenarios.ts';
import { runSide, worstPath } from '../replay.ts';
import type { Side } from '../replay.ts';
import type { Contract, Scenario } from '../scenario.ts';
import type { Broken, Candidate } from './candidate.ts';
import { edited } from './edit.ts';
import { compareFunctions, readSource } from './function.ts';
import type { FunctionChange, SourceFunction, SourceText } from './function.ts';
import { completed, undone } from './of-calls.ts';
import { moved, restored, without } from './of-statements.ts';
import { exchanged, guardedAlike, inverted, unguarded } from './of-tests.ts';

/** What a repair has to mend, and what it must not break. */
export interface Problem {
  readonly bench: Bench;
  readonly before: Side;
  readonly tip: Side;
  /** Scenarios of the findings: the first is tried first. */
  readonly scenarios: readonly Scenario[];
  readonly end: Execution;
  /** Scenarios that the series mends: a repair that keeps all of them is the better one. */
  readonly fixed: number;
  /** Functions that have to do with the failure, besides those that the patch changed. */
  readonly functions: ReadonlySet<string>;
}

/** Texts of files that are others, by path: what the patch together with a repair would leave. */
export type Repair = ReadonlyMap<string, string>;

/** All bounds are counts, so that the same input is always searched alike. */
const TRIED_FIRST = 64;
const TRIED_ON_TOP = 16;
const BUILT_ON = 4;
const VALIDATED = 4;

type Way = (broken: Broken) => readonly Candidate[];

/** The surest first: what undoes the whole patch comes last. */
const WAYS: readonly Way[] = [
  guardedAlike,
  exchanged,
  inverted,
  undone,
  completed,
  restored,
  moved,
  unguarded,
  without,
];
const WAYS_ON_TOP: readonly Way[] = [undone, guardedAlike, completed];

/** Texts that were replayed: how the first scenario ended, and how many of the sample end well. */
interface Tried {
  readonly texts: Repair;
  readonly end: Execution;
  readonly good: number;
}

/** Of all scenarios that a finding stands for these many are replayed before all are. */
const SAMPLE = 6;

/**
 * A small change after which the scenarios of the findings end well and no required or must-assert one ends worse
 * than on the base; of several the one that keeps most of what the series mends.
 */
export function searchRepair(problem: Problem): Repair | undefined {
  const sample = sampleOf(problem.scenarios);
  const choice = new Choice(problem);
  const start = { texts: new Map<string, string>(), end: problem.end, good: 0 };
  const partly: Tried[] = [];
  for (const each of attempts(problem, sample, start, WAYS, TRIED_FIRST)) {
    if (each.good === sample.length && choice.offer(each.texts)) {
      return choice.best;
    }
    partly.push(each);
  }
  const nearest = partly
    .filter(({ good, end }) => good < sample.length && (good > 0 || endsElsewhere(problem, end)))
    .toSorted((a, b) => b.good - a.good);
  for (const other of nearest.slice(0, BUILT_ON)) {
    for (const each of attempts(problem, sample, other, WAYS_ON_TOP, TRIED_ON_TOP)) {
      if (each.good === sample.length && choice.offer(each.texts)) {
        return choice.best;
      }
    }
  }
  return choice.best;
}

/** The first, and others at equal distances: the ways in which a finding shows stand one behind the other. */
function sampleOf(scenarios: readonly Scenario[]): Scenario[] {
  const step = Math.max(1, Math.ceil(scenarios.length / SAMPLE));
  return scenarios.filter((_, index) => index % step === 0);
}

function endsElsewhere({ end }: Problem, other: Execution): boolean {
  return end.at?.function !== other.at?.function || end.outcome !== other.outcome;
}

/** Candidates that were replayed; what does not parse or cannot be run is left out. */
function* attempts(
  problem: Problem,
  sample: readonly Scenario[],
  state: Tried,
  ways: readonly Way[],
  most: number,
): Generator<Tried> {
  const image = overlay(problem.tip.image, state.texts);
  const broken = findBroken(problem, image, state.end);
  const seen = new Set<string>();
  for (const candidate of ways.flatMap((way) => broken.flatMap(way)).slice(0, most)) {
    const text = edited(image.get(candidate.path) ?? '', candidate.edits);
    const key = `${candidate.path}\0${text}`;
    if (!seen.has(key)) {
      seen.add(key);
      const texts = new Map([...state.texts, [candidate.path, text]]);
      const tried = replay(problem, sample, texts);
      if (tried !== undefined) {
        yield tried;
      }
    }
  }
}

function replay(
  { bench, tip }: Problem,
  sample: readonly Scenario[],
  texts: Repair,
): Tried | undefined {
  const image = overlay(tip.image, texts);
  const ends: Execution[] = [];
  for (const scenario of sample) {
    const end = worstPath(scenario.contract, bench.engine.explore(image, scenario));
    if (harmOf(end.outcome) < 0) {
      return undefined;
    }
    ends.push(end);
  }
  const bad = ends.findIndex((end, index) => !isGood(sample[index]?.contract, end));
  const [end] = bad < 0 ? ends : ends.slice(bad);
  const good = ends.filter((each, index) => isGood(sample[index]?.contract, each)).length;
  return end === undefined ? undefined : { texts, end, good };
}

/** Validates repairs in turn, up to a bound, and keeps the best. */
class Choice {
  best: Repair | undefined;
  #fixed = -1;
  #left = VALIDATED;
  readonly #problem: Problem;

  constructor(problem: Problem) {
    this.#problem = problem;
  }

  /** Whether the search is over. */
  offer(texts: Repair): boolean {
    this.#left -= 1;
    const fixed = validate(this.#problem, overlay(this.#problem.tip.image, texts));
    if (fixed !== undefined && fixed > this.#fixed) {
      this.#fixed = fixed;
      this.best = texts;
    }
    return this.#left === 0 || this.#fixed >= this.#problem.fixed;
  }
}

/** How many scenarios are mended; undefined where one of the findings is left or something ends worse. */
function validate({ bench, before, tip, scenarios }: Problem, image: Image): number | undefined {
  const { engine } = bench;
  const changed = engine.changes(tip.image, image);
  const side = runSide(engine, image, before.scenarios, { earlier: { side: tip, changed } });
  const judged = judgeScenarios(before, [side]);
  const wanted = new Set(scenarios.map(({ id }) => id));
  return judged.some((each) => isWrong(each, wanted))
    ? undefined
    : judged.filter((each) => each.class === 'fixed').length;
}

function isWrong({ scenario, after, class: kind }: JudgedScenario, wanted: Set<string>): boolean {
  const counts = scenario.contract !== 'tolerated' && (kind === 'introduced' || kind === 'unknown');
  return counts || (wanted.has(scenario.id) && !isGood(scenario.contract, after));
}

function isGood(contract: Contract | undefined, { outcome }: Execution): boolean {
  return outcome === (contract === 'must-assert' ? 'assertion' : 'clean');
}

/** The C files of a state, with what the patch did to them and how they fail now. */
function findBroken({ bench, before, functions }: Problem, image: Image, end: Execution): Broken[] {
  const { pack } = bench;
  const names = new Set([...functions, end.at?.function, ...end.stack.map((at) => at.function)]);
  return sourcePaths(pack, image).flatMap((path) => {
    const source = read(path, image);
    if (source === undefined) {
      return [];
    }
    const old = read(path, before.image);
    const changes = changesOf(old, source);
    const scope = [...source.functions.values()].filter(
      (each) => names.has(each.name) || changes.some(({ after }) => after === each),
    );
    return [{ pack, source, before: old, changes, scope, end }];
  });
}

function sourcePaths(pack: Bench['pack'], image: Image): string[] {
  const paths = pack.files.flatMap(({ model, history }) => [model, ...history]);
  return paths.filter((path) => path.endsWith('.c') && image.get(path) !== undefined);
}

function read(path: string, image: Image): SourceText | undefined {
  try {
    return readSource(path, image.get(path) ?? '');
  } catch (error) {
    if (error instanceof CError) {
      return undefined;
    }
    throw error;
  }
}

function changesOf(before: SourceText | undefined, after: SourceText): FunctionChange[] {
  return [...after.functions.values()].flatMap((each) => {
    const old = before?.functions.get(each.name);
    return isSame(old, each) ? [] : [compareFunctions(old, each)];
  });
}

function isSame(old: SourceFunction | undefined, now: SourceFunction): boolean {
  return (
    old !== undefined &&
    old.tokens.length === now.tokens.length &&
    spell(old.tokens) === spell(now.tokens)
  );
}
