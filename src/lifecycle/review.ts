import { createHash } from 'node:crypto';
import type { Execution } from '../machine/execution.ts';
import { harmOf } from '../machine/outcome.ts';
import type { Patch, Series } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import { decodeSide, encodeSide, type Store } from './base-store.ts';
import { changedStatements } from './concern.ts';
import type { ChangedStatement } from './concern.ts';
import { findCulprit } from './culprit.ts';
import type { Anchor } from './culprit.ts';
import { ALREADY_THERE } from './engine.ts';
import type { Applied, Apply, ChangedLine, Engine, NotMapped } from './engine.ts';
import { describeFinding, fingerprint, groupByEnd } from './finding.ts';
import type { Group } from './finding.ts';
import { buildLedger, compareLedgers } from './ledger.ts';
import type { LedgerComparison } from './ledger.ts';
import type { Pack } from './pack.ts';
import { endOf, pathName, runSide } from './replay.ts';
import type { Side, SideOptions } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { tooLarge } from './size.ts';
import { attribute, classify, decide } from './verdict.ts';
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
  readonly message: string;
  readonly ledger: LedgerComparison;
  /** `scenario:choices`. */
  readonly path: string;
}

/** What running a series before and after showed. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly scenarios: readonly JudgedScenario[];
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

interface Level {
  readonly patch: Patch;
  readonly parent: Image;
  readonly applied: Applied;
  readonly statements: readonly ChangedStatement[];
}

/** For a series that is of no concern to the pack, as most of a list are: nothing has to be run. */
export function judgeUntouched(pack: Pack, series: Series): Judgement | undefined {
  const statements = series.patches.flatMap((patch) => changedStatements(pack, patch));
  return statements.some((each) => each.concerns) ? undefined : untouched(statements, []);
}

/** Runs every scenario on the base, after each patch and at the tip, and judges. */
export function judge(bench: Bench, series: Series): Judgement {
  const idle = judgeUntouched(bench.pack, series);
  if (idle !== undefined) {
    return idle;
  }
  const statements = series.patches.flatMap((patch) => changedStatements(bench.pack, patch));
  const large = tooLarge(bench.pack, series);
  if (large !== undefined) {
    return { ...untouched(statements, []), verdict: 'inconclusive', reason: large };
  }
  const levels = applyAll(bench, series);
  const notMapped = levels.flatMap((level) => level.applied.notMapped);
  // How many cases there are shows on the base.
  let total = (levels.length + 1) * bench.scenarios.length;
  let done = 0;
  function tick(): void {
    done += 1;
    bench.progress?.(done, total);
  }
  const before = runBase(bench, tick);
  total = bench.scenarios.length + levels.length * before.scenarios.length;
  const drift = findDrift(bench, before);
  if (drift !== undefined) {
    return { ...untouched(statements, notMapped), verdict: 'inconclusive', reason: drift };
  }
  const sides: Side[] = [];
  for (const [index, { applied }] of levels.entries()) {
    const lines = [...applied.added, ...(levels[index + 1]?.applied.removed ?? [])];
    const changed = changedAround(bench, levels, index);
    const earlier = changed && { side: sides.at(-1) ?? before, changed };
    sides.push(runCovered(bench, applied.files, before.scenarios, lines, tick, earlier));
  }
  const after = sides.at(-1) ?? before;
  const reached = reachOf(levels, before, sides);
  const isPartial = reached.missed.some(({ reason }) => reason !== undefined);
  const scenarios = judgeScenarios(before, sides).map((each) => (isPartial ? doubted(each) : each));
  const verdict = decide(
    scenarios.map((each) => ({ contract: each.scenario.contract, class: each.class })),
    { touchesLifecycle: true, allReached: reached.missed.length === 0 },
  );
  return {
    verdict,
    reason: reasonOf(verdict, scenarios, reached.missed),
    scenarios,
    findings: findAll(bench, levels, before, sides, scenarios),
    changedLines: reached.changed,
    executedLines: reached.executed,
    notMapped,
    notModelled: [...new Set([...before.notModelled, ...after.notModelled])].toSorted(),
  };
}

