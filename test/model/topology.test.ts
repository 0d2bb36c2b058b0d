import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openEngine, openSession, scenariosOf, type Session } from '../../src/cli/session.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { runSide, type Side } from '../../src/lifecycle/replay.ts';
import { harmOf } from '../../src/machine/outcome.ts';
import { readSeries } from '../../src/series/read.ts';
import { buildPack, dispose, hasGcc, linkScenario, runProgram } from './native.ts';

const SOURCE = 'rules/memory-region/scenarios/topology/small.c';
/** Natively only every so many cases are run: a process takes longer than all of them here. */
const STRIDE = 16;

let session: Session;
let engine: Engine;
let side: Side;

function outcomesOf(ran: Side): Record<string, string> {
  return Object.fromEntries(
    ran.scenarios.map((each) => [each.summary, ran.worst.get(each.id)?.outcome ?? '']),
  );
}

beforeAll(async () => {
  session = await openSession();
  engine = await openEngine(session.pack);
  const generators = scenariosOf(session, {}).filter((each) => each.cases === true);
  side = runSide(engine, session.base, generators);
});

describe('every small topology', () => {
  test('is there once, and says what it is', () => {
    const summaries = side.scenarios.map((each) => each.summary);
    expect(new Set(summaries).size).toBe(summaries.length);
    expect(summaries).toContain('A of D1');
    expect(summaries).toContain('A of D1 in B, B of D2; first goes D1');
    expect(summaries).toContain('A of D1 in B, B of D2 in C, C of D1; seen; first goes D2');
    expect(summaries).toContain('A of D1 -> B, B of D1; on the heap');
    // Owners are alike: the first that is used is D1.
    expect(summaries.filter((each) => each.startsWith('A of D2'))).toEqual([]);
    // Loops, and regions that have nothing to do with each other, are left out.
    expect(summaries).not.toContain('A of D1 in B, B of D1 in A');
    expect(summaries).not.toContain('A of D1, B of D1');
  });

  test('promises that an alias goes before its target, and nothing else', () => {
    const contracts = new Map(side.scenarios.map((each) => [each.summary, each.contract]));
    expect(contracts.get('A of D1 -> B, B of D2; first goes D1')).toBe('required');
    expect(contracts.get('A of D1 -> B, B of D2; first goes D2')).toBe('tolerated');
    expect(contracts.get('A of D1 in B, B of D2; first goes D2')).toBe('required');
  });

  test('leaks on the model where an owner holds itself, and nowhere else', () => {
    const ends = outcomesOf(side);
    expect(new Set(Object.values(ends))).toEqual(new Set(['clean', 'leak']));
    expect(ends['A of D1, B of D1 in A']).toBe('leak');
    expect(ends['A of D1, B of D2 in A; first goes D1']).toBe('clean');
    expect(ends['A of D1 in B, B of D2 in C, C of D1; first goes D1']).toBe('leak');
  });

  test('can be replayed by its name', () => {
    const scenario = side.scenarios.at(-1);
    const choices = scenario?.choices ?? [];
    const [path] = scenario === undefined ? [] : engine.explore(session.base, scenario);
    expect(path?.choices.map(({ taken }) => taken)).toEqual(choices);
    expect(path?.case?.text).toBe(scenario?.summary);
  });

  test('ends no worse for a series that is right', async () => {
    const mail = '/work/shared/real/v1.eml';
    const { existsSync, readFileSync } = await import('node:fs');
    if (!existsSync(mail)) {
      process.stderr.write(`SKIPPED: ${mail} is not here\n`);
      return;
    }
    const { series } = await readSeries(mail, readFileSync(mail));
    const patches = series.flatMap((each) => each.patches);
    const files = patches.reduce((image, patch) => session.apply(image, patch).files, session.base);
    const after = runSide(engine, files, side.scenarios);
    const worse = side.scenarios.filter((each) => {
      const ends = [side, after].map(({ worst }) => harmOf(worst.get(each.id)?.outcome ?? 'clean'));
      return each.contract === 'required' && (ends[1] ?? 0) > (ends[0] ?? 0);
    });
    expect(worse.map((each) => each.summary)).toEqual([]);
  });
});

(hasGcc() ? describe : describe.skip)('machine and gcc', () => {
  let build = { folder: '', objects: [] as readonly string[], flags: [] as readonly string[] };
  beforeAll(() => {
    build = buildPack();
  }, 60_000);
  afterAll(() => {
    dispose(build);
  });

  test(`agree on every ${STRIDE}th topology`, () => {
    const program = linkScenario(build, SOURCE);
    const some = side.scenarios.filter((_, index) => index % STRIDE === 0);
    const natively = some.map((each) => {
      const { kind } = runProgram(program, (each.choices ?? []).join('.'));
      return `${each.summary}: ${kind}`;
    });
    const here = some.map((each) => `${each.summary}: ${side.worst.get(each.id)?.outcome ?? ''}`);
    expect(natively).toEqual(here);
  }, 60_000);
});
