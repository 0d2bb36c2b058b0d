import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Clones } from '../../src/github/source.ts';
import { World } from './world.ts';

const SLOW = 60_000;
const FILE = 'system/memory.c';
const world = new World();

beforeAll(async () => {
  await world.start();
}, SLOW);

afterAll(async () => {
  await world.stop();
});

test.each([
  ['what runs of a pull request is fetched', true],
  ['of one that runs nothing only what it changes is', false],
])(
  '%s',
  async (name, runs) => {
    const head = world.idle(world.base);
    const clones = new Clones(world.fixture.path(name), 1e9);
    const { range, diff } = await clones.fetch({
      repo: 77,
      number: 1,
      base: world.base,
      head,
      remote: world.remote,
      wanted: { roots: [FILE], folders: ['include'], runs: () => runs },
      signal: new AbortController().signal,
    });
    expect(range).toMatchObject({ base: world.base, commits: [head] });
    expect(diff.map(({ newPath }) => newPath)).toEqual(['docs/words.rst']);
    const lacks = world.fixture.git(
      `${name}/77.git`,
      'rev-list',
      '--objects',
      '--missing=print',
      head,
    );
    const blob = world.git('rev-parse', `${head}:${FILE}`).trim();
    expect(lacks.includes(`?${blob}`)).toBe(!runs);
  },
  SLOW,
);