function applyAll(bench: Bench, series: Series): Level[] {
  const levels: Level[] = [];
  let parent = bench.base;
  for (const patch of series.patches) {
    const applied = bench.apply(parent, patch);
    levels.push({ patch, parent, applied, statements: changedStatements(bench.pack, patch) });
    parent = applied.files;
  }
  return levels;
}

/**
 * The base, run once for all series and, where there is a store, for all calls of the program: its results hold
 * for the same texts. Every line of the files that patches change is watched, as any may be removed.
 */
function runBase(bench: Bench, tick: () => void): Side {
  const { engine, base, scenarios, bases } = bench;
  const key = [engine.key(base), ...scenarios.map(({ id }) => id)].join(' ');
  const known = bases?.sides.get(key) ?? loadSide(bench, key);
  if (known !== undefined) {
    scenarios.forEach(tick);
    bases?.sides.set(key, known);
    return known;
  }
  const files = new Set(bench.pack.files.flatMap(({ model, history }) => [model, ...history]));
  const side = runSide(engine, base, scenarios, { tick, cover: ({ file }) => files.has(file) });
  bases?.sides.set(key, side);
  bases?.store?.save(nameOf(key), encodeSide(side));
  return side;
}

function loadSide({ base, bases }: Bench, key: string): Side | undefined {
  const text = bases?.store?.load(nameOf(key));
  return text === undefined ? undefined : decodeSide(base, text);
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Runs all scenarios and watches what the last patch added and the next one removes. */
function runCovered(
  bench: Bench,
  image: Image,
  scenarios: readonly Scenario[],
  lines: readonly ChangedLine[],
  tick: () => void,
  earlier?: SideOptions['earlier'],
): Side {
  const wanted = new Set(lines.map(placeOf));
  return runSide(bench.engine, image, scenarios, {
    tick,
    earlier,
    cover: (location) => wanted.has(`${location.file}:${location.line}`),
  });
}

/**
 * The functions that a patch changes, and those that the next one will: what runs them is run again on this side,
 * for its outcome or to see whether what will be removed is reached.
 */
function changedAround(
  { engine }: Bench,
  levels: readonly Level[],
  index: number,
): ReadonlySet<string> | undefined {
  const around = [levels[index], levels[index + 1]].flatMap((level) =>
    level === undefined ? [] : [engine.changes(level.parent, level.applied.files)],
  );
  return around.reduce((all, some) => all && some && new Set([...all, ...some]), new Set());
}

function placeOf(line: ChangedLine): string {
  return line.at === undefined ? `${line.path}:${line.line}` : `${line.at.file}:${line.at.line}`;
}

function untouched(
  statements: readonly ChangedStatement[],
  notMapped: readonly NotMapped[],
): Judgement {
  return {
    verdict: 'not-applicable',
    reason:
      statements.length === 0
        ? 'No code of a lifecycle file is changed.'
        : 'The changed statements take, drop, link, free or assert nothing.',
    scenarios: [],
    findings: [],
    changedLines: statements.filter((each) => each.side === 'RIGHT').length,
    executedLines: 0,
    notMapped,
    notModelled: [],
  };
}

/** Why the base is no healthy tree: a sanity program that is missing or does not come out as it must. */
function findDrift(bench: Bench, before: Side): string | undefined {
  for (const id of bench.pack.sanity) {
    const scenario = bench.scenarios.find((each) => each.id === id);
    const execution = before.worst.get(id);
    if (scenario === undefined || execution === undefined) {
      return `The sanity program ${id} is missing, so nothing was judged.`;
    }
    const wanted = scenario.contract === 'must-assert' ? 'assertion' : 'clean';
    if (execution.outcome !== wanted) {
      return `On the base ${id} ends with ${execution.outcome} instead of ${wanted} (${execution.message}), so nothing was judged.`;
    }
  }
  return undefined;
}

function judgeScenarios(before: Side, sides: readonly Side[]): JudgedScenario[] {
  const tip = sides.at(-1) ?? before;
  const failing = failuresOf(before);
  return before.scenarios.map((scenario) => {
    const base = executionOf(before, scenario);
    const after = executionOf(tip, scenario);
    const end = endOf(tip.image, after);
    const failedBy = failing.get(end.statement ?? '') ?? new Set();
    const elsewhere = failedBy.size > (failedBy.has(scenario.id) ? 1 : 0);
    const ends = sides.map((side) => endOf(side.image, executionOf(side, scenario)));
    const comparison = {
      contract: scenario.contract,
      before: endOf(before.image, base),
      after: end,
      between: ends.slice(0, -1),
      failsElsewhereOnBase: elsewhere,
    };
    return {
      scenario,
      before: base,
      after,
      class: classify(comparison),
      patches: attribute(ends.map((each) => classify({ ...comparison, after: each, between: [] }))),
    };
  });
}

/**
 * Where a part of the patch has no place, a worse end may come of its missing: half of a change is often wrong, and
 * its author did not write it.
 */
function doubted(judged: JudgedScenario): JudgedScenario {
  return judged.class === 'introduced' ? { ...judged, class: 'unknown' } : judged;
}

/** Which scenarios fail at a statement, for each that one fails at. */
function failuresOf(side: Side): Map<string, Set<string>> {
  const failures = new Map<string, Set<string>>();
  for (const [id, execution] of side.worst) {
    const { statement } = endOf(side.image, execution);
    if (statement !== undefined && harmOf(execution.outcome) > 0) {
      failures.set(statement, (failures.get(statement) ?? new Set()).add(id));
    }
  }
  return failures;
}

function executionOf(side: Side, scenario: Scenario): Execution {
  const execution = side.worst.get(scenario.id);
  if (execution === undefined) {
    throw new Error(`${scenario.id} was not run`);
  }
  return execution;
}

/** A statement of concern that was not run; with a reason where it could not be carried out. */
interface Missed {
  readonly place: string;
  readonly reason: string | undefined;
}

/** Counts changed lines that ran, and lists what concerns lifetimes and was not reached. */
function reachOf(
  levels: readonly Level[],
  before: Side,
  sides: readonly Side[],
): { changed: number; executed: number; missed: Missed[] } {
  let changed = 0;
  let executed = 0;
  const missed: Missed[] = [];
  for (const [index, level] of levels.entries()) {
    const { added, removed } = level.applied;
    const right = placesRun(added, sides[index]);
    // A removed line without a place of its own was rewritten: what stands for it is on the right.
    const left = placesRun(
      removed.filter((line) => line.at !== undefined),
      sides[index - 1] ?? before,
    );
    const unmapped = new Map(
      level.applied.notMapped.map((line) => [
        `${line.side} ${line.path}:${line.line}`,
        line.reason,
      ]),
    );
    for (const each of level.statements) {
      const where = each.lines.map((line) => `${each.path}:${line}`);
      const lost = where
        .map((place) => unmapped.get(`${each.side} ${place}`))
        .find((reason) => reason !== undefined);
      const known = each.side === 'RIGHT' ? right : left;
      const ran = where.some((place) => known.get(place) === true);
      const seen = each.side === 'RIGHT' || where.some((place) => known.has(place));
      changed += each.side === 'RIGHT' ? each.lines.length : 0;
      executed += each.side === 'RIGHT' && ran ? each.lines.length : 0;
      if (each.concerns && (lost !== undefined || (seen && !ran && runs(each)))) {
        missed.push({ place: where[0] ?? each.path, reason: lost });
      }
    }
  }
  return { changed, executed, missed };
}

/** Whether each line ran on a side, by the patch's `path:line`. */
function placesRun(lines: readonly ChangedLine[], side: Side | undefined): Map<string, boolean> {
  return new Map(
    lines.map((line) => [`${line.path}:${line.line}`, side?.covered.has(placeOf(line)) === true]),
  );
}

/** Declarations without a value, labels and lone `else` leave nothing to run. */
function runs(statement: ChangedStatement): boolean {
  return /[=(]|\b(?:return|goto|break|continue)\b|--|\+\+/u.test(statement.text);
}

function reasonOf(
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

/** How many could not be run, and what stopped the first of them. */
function unknownReason(scenarios: readonly JudgedScenario[]): string {
  const unknown = scenarios.filter(
    (each) => each.class === 'unknown' && each.scenario.contract !== 'tolerated',
  );
  const isRun = ({ before, after }: JudgedScenario): boolean =>
    before.outcome !== 'unsupported' && after.outcome !== 'unsupported';
  const first = unknown.find((each) => !isRun(each));
  if (first === undefined) {
    return unknown.length === 0
      ? ''
      : `${plural(unknown.length)} ended worse with a part of the patch, which proves nothing of the whole.`;
  }
  const { at, message } = first.after.outcome === 'unsupported' ? first.after : first.before;
  const where = at === undefined ? '' : `${at.location.file}:${at.location.line}: `;
  return `${plural(unknown.length)} could not be run: ${where}${message}.`;
}

function plural(count: number): string {
  return `${count} scenario${count === 1 ? '' : 's'}`;
}

const NOT_NARROWED = 'More than one change of the patch has to do with it; this is the nearest.';

/** One finding for each end that introduced scenarios come to: a regression has at least one. */
function findAll(
  bench: Bench,
  levels: readonly Level[],
  before: Side,
  sides: readonly Side[],
  scenarios: readonly JudgedScenario[],
): JudgedFinding[] {
  const tip = sides.at(-1);
  if (tip === undefined) {
    return [];
  }
  const introduced = scenarios.filter(
    (each) => each.class === 'introduced' && each.scenario.contract !== 'tolerated',
  );
  const groups = groupByEnd(
    introduced.map((each) => each.scenario),
    tip.worst,
  );
  return groups.map((group) => findOne(bench, levels, before, sides, tip, group));
}

function findOne(
  bench: Bench,
  levels: readonly Level[],
  before: Side,
  sides: readonly Side[],
  tip: Side,
  group: Group,
): JudgedFinding {
  const { engine, pack } = bench;
  const { scenario } = group;
  const base = executionOf(before, scenario);
  const end = executionOf(tip, scenario);
  const choices = end.choices.map((choice) => choice.taken);
  const traced = engine.trace(tip.image, scenario, choices);
  const tracedBase = engine.trace(
    before.image,
    scenario,
    base.choices.map((choice) => choice.taken),
  );
  const ledger = compareLedgers(
    buildLedger(pack, tracedBase),
    buildLedger(pack, traced),
    end.message,
  );
  const first = sides.findIndex((side) => {
    const contract = scenario.contract;
    const ends = {
      before: endOf(before.image, base),
      after: endOf(side.image, executionOf(side, scenario)),
    };
    return (
      classify({ contract, ...ends, between: [], failsElsewhereOnBase: false }) === 'introduced'
    );
  });
  // Introduced at the tip alone, compared with the base: the last patch is what brought it about.
  const level = levels[first] ?? levels.at(-1);
  if (level === undefined) {
    throw new Error('a finding without a patch');
  }
  const { anchor, isNarrowed } = findCulprit({
    engine,
    pack,
    apply: bench.apply,
    parent: level.parent,
    patch: level.patch,
    scenario,
    before: { image: before.image, execution: base },
    failing: failingLine(level, end),
  });
  const message = describeFinding(pack, group, base, end, ledger);
  return {
    fingerprint: fingerprint(engine, tip.image, scenario, end),
    group,
    execution: end,
    anchor,
    message: isNarrowed ? message : `${message} ${NOT_NARROWED}`,
    ledger,
    path: pathName(scenario, end),
  };
}

function failingLine(level: Level, end: Execution): { path: string; line: number } | undefined {
  const at = end.at?.location;
  if (at === undefined) {
    return undefined;
  }
  return level.applied.added.find((line) => placeOf(line) === `${at.file}:${at.line}`);
}
