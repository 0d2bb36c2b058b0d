import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { World } from './world.ts';
import type { Running } from './world.ts';

/** Milliseconds for a test that waits for reviews. */
export const SLOW = 240_000;

/** A world of a file's own. */
export interface OneWorld {
  readonly world: World;
  /** Of a pull request that no other test has. */
  readonly number: number;
}

/** Has all tests of a file share one world, in which GitHub begins anew for each. */
export function oneWorld(): OneWorld {
  const world = new World();
  let number = 0;
  beforeAll(async () => {
    await world.start();
  }, SLOW);
  afterAll(async () => {
    await world.stop();
  }, SLOW);
  beforeEach(async () => {
    await world.forget();
    number += 1;
  });
  return {
    world,
    get number() {
      return number;
    },
  };
}

/** One App in a world of its own. */
export interface OneApp extends OneWorld {
  /** Once the tests begin. */
  readonly app: Running;
}

/** Has all tests of a file share one App as well. */
export function oneApp(args: readonly string[] = ['serve']): OneApp {
  const here = oneWorld();
  let app: Running | undefined;
  beforeAll(async () => {
    app = await here.world.run('data', args);
  }, SLOW);
  return {
    world: here.world,
    get app() {
      if (app === undefined) {
        throw new Error('the App runs while tests do');
      }
      return app;
    },
    get number() {
      return here.number;
    },
  };
}
