import { beforeAll, describe, expect, test } from '@jest/globals';
import { openEngine, openSession, scenariosOf, type Session } from '../../src/cli/session.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { endOf, runSide } from '../../src/lifecycle/replay.ts';
import { classify } from '../../src/lifecycle/verdict.ts';
import { overlay } from '../../src/tree/image.ts';
import type { Series } from '../../src/series/series.ts';

let session: Session;
let engine: Engine;

beforeAll(async () => {
  session = await openSession();
  engine = await openEngine(session.pack);
});

describe('the embedded model on the machine', () => {
  test('every scenario ends as its head comment says', () => {
    const single = session.scenarios.filter((scenario) => scenario.cases !== true);
    const { worst } = runSide(engine, session.base, single);
    const ends = single.map(({ id }) => {
      const end = worst.get(id);
      const stop = end?.outcome === 'assertion' ? ` ${end.at?.function}` : '';
      return `${id}: ${end?.outcome}${stop}`;
    });
    expect(ends).toEqual(single.map(({ id, expect: text }) => `${id}: ${text}`));
  });

  test('nothing that runs is left to a stand-in', () => {
    const { notModelled } = runSide(engine, session.base, scenariosOf(session, {}));
    expect([...notModelled]).toEqual([]);
  });

  test('a side with code outside of functions is not judged', () => {
    const path = 'model/system/memory.c';
    const text = `${session.base.get(path)}\nif (flat_views) {\n    abort();\n}\n`;
    const [scenario] = session.scenarios;
    expect(scenario).toBeDefined();
    const broken = overlay(session.base, new Map([[path, text]]));
    const side = runSide(engine, broken, scenario === undefined ? [] : [scenario]);
    const end = side.worst.get(scenario?.id ?? '');
    expect(end?.outcome).toBe('unsupported');
    expect(end?.message).toContain("expected a declaration before 'if'");
  });

  test('a patch that changes nothing introduces nothing', () => {
    const nothing: Series = {
      kind: 'patch',
      subject: 'nothing',
      version: 1,
      patches: [{ index: 1, total: 1, subject: 'nothing', message: '', files: [] }],
      repairs: [],
    };
    expect(judge({ ...session, engine }, nothing).verdict).toBe('not-applicable');
  });

  test('a side compared with itself is clean or preexisting', () => {
    const scenarios = scenariosOf(session, {});
    const path = 'model/system/memory.c';
    const moved = `/* One line further. */\n${session.base.get(path) ?? ''}`;
    const before = runSide(engine, session.base, scenarios);
    const after = runSide(
      engine,
      overlay(session.base, new Map([[path, moved]])),
      before.scenarios,
    );
    const classes = before.scenarios.map(({ id, contract }) => {
      const [a, b] = [before, after].map(({ image, worst }) => {
        const end = worst.get(id);
        return end && endOf(image, end);
      });
      expect(a && b).toBeDefined();
      const same = { contract, between: [], failsElsewhereOnBase: false };
      return a && b && classify({ ...same, before: a, after: b });
    });
    expect(new Set(classes)).toEqual(new Set(['clean', 'preexisting']));
    expect(classes.length).toBeGreaterThan(800);
  });
});
