import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { World } from './world.ts';
import type { Running } from './world.ts';

/** Milliseconds for a test that waits for reviews. */
export const SLOW = 240_000;

/** One App in a world of its own. */
export interface OneApp {
  readonly world: World;
  /** Once the tests begin. */
  readonly app: Running;
  /** Of a pull request that no other test has. */
  readonly number: number;
}

/** Has all tests of a file share one App, for each of which GitHub begins anew. */
export function oneApp(args: readonly string[] = ['serve']): OneApp {
  const world = new World();
  let app: Running | undefined;
  let number = 0;
  beforeAll(async () => {
    await world.start();
    app = await world.run('data', args);
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
    get app() {
      if (app === undefined) {
        throw new Error('the App runs while tests do');
      }
      return app;
    },
    get number() {
      return number;
    },
  };
}
