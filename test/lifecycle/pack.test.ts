import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { changedStatements, stripComments } from '../../src/lifecycle/concern.ts';
import { buildLedger, compareLedgers } from '../../src/lifecycle/ledger.ts';
import { matches, modelPath, parsePack } from '../../src/lifecycle/pack.ts';
import { parsePathName } from '../../src/lifecycle/replay.ts';
import { parseScenario } from '../../src/lifecycle/scenario.ts';
import type { Execution, TraceEvent } from '../../src/machine/execution.ts';
import { readSeries } from '../../src/series/read.ts';

const text = readFileSync('rules/memory-region/pack.yaml', 'utf8');
const pack = parsePack('pack.yaml', text);

describe('parsePack', () => {
  test('knows the paths of every release', () => {
    const paths = ['memory.c', 'softmmu/memory.c', 'system/memory.c'];
    expect(new Set(paths.map((path) => modelPath(pack, path))).size).toBe(1);
    expect(modelPath(pack, 'hw/core/qdev.c')).toBeUndefined();
  });

  test('names the line of what is wrong', () => {
    expect(() => parsePack('p.yaml', text.replace('returns: 0', 'returns: none'))).toThrow(
      /^p\.yaml:\d+:\d+: externals\.stubs\.0\.returns: /u,
    );
    expect(() => parsePack('p.yaml', 'name: [')).toThrow(/^p\.yaml:1:\d+: /u);
  });

  test('globs are anchored, and dots are dots', () => {
    expect(matches(['trace_*'], 'trace_x')).toBe(true);
    expect(matches(['trace_*'], 'my_trace_x')).toBe(false);
    expect(matches(['a.b'], 'axb')).toBe(false);
  });
});

describe('parseScenario', () => {
  const head =
    '/*\n * Shows it.\n *\n * contract: required\n * because: the manual says\n *   so\n */\n';

  test('reads the head comment', () => {
    expect(parseScenario('a/b', 'scenarios/a/b.c', head)).toMatchObject({
      id: 'a/b',
      summary: 'Shows it.',
      contract: 'required',
      because: 'the manual says so',
    });
  });

  test('reads which names of the tree it needs', () => {
    const needing = head.replace(' */', ' * needs: first_call, SecondType\n */');
    const { because, needs } = parseScenario('a', 'a.c', needing);
    expect([because, needs]).toEqual(['the manual says so', ['first_call', 'SecondType']]);
    expect(parseScenario('a', 'a.c', head).needs).toEqual([]);
  });

  test('says on which line the contract is wrong', () => {
    const wrong = head.replace('required', 'wished');
    expect(() => parseScenario('a', 'a.c', wrong)).toThrow(/a\.c:4: `wished` is no contract/u);
    expect(() => parseScenario('a', 'a.c', 'int x;')).toThrow(/^a\.c:1: /u);
  });
});

function call(
  callee: string,
  depth: number,
  name: string,
  value: number,
  inside: string,
): TraceEvent {
  const site = { location: { file: 'm.c', line: depth + 1, column: 1 }, function: inside };
  return { kind: 'call', callee, args: [name], values: [value], site, depth };
}

function ledgerOf(...trace: TraceEvent[]): ReturnType<typeof buildLedger> {
  return buildLedger(pack, { trace } as unknown as Execution);
}

