import { afterEach, expect, test } from '@jest/globals';
import { Failure } from '../../src/cli/failure.ts';
import { Guard, LIMITS, limitsOf } from '../../src/cli/guard.ts';
import { replayCommand } from '../../src/cli/replay-command.ts';
import { DEFAULTS } from '../../src/config/config.ts';

const guards: Guard[] = [];

function guard(limits: Partial<typeof LIMITS> = {}): Guard {
  const one = new Guard({ ...LIMITS, ...limits });
  guards.push(one);
  return one;
}

afterEach(async () => {
  await Promise.all(guards.splice(0).map(async (each) => each.close()));
});

function endless(): void {
  let steps = 0;
  for (;;) {
    steps = (steps + 1) % 1000;
  }
}

function growing(): void {
  const held: Uint8Array[] = [];
  for (;;) {
    held.push(new Uint8Array(1024 * 1024).fill(1));
  }
}

function failureOf(work: () => unknown): Failure | undefined {
  try {
    work();
  } catch (error) {
    return error instanceof Failure ? error : undefined;
  }
  return undefined;
}

test('what ends in time gives its result, and its own errors', () => {
  const one = guard();
  expect(one.run(() => 7)).toBe(7);
  expect(() =>
    one.run(() => {
      throw new TypeError('mine');
    }),
  ).toThrow(new TypeError('mine'));
});

test('a loop that never ends is status 3, and the next work runs', () => {
  const one = guard({ time: 1_000, memory: Infinity });
  expect(failureOf(() => one.run(endless))).toMatchObject({
    status: 3,
    message: expect.stringMatching(/^gave up after 1 s: .*; split it/u),
  });
  expect(one.run(() => 7)).toBe(7);
});

test('more memory than there may be is status 3', () => {
  const one = guard({ memory: 64 * 1024 * 1024 });
  expect(failureOf(() => one.run(growing))).toMatchObject({
    status: 3,
    message: expect.stringContaining('of memory'),
  });
});

test('a configuration sets both, for reviews and replays alike', async () => {
  const config = { ...DEFAULTS, bounds: { seconds: 3, megabytes: 64 } };
  expect(limitsOf(config, 9_000)).toEqual({ time: 3_000, memory: 64 * 1024 * 1024 });
  expect(limitsOf(DEFAULTS, 9_000)).toEqual({ ...LIMITS, time: 9_000 });
  const replay = replayCommand('same-owner/child-first', { config: '/no/such/file' });
  await expect(replay).rejects.toThrow('/no/such/file:1:1: cannot be read');
});
