import type { Execution } from '../machine/execution.ts';
import { findCulprit } from './culprit.ts';
import { describeFinding, fingerprint, groupByEnd, type Group } from './finding.ts';
import {
  type Bench,
  executionOf,
  type JudgedFinding,
  type JudgedScenario,
  type Level,
  placeOf,
} from './judgement.ts';
import { buildLedger, compareLedgers } from './ledger.ts';
import { endOf, pathName, type Side } from './replay.ts';
import { sourceText } from './source-text.ts';
import { compareSteps } from './steps.ts';
import { classify } from './verdict.ts';

const NOT_NARROWED = 'More than one change of the patch has to do with it; this is the nearest.';

/** One finding for each end that introduced scenarios come to: a regression has at least one. */
export function findAll(
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
  const place = first < 0 ? levels.length - 1 : first;
  const level = levels[place];
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
    patch: place + 1,
    message: isNarrowed ? message : `${message} ${NOT_NARROWED}`,
    ledger,
    steps: compareSteps(
      pack,
      {
        before: { execution: tracedBase, text: sourceText(pack, before.image) },
        after: { execution: traced, text: sourceText(pack, tip.image) },
      },
      ledger,
    ),
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