describe('buildLedger', () => {
  const take = [
    call('memory_region_ref', 1, 'B', 20, 'attach'),
    call('object_ref', 2, 'D1', 10, 'memory_region_ref'),
  ];
  const drop = call('object_unref', 1, 'D1', 10, 'scenario');

  test('a take that nobody drops has no partner, and names who asked for it', () => {
    expect(ledgerOf(...take)).toEqual([
      { object: 'D1', kind: 'take', at: 'm.c:2 attach', holder: 'B', matched: false },
    ]);
  });

  test('the first drop may give up the reference of birth, the second may not', () => {
    expect(ledgerOf(drop, drop).map((entry) => entry.matched)).toEqual([true, false]);
  });

  test('both sides part at the first difference', () => {
    expect(compareLedgers(ledgerOf(...take), ledgerOf(drop)).partsAt).toBe(0);
    expect(compareLedgers(ledgerOf(drop), ledgerOf(drop)).partsAt).toBeNull();
    expect(compareLedgers(ledgerOf(drop), ledgerOf(drop, drop)).partsAt).toBe(1);
  });

  const on = (name: string, value: number, callee: 'object_ref' | 'object_unref'): TraceEvent =>
    call(callee, 1, name, value, 'scenario');

  test('an object is called what it is called in the end', () => {
    const made = on('malloc(64)', 10, 'object_ref');
    expect(ledgerOf(made, drop).map(({ object }) => object)).toEqual(['D1', 'D1']);
  });

  test('only the object that the message names is shown', () => {
    const before = ledgerOf(on('D2', 11, 'object_ref'), on('D1', 10, 'object_ref'), drop);
    const after = ledgerOf(on('D2', 11, 'object_ref'), on('D1', 10, 'object_ref'));
    const { partsAt, ...sides } = compareLedgers(before, after, 'D1 is never finalized');
    expect(sides.before.map(({ object }) => object)).toEqual(['D1', 'D1']);
    expect(sides.after.map(({ object }) => object)).toEqual(['D1']);
    expect(partsAt).toBe(1);
  });

  test('without a name, the object whose references differ first', () => {
    const rest = [on('D3', 12, 'object_ref'), on('D3', 12, 'object_unref')];
    const before = ledgerOf(on('D1', 10, 'object_ref'), on('D2', 11, 'object_ref'), drop, ...rest);
    const after = ledgerOf(on('D1', 10, 'object_ref'), on('D2', 11, 'object_ref'));
    const { partsAt, ...sides } = compareLedgers(before, after, '1 holder too many');
    expect(new Set([...sides.before, ...sides.after].map(({ object }) => object))).toEqual(
      new Set(['D1']),
    );
    expect(partsAt).toBe(1);
  });

  test('the object whose count goes below nothing', () => {
    const steps = [on('D2', 11, 'object_ref'), drop, drop];
    const found = compareLedgers(
      ledgerOf(...steps),
      ledgerOf(...steps),
      "Assertion 'obj->ref > 0'",
    );
    expect(found.after.map(({ object, matched }) => [object, matched])).toEqual([
      ['D1', true],
      ['D1', false],
    ]);
  });
});

test.each([
  ['flatview_simplify', true],
  ['memory_region_name', false],
])('the bounds of a loop in %s concern lifetimes: %s', async (name, concerns) => {
  const patch = `diff --git a/system/memory.c b/system/memory.c
--- a/system/memory.c
+++ b/system/memory.c
@@ -10,3 +10,3 @@ static void ${name}(FlatView *view)
     int k;
-    for (k = i; k < j; k++) {
+    for (k = i - 1; k < j; k++) {
         say(k);
`;
  const { series } = await readSeries('a.patch', Buffer.from(patch));
  const [first] = series[0]?.patches ?? [];
  const found = first === undefined ? [] : changedStatements(pack, first);
  expect(found.map((each) => each.concerns)).toEqual([concerns, concerns]);
});

test('comments go, also where the fragment starts inside one', () => {
  expect(stripComments([' * words', ' */', '  f("/*"); // x', '  g(); /* y'])).toEqual([
    '',
    '',
    '  f("/*"); ',
    '  g(); ',
  ]);
});

test('a path is named by its scenario and choices', () => {
  expect(parsePathName('a/b:1.0')).toEqual({ id: 'a/b', choices: [1, 0] });
  expect(parsePathName('a/b')).toEqual({ id: 'a/b', choices: [] });
  expect(parsePathName('a:x')).toBeUndefined();
});
