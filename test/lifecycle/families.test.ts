import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  openEngine,
  openSession,
  patchedImage,
  scenariosOf,
  type Session,
} from '../../src/cli/session.ts';
import { openTreeSession } from '../../src/cli/source.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import type { Image } from '../../src/tree/image.ts';
import { readSeries } from '../../src/series/read.ts';
import { RELEASES } from './qemu-trees.ts';

const FILE = 'fixtures/guard-only-the-take.patch';
const SLOW = 120_000;

/** All that is known of the paths of every scenario, sets in order. */
function told(session: Session, engine: Engine, image: Image): string[] {
  return scenariosOf(session, {}).flatMap((scenario) =>
    engine.explore(image, scenario).map((path) => {
      const { covered, functions, notModelled, ...others } = path;
      const sets = [covered, functions, notModelled].map((set) => [...set].toSorted());
      return JSON.stringify([scenario.id, sets, others]);
    }),
  );
}

/** What the tree of 10.0 runs, where it is here. */
const trees = RELEASES.filter(({ release }) => release === '10.0').map(({ folder }) => folder);
const whenHere = trees.every((folder) => folder !== '')
  ? describe.each(trees)
  : describe.skip.each(trees);

/** Every path after the patch, on a side that shares compiled code with the base and on one that does not. */
async function bothWays(opened: Promise<Session>): Promise<string[][]> {
  const session = await opened;
  const { series } = await readSeries(FILE, readFileSync(FILE));
  const [after] = series.map((each) => patchedImage(session, each));
  if (after === undefined) {
    throw new Error(`${FILE} holds no series`);
  }
  const [shared, alone] = [await openEngine(session.pack), await openEngine(session.pack)];
  told(session, shared, session.base);
  // What the first version does not parse of counts: the base has to be it for both.
  alone.broken(session.base);
  return [shared, alone].map((engine) => told(session, engine, after));
}

test(
  'a side that shares compiled code with the base runs as one that does not',
  async () => {
    const [shared, alone] = await bothWays(openSession());
    expect(shared).toEqual(alone);
  },
  SLOW,
);

whenHere('on the tree %s', (folder) => {
  test(
    'it does too',
    async () => {
      const [shared, alone] = await bothWays(openTreeSession(folder));
      expect(shared).toEqual(alone);
    },
    SLOW,
  );
});
