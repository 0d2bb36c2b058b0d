import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { parseScenario } from '../../src/lifecycle/scenario.ts';
import {
  buildPack,
  classify,
  dispose,
  hasGcc,
  runScenario,
  scenarioPaths,
  type NativeBuild,
} from './native.ts';

const TRUTH = '/work/shared/real/truth.json';
const paths = scenarioPaths();
/** What has cases says how each ends only when it runs: see topology.test.ts. */
const single = [...paths].filter(([id]) => !id.startsWith('topology/'));
const gcc = hasGcc();
if (!gcc) {
  process.stderr.write('gcc is not installed: no scenario was run natively\n');
}
const natively = gcc ? describe : describe.skip;

interface Row {
  readonly id: string;
  readonly contract: string;
  readonly before: string;
}

natively('every scenario ends natively as its head comment says', () => {
  let build: NativeBuild = { folder: '', objects: [], flags: [] };
  beforeAll(() => {
    build = buildPack();
  }, 60_000);
  afterAll(() => {
    dispose(build);
  });

  test.each(single)(
    '%s',
    (id, path) => {
      const scenario = parseScenario(id, path, readFileSync(path, 'utf8'));
      const { kind, function: at, message } = runScenario(build, path);
      const said = at === undefined ? kind : `${kind} ${at}`;
      expect({ said, message }).toEqual({ said: scenario.expect, message });
    },
    30_000,
  );

  test('a scenario with choices holds for each of them', () => {
    const path = paths.get('nesting/three-owners') ?? '';
    for (const choice of ['0', '1', '2']) {
      expect(runScenario(build, path, choice).kind).toBe('clean');
    }
  }, 30_000);
});

(existsSync(TRUTH) ? describe : describe.skip)('the rows that were measured on 10.0', () => {
  const rows = existsSync(TRUTH)
    ? (JSON.parse(readFileSync(TRUTH, 'utf8')) as { rows: Row[] }).rows
    : [];

  test.each(rows)('$id is expected as it was measured', ({ id, contract, before }) => {
    const path = paths.get(id) ?? '';
    const scenario = parseScenario(id, path, readFileSync(path, 'utf8'));
    const [kind, at] = before.split(':');
    expect(scenario.contract).toBe(contract);
    expect(scenario.expect).toBe(kind === 'assert' ? `assertion ${at}` : kind);
  });
});

describe('classify', () => {
  test('a failed assertion names its function', () => {
    const line = "t: model/system/memory.c:12: memory_region_finalize: Assertion `!x' failed.";
    expect(classify(134, line)).toMatchObject({
      kind: 'assertion',
      function: 'memory_region_finalize',
    });
  });

  test('what a scenario says of itself counts only with its status', () => {
    expect(classify(99, 'outcome: leak D1 is there\n')).toMatchObject({
      kind: 'leak',
      message: 'D1 is there',
    });
    expect(classify(0, 'outcome: leak D1 is there\n').kind).toBe('clean');
  });

  test('an error that nobody expected stops like an assertion', () => {
    const line = 'unexpected error in object_property_try_add() at qom/object.c:9: it is there';
    expect(classify(null, line)).toMatchObject({ kind: 'assertion', function: 'error_handle' });
  });

  test('LeakSanitizer tells of blocks that nothing points to', () => {
    const error = '==1==ERROR: LeakSanitizer: detected memory leaks';
    expect(classify(1, error)).toMatchObject({ kind: 'leak', message: error });
  });

  test('and a stack overflow as one, not as an access out of bounds', () => {
    const error =
      '==1==ERROR: AddressSanitizer: stack-overflow on address 0x7ffc (pc 0x1 bp 0x2 sp 0x3)';
    expect(classify(1, error).kind).toBe('stack-overflow');
  });

  test('AddressSanitizer tells how memory went wrong', () => {
    const error = '==1==ERROR: AddressSanitizer: ';
    expect(classify(1, `${error}heap-use-after-free on address 0x6`).kind).toBe('use-after-free');
    expect(classify(1, `${error}attempting double-free on 0x6`).kind).toBe('double-free');
    expect(classify(1, `${error}SEGV on unknown address 0x000000000010 (pc`).kind).toBe(
      'null-dereference',
    );
  });
});
