import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openEngine, openSession, scenariosOf, type Session } from '../../src/cli/session.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { buildReview } from '../../src/review/build.ts';
import { readSeries } from '../../src/series/read.ts';

const REAL = new URL('../../../shared/real/', import.meta.url);
const present = existsSync(REAL);
if (!present) {
  process.stderr.write('SKIPPED: real mails: ../shared/real is not here\n');
}
const whenPresent = present ? describe : describe.skip;

let session: Session;
let engine: Engine;

beforeAll(async () => {
  session = await openSession();
  engine = await openEngine(session.pack);
});

async function review(name: string) {
  const { series, errors } = await readSeries(name, readFileSync(new URL(name, REAL)));
  expect(errors.map(String)).toEqual([]);
  const [first] = series;
  if (first === undefined) {
    throw new Error(`no series in ${name}`);
  }
  const judgement = judge({ ...session, scenarios: scenariosOf(session, {}), engine }, first);
  return buildReview({ series: first, judgement, session, file: name });
}

interface Row {
  readonly id: string;
  readonly contract: string;
  readonly before: string;
  readonly after: string;
}

/** `assert:FUNCTION` or the outcome, as the table of real outcomes writes them. */
function written(end: { outcome: string; at: string | null }): string {
  return end.outcome === 'assertion' ? `assert:${end.at?.split(' ').at(-1)}` : end.outcome;
}

/** `assert:FUNCTION` without the expression. */
function short(end: string): string {
  return end.split(':').slice(0, 2).join(':');
}

whenPresent('real mails', () => {
  test('the outcomes of real QEMU, row by row', async () => {
    const { rows } = JSON.parse(readFileSync(new URL('truth.json', REAL), 'utf8')) as {
      rows: Row[];
    };
    const { scenarios } = await review('v1.eml');
    const found = rows.map(({ id }) => {
      const one = scenarios.find((each) => each.id === id);
      const contract = session.scenarios.find((each) => each.id === id)?.contract;
      return one && { id, contract, before: written(one.before), after: written(one.after) };
    });
    expect(found).toEqual(
      rows.map(({ id, contract, before, after }) => ({
        id,
        contract,
        before: short(before),
        after: short(after),
      })),
    );
  });

  test.each(['seed.txt', 'v1.eml', 'scissors.eml'])(
    '%s mends the same-owner leak',
    async (name) => {
      const { verdict, scenarios } = await review(name);
      const classics = scenarios
        .filter(({ id }) => /^(same|cross)-owner\/(child|container)-first$/.test(id))
        .map(({ id, before, after }) => `${id} ${before.outcome} ${after.outcome}`);
      expect([verdict, ...classics.toSorted()]).toEqual([
        'improvement',
        'cross-owner/child-first clean clean',
        'cross-owner/container-first clean clean',
        'same-owner/child-first leak clean',
        'same-owner/container-first leak clean',
      ]);
    },
  );

  test('v2-09of15.eml aborts where the child goes first', async () => {
    const { verdict, scenarios, findings } = await review('v2-09of15.eml');
    const child = scenarios.find(({ id }) => id === 'same-owner/child-first');
    expect([verdict, child?.class, child?.after.outcome]).toEqual([
      'regression',
      'introduced',
      'assertion',
    ]);
    expect(child?.after.at).toContain('memory_region_finalize');
    expect(findings[0]?.anchor).toMatchObject({
      path: 'system/memory.c',
      side: 'RIGHT',
      line: 2641,
    });
  });

  test('as-destroy-free.eml is what the model has already', async () => {
    const { verdict, reason } = await review('as-destroy-free.eml');
    expect(verdict).toBe('inconclusive');
    expect(reason).toMatch(/^The model already has this change /);
  });

  test('places are lines of the patch, or files of the rule pack', async () => {
    const { series } = await readSeries('v2', readFileSync(new URL('v2-09of15.eml', REAL)));
    const files = series.flatMap(({ patches }) => patches.flatMap((patch) => patch.files));
    const added = files.flatMap(({ newPath, hunks }) =>
      hunks
        .flatMap(({ lines }) => lines)
        .flatMap(({ kind, newLine }) => (kind === 'added' ? [`${newPath}:${newLine}`] : [])),
    );
    const { findings, scenarios } = await review('v2-09of15.eml');
    const rows = findings.flatMap(({ ledger }) => [...ledger.before, ...ledger.after]);
    const ends = scenarios.flatMap(({ before, after }) => [before, after]);
    for (const { at } of [...rows, ...ends]) {
      const [place = '', path = ''] = /^(.+):\d+(?= )/.exec(at ?? '') ?? [];
      expect(at === null || added.includes(place) || session.base.get(path) !== undefined).toBe(
        true,
      );
    }
  });

  test.each([
    'log-access-direction.eml',
    'as-destroy-free.eml',
    'flowed-quote.eml',
    'attached-patch.eml',
  ])('%s introduces nothing', async (name) => {
    const { scenarios, findings } = await review(name);
    expect(findings).toEqual([]);
    expect(scenarios.filter((each) => each.class === 'introduced')).toEqual([]);
  });
});
