import { expect, test } from '@jest/globals';
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

test.each([
  { release: 'the model', folder: '-' },
  ...RELEASES.filter(({ release }) => release === '10.0'),
])(
  'a side that shares compiled code with the base runs as one that does not: $release',
  async ({ folder }) => {
    if (folder === '') {
      return;
    }
    const session = await (folder === '-' ? openSession() : openTreeSession(folder));
    const { series } = await readSeries(FILE, readFileSync(FILE));
    const [after] = series.map((each) => patchedImage(session, each));
    if (after === undefined) {
      throw new Error(`${FILE} holds no series`);
    }
    const [shared, alone] = [await openEngine(session.pack), await openEngine(session.pack)];
    told(session, shared, session.base);
    // What the first version does not parse of counts: the base has to be it for both.
    alone.broken(session.base);
    expect(told(session, shared, after)).toEqual(told(session, alone, after));
  },
  SLOW,
);
