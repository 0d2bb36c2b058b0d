import { createHash } from 'node:crypto';
import type { Series } from '../series/series.ts';
import { decodeSide, encodeSide } from './base-store.ts';
import { calibrate } from './calibrate.ts';
import { changedStatements, changesDeclarations } from './concern.ts';
import type { ChangedStatement } from './concern.ts';
import type { NotMapped } from './engine.ts';
import { findAll } from './findings.ts';
import { judgeScenarios } from './judged-scenarios.ts';
import type { Bench } from './judgement.ts';
import type { JudgedScenario, Judgement, Level } from './judgement.ts';
import type { Pack } from './pack.ts';
import { reachOf } from './reach.ts';
import { reasonOf } from './reason.ts';
import { suggestRepairs } from './repair/suggest.ts';
import { runSide } from './replay.ts';
import type { Side } from './replay.ts';
import { tooLarge } from './size.ts';
import { decide } from './verdict.ts';

/**
 * For a series that is of no concern to the pack, as most of a list are: nothing has to be run. Where the files
 * themselves can be run, declarations that it changes are, since any may decide what a function does.
 */
export function judgeUntouched(
  pack: Pack,
  series: Series,
  mode: 'patch-only' | 'tree',
): Judgement | undefined {
  const statements = series.patches.flatMap((patch) => changedStatements(pack, patch));
  const declares =
    mode === 'tree' && series.patches.some((patch) => changesDeclarations(pack, patch));
  return declares || statements.some((each) => each.concerns)
    ? undefined
    : untouched(statements, []);
}

/** Runs every scenario on the base, after each patch and at the tip, and judges. */
export function judge(bench: Bench, series: Series): Judgement {
  // What is of no concern need not fit the files that it would be carried out on.
  const idle = judgeUntouched(bench.pack, series, 'tree');
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
  const tip = levels.at(-1)?.applied.files ?? bench.base;
  if (!statements.some((each) => each.concerns) && bench.engine.changes(bench.base, tip)) {
    return untouched(statements, []);
  }
  // What the base does not parse of is nobody's fault: the first version counts.
  const broken = bench.engine.broken(bench.base) ?? bench.engine.broken(tip);
  if (broken !== undefined) {
    const reason = `The patched code does not parse, so nothing was run: ${broken}; mend it and review it again.`;
    return { ...untouched(statements, notMapped), verdict: 'inconclusive', reason };
  }
  // How many cases there are shows on the base.
  let total = (levels.length + 1) * bench.scenarios.length;
  let done = 0;
  function tick(): void {
    done += 1;
    bench.progress?.(done, total);
  }
  const calibrated = calibrate(bench, runBase(bench, tick));
  if (calibrated.drift !== undefined) {
    const reason = calibrated.drift;
    return { ...untouched(statements, notMapped), verdict: 'inconclusive', reason };
  }
  const { before, remarks } = calibrated;
  total = bench.scenarios.length + levels.length * before.scenarios.length;
  const sides: Side[] = [];
  for (const [index, { applied }] of levels.entries()) {
    const earlier = {
      side: sides.at(-1) ?? before,
      changed: changedAround(bench, levels, index),
    };
    sides.push(runSide(bench.engine, applied.files, before.scenarios, { tick, earlier }));
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
    remarks,
    scenarios,
    findings: suggestRepairs(
      { bench, levels, before, tip: after, scenarios },
      findAll(bench, levels, before, sides, scenarios),
    ),
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
 * for the same texts.
 */
function runBase(bench: Bench, tick: () => void): Side {
  const { engine, base, scenarios, bases } = bench;
  const key = [engine.key(base, bases?.store), ...scenarios.map(({ id }) => id)].join(' ');
  const known = bases?.sides.get(key) ?? loadSide(bench, key);
  if (known !== undefined) {
    scenarios.forEach(tick);
    bases?.sides.set(key, known);
    return known;
  }
  const side = runSide(engine, base, scenarios, { tick });
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
    remarks: [],
    scenarios: [],
    findings: [],
    changedLines: statements.filter((each) => each.side === 'RIGHT').length,
    executedLines: 0,
    notMapped,
    notModelled: [],
  };
}

/**
 * Where a part of the patch has no place, a worse end may come of its missing: half of a change is often wrong, and
 * its author did not write it.
 */
function doubted(judged: JudgedScenario): JudgedScenario {
  return judged.class === 'introduced' ? { ...judged, class: 'unknown' } : judged;
}
