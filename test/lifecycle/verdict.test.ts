import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CONTRACTS } from '../../src/lifecycle/scenario.ts';
import { attribute, CLASSES, classify, decide } from '../../src/lifecycle/verdict.ts';
import type { Attribution, Comparison, ScenarioClass } from '../../src/lifecycle/verdict.ts';
import { OUTCOMES, harmOf } from '../../src/machine/outcome.ts';
import type { OutcomeKind } from '../../src/machine/outcome.ts';

const kinds = Object.keys(OUTCOMES) as OutcomeKind[];
const outcome = fc.constantFrom(...kinds);
const contract = fc.constantFrom(...CONTRACTS);

function comparison(
  before: OutcomeKind,
  after: OutcomeKind,
  rest: Partial<Comparison> = {},
): Comparison {
  return {
    contract: 'required',
    before: { outcome: before },
    after: { outcome: after },
    between: [],
    failsElsewhereOnBase: false,
    ...rest,
  };
}

describe('classify', () => {
  test.each([
    ['clean', 'leak', 'introduced'],
    ['leak', 'assertion', 'introduced'],
    ['leak', 'clean', 'fixed'],
    ['leak', 'leak', 'preexisting'],
    ['leak', 'invariant', 'preexisting'],
    ['clean', 'clean', 'clean'],
    ['use-after-free', 'leak', 'changed'],
    ['clean', 'unsupported', 'unknown'],
  ] as const)('required: %s then %s is %s', (before, after, expected) => {
    expect(classify(comparison(before, after))).toBe(expected);
  });

  test.each([
    ['assertion', 'assertion', 'clean'],
    ['assertion', 'clean', 'introduced'],
    ['assertion', 'use-after-free', 'introduced'],
    ['clean', 'assertion', 'fixed'],
    ['leak', 'leak', 'preexisting'],
  ] as const)('must-assert: %s then %s is %s', (before, after, expected) => {
    expect(classify(comparison(before, after, { contract: 'must-assert' }))).toBe(expected);
  });

  test('tolerated and failing where the base fails elsewhere is exposed', () => {
    const after = { outcome: 'assertion', statement: 'f: assert(x)' } as const;
    const base = comparison('leak', 'assertion', { contract: 'tolerated', after });
    expect(classify(base)).toBe('changed');
    expect(classify({ ...base, failsElsewhereOnBase: true })).toBe('exposed');
  });

  test('broken inside the series and mended later is transient', () => {
    expect(classify(comparison('clean', 'clean', { between: [{ outcome: 'leak' }] }))).toBe(
      'transient',
    );
  });

  test('a side compared with itself introduces nothing', () => {
    fc.assert(
      fc.property(outcome, contract, (kind, promised) => {
        const result = classify(comparison(kind, kind, { contract: promised }));
        const allowed = harmOf(kind) < 0 ? ['unknown'] : ['clean', 'preexisting'];
        expect(allowed).toContain(result);
      }),
    );
  });

  test('required: what one way introduces, the other way mends', () => {
    fc.assert(
      fc.property(outcome, outcome, (a, b) => {
        fc.pre(classify(comparison(a, b)) === 'introduced');
        expect(['fixed', 'changed']).toContain(classify(comparison(b, a)));
      }),
    );
  });
});

describe('decide', () => {
  const rows = fc.array(fc.record({ contract, class: fc.constantFrom(...CLASSES) }));
  const reached = { touchesLifecycle: true, allReached: true };

  test('tolerated scenarios never move it', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const counted = all.filter((row) => row.contract !== 'tolerated');
        expect(decide(all, reached)).toBe(decide(counted, reached));
      }),
    );
  });

  test('anything introduced is a regression, whatever was not reached', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), fc.boolean(), (all, touchesLifecycle, allReached) => {
        const row = { contract: 'required', class: 'introduced' } as const;
        expect(decide([...all, row], { touchesLifecycle, allReached })).toBe('regression');
      }),
    );
  });

  test('a path that was not reached is never clean', () => {
    const fixed = [{ contract: 'required', class: 'fixed' }] as const;
    expect(decide(fixed, reached)).toBe('improvement');
    expect(decide(fixed, { touchesLifecycle: true, allReached: false })).toBe('inconclusive');
    expect(decide([{ contract: 'required', class: 'unknown' }], reached)).toBe('inconclusive');
    expect(decide([], { touchesLifecycle: false, allReached: true })).toBe('not-applicable');
    expect(decide([], reached)).toBe('clean');
  });
});

describe('attribute', () => {
  test.each<[string, ScenarioClass[], Attribution]>([
    ['nothing moved', ['clean', 'clean'], {}],
    ['broken for good', ['clean', 'introduced', 'introduced'], { worse: 2 }],
    ['broken twice: the last time counts', ['introduced', 'clean', 'introduced'], { worse: 3 }],
    ['mended for good', ['preexisting', 'fixed'], { better: 2 }],
    [
      'broken, then mended',
      ['clean', 'introduced', 'introduced', 'clean'],
      { worse: 2, better: 4 },
    ],
    ['mended, then undone', ['fixed', 'preexisting'], { better: 1, worse: 2 }],
    ['the only patch', ['introduced'], { worse: 1 }],
  ])('%s', (_name, classes, expected) => {
    expect(attribute(classes)).toEqual(expected);
  });
});
