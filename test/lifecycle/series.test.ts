import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openEngine, openSession, scenariosOf, type Session } from '../../src/cli/session.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { runSide } from '../../src/lifecycle/replay.ts';
import type { Judgement } from '../../src/lifecycle/judgement.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { buildReview } from '../../src/review/build.ts';
import { renderText } from '../../src/review/text.ts';
import { readSeries } from '../../src/series/read.ts';
import type { Series } from '../../src/series/series.ts';

const FILE = 'fixtures/mended-later.mbox';

let session: Session;
let series: Series;
let judgement: Judgement;
/** Names of the scenarios that were run on each side, the base first. */
let runs: string[][];

beforeAll(async () => {
  session = await openSession();
  const read = await readSeries(FILE, readFileSync(FILE));
  const [first, ...others] = read.series;
  if (first === undefined || others.length > 0) {
    throw new Error(`${FILE} is not one series`);
  }
  series = first;
  const engine = await openEngine(session.pack);
  const sides = new Map<unknown, string[]>();
  const counted: Engine = {
    ...engine,
    explore(image, scenario) {
      sides.set(image, [...(sides.get(image) ?? []), scenario.id]);
      return engine.explore(image, scenario);
    },
  };
  const scenarios = scenariosOf(session, {}).filter((each) => each.cases !== true);
  judgement = judge({ ...session, scenarios, engine: counted }, series);
  runs = [...sides.values()];
}, 120_000);

function of(id: string): Judgement['scenarios'][number] | undefined {
  return judgement.scenarios.find(({ scenario }) => scenario.id === id);
}

describe('a series of which patch 2 breaks what patch 4 mends', () => {
  test('is clean at its tip, and says so of both', () => {
    expect(judgement.verdict).toBe('clean');
    expect(judgement.reason).toMatch(/Patch 2 breaks \d+ scenarios that patch 4 mends/u);
    expect(judgement.findings).toEqual([]);
    expect(of('cross-owner/child-first')).toMatchObject({
      class: 'transient',
      patches: { worse: 2, better: 4 },
    });
    expect(of('same-owner/child-first')).toMatchObject({ class: 'preexisting', patches: {} });
  });

  test('is told in one row for each kind', () => {
    const text = renderText(buildReview({ series, judgement, session, file: FILE }));
    expect(text).toMatch(/clean +clean +transient, broken by 2, mended by 4/u);
    expect(text.match(/ transient, /gu)).toHaveLength(5);
    expect(text).toMatch(/and \d+ more +clean +clean +transient/u);
  });

  test('runs again only what a patch can have changed', async () => {
    expect(runs).toHaveLength(6);
    const [base = [], ...levels] = runs;
    expect(levels.every((level) => level.length < base.length)).toBe(true);
    // What was taken over is what running everything gives.
    const engine = await openEngine(session.pack);
    const files = series.patches.reduce(
      (image, patch) => session.apply(image, patch).files,
      session.base,
    );
    const scenarios = judgement.scenarios.map(({ scenario }) => scenario);
    const { worst } = runSide(engine, files, scenarios);
    const ends = judgement.scenarios.map(({ scenario, after }) => [scenario.id, after.outcome]);
    expect(ends).toEqual(scenarios.map(({ id }) => [id, worst.get(id)?.outcome]));
  }, 60_000);
});
