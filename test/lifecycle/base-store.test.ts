import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { openEngine, openSession, scenariosOf, type Session } from '../../src/cli/session.ts';
import { decodeSide, type Store } from '../../src/lifecycle/base-store.ts';
import type { Judgement } from '../../src/lifecycle/judgement.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { readSeries } from '../../src/series/read.ts';
import type { Series } from '../../src/series/series.ts';
import { overlay, type Image } from '../../src/tree/image.ts';

const FILE = 'fixtures/guard-only-the-take.patch';
const MODEL = 'model/system/memory.c';

let session: Session;
let series: Series[];

/** Judges as another call of the program would, and counts what is run on the base. */
async function judged(store: Store, base: Image): Promise<{ judgement: Judgement; runs: number }> {
  const engine = await openEngine(session.pack);
  let runs = 0;
  const counted: typeof engine = {
    ...engine,
    explore(image, scenario) {
      runs += image === base ? 1 : 0;
      return engine.explore(image, scenario);
    },
  };
  const [first] = series;
  if (first === undefined) {
    throw new Error(`${FILE} holds no series`);
  }
  const scenarios = scenariosOf(session, {}).filter(({ id }) => /^(?:sanity|same|cross)/u.test(id));
  const bench = {
    ...session,
    base,
    scenarios,
    engine: counted,
    bases: { sides: new Map(), store },
  };
  return { judgement: judge(bench, first), runs };
}

/** What a reader is told. */
function said({ verdict, reason, findings, scenarios }: Judgement): unknown {
  const ends = scenarios.map(({ scenario, before, after }) => [scenario.id, before.at, after.at]);
  return { verdict, reason, findings, ends };
}

beforeAll(async () => {
  session = await openSession();
  ({ series } = await readSeries(FILE, readFileSync(FILE)));
});

describe('what the base was seen to do', () => {
  const texts = new Map<string, string>();
  const store: Store = {
    load: (name) => texts.get(name),
    save: (name, text) => texts.set(name, text),
  };

  test('is taken from the store by another call, which says the same', async () => {
    const first = await judged(store, session.base);
    const second = await judged(store, session.base);
    expect([first.runs > 0, second.runs]).toEqual([true, 0]);
    expect(said(second.judgement)).toEqual(said(first.judgement));
    expect(first.judgement.verdict).toBe('regression');
  }, 60_000);

  test('is run again where one text differs, or the store holds something else', async () => {
    const other = overlay(session.base, new Map([[MODEL, `${session.base.get(MODEL) ?? ''}\n`]]));
    expect((await judged(store, other)).runs).toBeGreaterThan(0);
    texts.forEach((_, name) => texts.set(name, '{"scenarios": [], "ends": 1}'));
    expect((await judged(store, session.base)).runs).toBeGreaterThan(0);
    expect(decodeSide(session.base, 'not JSON')).toBeUndefined();
  }, 60_000);
});
