import { setTimeout as sleep } from 'node:timers/promises';

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The most that is carried out at once. */
const MOST = 200;
/** Milliseconds for more to arrive in: PGlite computes in this thread, and nothing is read while it does. */
const PAUSE = 20;

/**
 * Carries out together what is asked for within a moment, so that a burst costs a few transactions. Of items that share a key only the first is taken; the others follow in their order.
 */
export class Gather<Item> {
  readonly #work: (items: readonly Item[]) => Promise<void>;
  readonly #keysOf: (item: Item) => readonly string[];
  #waiting: Waiting<Item>[] = [];
  #running = false;

  constructor(
    work: (items: readonly Item[]) => Promise<void>,
    keysOf: (item: Item) => readonly string[],
  ) {
    this.#work = work;
    this.#keysOf = keysOf;
  }

  /** Done once the batch of the item is. Throws what that failed with. */
  async add(item: Item): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
    });
    void this.#run();
    return done;
  }

  async #run(): Promise<void> {
    if (this.#running) {
      return;
    }
    this.#running = true;
    while (this.#waiting.length > 0) {
      await sleep(PAUSE);
      const batch = this.#take();
      try {
        await this.#work(batch.map(({ item }) => item));
        batch.forEach(({ resolve }) => resolve());
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    this.#running = false;
  }

  #take(): Waiting<Item>[] {
    const seen = new Set<string>();
    const batch: Waiting<Item>[] = [];
    const rest: Waiting<Item>[] = [];
    for (const each of this.#waiting) {
      const keys = this.#keysOf(each.item);
      const isFree = batch.length < MOST && keys.every((key) => !seen.has(key));
      keys.forEach((key) => seen.add(key));
      (isFree ? batch : rest).push(each);
    }
    this.#waiting = rest;
    return batch;
  }
}
