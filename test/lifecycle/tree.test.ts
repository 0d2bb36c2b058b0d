import { beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { openEngine, openSession, scenariosOf, type Session } from '../../src/cli/session.ts';
import { openTreeSession } from '../../src/cli/source.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { groupOf } from '../../src/lifecycle/pack.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { runSide } from '../../src/lifecycle/replay.ts';
import type { Execution } from '../../src/machine/execution.ts';
import { readSeries } from '../../src/series/read.ts';
import type { Image } from '../../src/tree/image.ts';
import { RELEASES } from './qemu-trees.ts';
import { finalized, patched, REAL } from './real-runs.ts';

/** Headers of a tree take seconds on a busy host. */
const SLOW = 120_000;

interface Row {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly regions_finalized_after: readonly string[];
}

const rows = existsSync(REAL)
  ? (JSON.parse(readFileSync(new URL('truth.json', REAL), 'utf8')) as { rows: Row[] }).rows
  : [];

/** As the table of real outcomes writes it, without the expression. */
function written(end: Execution): string {
  return end.outcome === 'assertion' ? `assert:${end.at?.function}` : end.outcome;
}

function short(end: string): string {
  return end.split(':').slice(0, 2).join(':');
}

function traceRows(session: Session, engine: Engine, image: Image): Map<string, Execution> {
  return new Map(
    rows.flatMap(({ id }) => {
      const scenario = session.scenarios.find((each) => each.id === id);
      return scenario === undefined ? [] : [[id, engine.trace(image, scenario, [])]];
    }),
  );
}

let session: Session;
let engine: Engine;

/** A session with the scenarios that every review runs. */
async function usual(opened: Promise<Session>): Promise<Session> {
  const side = await opened;
  return { ...side, scenarios: scenariosOf(side, {}) };
}

async function open(folder: string): Promise<void> {
  session = await usual(openTreeSession(folder));
  engine = await openEngine(session.pack);
}

const here = RELEASES.filter(({ folder }) => folder !== '');
const whenHere = here.length > 0 ? describe.each(here) : describe.skip.each(RELEASES);

whenHere('the real files of QEMU $release', ({ folder, fixed }) => {
  beforeAll(async () => open(folder), SLOW);

  test('every program of the table of real outcomes ends as it was measured', () => {
    const ends = traceRows(session, engine, session.base);
    expect(rows.map(({ id }) => `${id} ${written(ends.get(id) as Execution)}`)).toEqual(
      rows.map((row) => `${row.id} ${short(fixed ? row.after : row.before)}`),
    );
  });

  test('no scenario meets a function that is missing', () => {
    const { worst, notModelled } = runSide(engine, session.base, session.scenarios);
    const missing = [...worst].filter(([, end]) => end.outcome === 'unsupported');
    expect(missing.map(([id, end]) => `${id}: ${end.message}`)).toEqual([]);
    expect([...notModelled]).toEqual([]);
  });

  test('what needs more of the tree than memory.c ends as it says', () => {
    const larger = session.scenarios.filter(({ id }) => groupOf(session.pack.groups, id));
    const { worst } = runSide(engine, session.base, larger);
    // The fix of the same-owner leak makes one of them end well.
    const wanted = larger.map(({ id, contract, expect: end }) =>
      fixed && contract === 'required' ? `${id} clean` : `${id} ${end}`,
    );
    expect(larger.length).toBeGreaterThan(20);
    expect(larger.map(({ id }) => `${id} ${worst.get(id)?.outcome}`)).toEqual(wanted);
  });

  test('the sanity programs come out as on any healthy tree', () => {
    const sanity = session.scenarios.filter(({ id }) => session.pack.sanity.includes(id));
    const { worst } = runSide(engine, session.base, sanity);
    expect(sanity.map(({ id }) => written(worst.get(id) as Execution))).toEqual(
      sanity.map((each) => (each.expect ?? '').replace('assertion ', 'assert:')),
    );
  });
});

/** Scenarios with hundreds of cases are worth their time in one test only. */
function withoutCases(side: Session): Session {
  return { ...side, scenarios: side.scenarios.filter((each) => each.cases !== true) };
}

/** The scenarios of a side that another has too. */
function alsoIn(other: Session, side: Session): Session {
  const ids = new Set(other.scenarios.map(({ id }) => id));
  return { ...side, scenarios: side.scenarios.filter(({ id }) => ids.has(id)) };
}

/** Each path of each scenario: how it ended and where, and for the first who was finalized in what order. */
function told(side: Session, run: Engine, image: Image): Map<string, readonly string[]> {
  return new Map(
    side.scenarios.map((scenario) => {
      const paths = run.explore(image, scenario);
      const order = paths.slice(0, 1).flatMap(finalized).join(' ');
      const ends = paths.map((end) => {
        const taken = end.choices.map((choice) => choice.taken).join('.');
        return `${taken} ${written(end)} ${end.at?.function ?? ''}`;
      });
      return [scenario.id, [...ends, order]];
    }),
  );
}

const ten = here.filter(({ release }) => release === '10.0');
const whenTen = ten.length > 0 ? describe.each(ten) : describe.skip.each(RELEASES);

whenTen('the embedded model and QEMU $release agree on every scenario', ({ folder }) => {
  let model: Session;
  let runsModel: Engine;
  beforeAll(async () => {
    await open(folder);
    model = await usual(openSession());
    runsModel = await openEngine(model.pack);
  });

  test.each([
    ['as they are', undefined],
    ['v1.eml', 'v1.eml'],
    ['v2-09of15.eml', 'v2-09of15.eml'],
  ])(
    '%s',
    async (name, mail) => {
      // Either side lacks functions that some scenario needs.
      const [a, b] = [alsoIn(model, session), alsoIn(session, model)].map((side) =>
        name === 'v1.eml' ? side : withoutCases(side),
      );
      if (a === undefined || b === undefined) {
        throw new Error('two sides');
      }
      const real = told(a, engine, mail === undefined ? a.base : await patched(a, mail));
      const ours = told(b, runsModel, mail === undefined ? b.base : await patched(b, mail));
      expect(ours.size).toBeGreaterThan(250);
      expect([...ours]).toEqual([...real]);
    },
    SLOW,
  );
});

async function reviewed(side: Session, run: Engine, name: string): Promise<readonly string[]> {
  const { series } = await readSeries(name, readFileSync(new URL(name, REAL)));
  const [first] = series;
  if (first === undefined) {
    throw new Error(`no series in ${name}`);
  }
  const judged = judge({ ...withoutCases(side), engine: run }, first);
  const classics = judged.scenarios
    .filter(({ scenario: { id } }) => /^(?:same|cross)-owner\/(?:child|container)-first$/.test(id))
    .map(({ scenario, before, after }) => `${scenario.id} ${before.outcome} ${after.outcome}`);
  const anchors = judged.findings.map(({ anchor }) => `${anchor.path}:${anchor.line}`);
  return [judged.verdict, ...classics.toSorted(), ...anchors];
}

whenTen('mails on QEMU $release', ({ folder }) => {
  let model: Session;
  let runsModel: Engine;
  beforeAll(async () => {
    await open(folder);
    model = await usual(openSession());
    runsModel = await openEngine(model.pack);
  });

  test.each([
    'seed.txt',
    'v1.eml',
    'scissors.eml',
    'v2-09of15.eml',
    'attached-patch.eml',
    'flowed-quote.eml',
  ])(
    '%s: the same verdict, classics and anchors as without a tree',
    async (name) => {
      const real = await reviewed(session, engine, name);
      expect(real).toEqual(await reviewed(model, runsModel, name));
    },
    SLOW,
  );

  test('a mail for another release does not apply', async () => {
    await expect(reviewed(session, engine, 'as-destroy-free.eml')).rejects.toThrow(
      'include/exec/memory.h: hunk 1 of 1 does not apply',
    );
  });

  test('a mail that is not of concern need not apply', async () => {
    const [verdict] = await reviewed(session, engine, 'log-access-direction.eml');
    expect(verdict).toBe('not-applicable');
  });
});

// A mail brings the fix to 10.0; 10.2 has it.
const mended = here.filter(({ release, fixed }) => fixed || release === '10.0');
const whenMended = mended.length > 0 ? describe.each(mended) : describe.skip.each(RELEASES);

whenMended('QEMU $release with the fix of the same-owner leak', ({ folder, fixed }) => {
  beforeAll(async () => open(folder), SLOW);

  test('finalizes the regions of every program in the order that was measured', async () => {
    const image = fixed ? session.base : await patched(session, 'v1.eml');
    const ends = traceRows(session, engine, image);
    const found = rows.map(({ id }) => {
      const end = ends.get(id) as Execution;
      return { id, after: written(end), order: finalized(end) };
    });
    expect(found).toEqual(
      rows.map(({ id, after, regions_finalized_after: order }) => ({
        id,
        after: short(after),
        order,
      })),
    );
  });
});
