import { expect, test } from '@jest/globals';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { runSide } from '../../src/lifecycle/replay.ts';
import { parseScenario } from '../../src/lifecycle/scenario.ts';
import type { Execution } from '../../src/machine/execution.ts';

const HEAD = '/*\n * Fails.\n *\n * contract: required\n * because: it must\n */\n';
const scenario = parseScenario('a', 'scenarios/a.c', HEAD);

/** It runs `f`, and ends at a place of `place.c`. */
const end: Execution = {
  outcome: 'null-dereference',
  at: { location: { file: 'place.c', line: 1, column: 1 }, function: 'f' },
  message: '',
  stack: [],
  choices: [],
  trace: [],
  covered: new Set(),
  functions: new Set(['f']),
  notModelled: new Set(),
  stdout: '',
  stderr: '',
  exitStatus: 0,
  steps: 1,
};

/** How often the scenario is run on a side that comes after one where it was. */
function runsAfter(files: Record<string, string>, changed: readonly string[]): number {
  let runs = 0;
  const engine: Pick<Engine, 'explore'> = {
    explore() {
      runs += 1;
      return [end];
    },
  };
  const image = new Map(Object.entries({ 'place.c': 'here', 'other.c': 'there' }));
  const side = runSide(engine as Engine, image, [scenario]);
  const after = new Map([...image, ...Object.entries(files)]);
  const earlier = { side, changed: new Set(changed) };
  expect(runSide(engine as Engine, after, [scenario], { earlier }).worst.get('a')).toMatchObject({
    outcome: end.outcome,
    at: end.at,
  });
  return runs - 1;
}

test('an end at a place is taken over where its file is the same and no function that ran is another', () => {
  expect(runsAfter({ 'other.c': 'else' }, ['g'])).toBe(0);
  expect(runsAfter({ 'place.c': 'moved\nhere' }, ['g'])).toBe(1);
  expect(runsAfter({ 'other.c': 'else' }, ['f'])).toBe(1);
});

test.each([
  [3_000, 400_000],
  [60_000, 1_200_000],
  [2_000_000, 2_000_000],
])('a scenario of %d steps may take %d on a later side', (steps, most) => {
  const asked: (number | undefined)[] = [];
  const engine: Pick<Engine, 'explore'> = {
    explore(_image, _scenario, bound) {
      asked.push(bound);
      return [{ ...end, steps }];
    },
  };
  const image = new Map([['place.c', 'here']]);
  const side = runSide(engine as Engine, image, [scenario]);
  runSide(engine as Engine, image, [scenario], { earlier: { side, changed: undefined } });
  expect(asked).toEqual([2_000_000, most]);
});
