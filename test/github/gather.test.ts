import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Gather } from '../../src/github/gather.ts';

/** Gathers words by their first letters; returns the batches. */
function gathering(fails = ''): { gather: Gather<string>; batches: (readonly string[])[] } {
  const batches: (readonly string[])[] = [];
  const gather = new Gather<string>(
    async (items) => {
      await sleep(5);
      batches.push(items);
      if (items.includes(fails)) {
        throw new Error(fails);
      }
    },
    (item) => [item.slice(0, 1)],
  );
  return { gather, batches };
}

test('what comes within a moment is one batch, but one of a key at a time', async () => {
  const { gather, batches } = gathering();
  await Promise.all(['a1', 'b1', 'a2', 'c1', 'a3', 'b2'].map(async (each) => gather.add(each)));
  expect(batches).toEqual([['a1', 'b1', 'c1'], ['a2', 'b2'], ['a3']]);
});

test('a batch that fails is told to those who wait for it, and the next one goes on', async () => {
  const { gather, batches } = gathering('b1');
  const ends = await Promise.allSettled(['a1', 'b1', 'b2'].map(async (each) => gather.add(each)));
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(batches).toHaveLength(2);
  await gather.add('d1');
  expect(batches.at(-1)).toEqual(['d1']);
});
