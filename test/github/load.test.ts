import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { HAS_POSTGRES, PostgresServer } from '../jobs/postgres-server.ts';
import { until, World } from './world.ts';
import type { Running } from './world.ts';

/** `node bench/webhooks.mjs` sets how many, and prints what was measured. */
const measured = process.env['CHECK_LIFECYCLE_LOAD'];
const MANY = Number(measured ?? 20);
/** Reviews that do some work, and how often they are measured. */
const BACKLOG = measured === undefined ? 4 : 12;
const RUNS = measured === undefined ? 1 : 3;
const SLOW = measured === undefined ? 400_000 : 7_200_000;

const world = new World();
const server = new PostgresServer();

beforeAll(async () => {
  await world.start();
  if (HAS_POSTGRES) {
    await server.start();
  }
}, SLOW);

afterAll(async () => {
  await world.stop();
  if (HAS_POSTGRES) {
    server.stop();
  }
}, SLOW);

/** Sends a pull request each, all at once; returns the longest answer in milliseconds. */
async function sendAll(app: Running, first: number, count: number, head: string): Promise<number> {
  const pulls = Array.from(
    { length: count },
    (_, at) => [first + at, { head, base: world.base, author: 'a' }] as const,
  );
  await world.know({ pulls: Object.fromEntries(pulls) });
  const times = await Promise.all(
    pulls.map(async ([number, pull]) => {
      const start = performance.now();
      expect(await world.send(app, 'pull_request', world.pullEvent('opened', number, pull))).toBe(
        202,
      );
      return performance.now() - start;
    }),
  );
  return Math.max(...times);
}

/** Waits until every check of a head is there and completed; returns the seconds that took. */
async function allDone(head: string, count: number, look = (): void => undefined): Promise<number> {
  const start = performance.now();
  await until(async () => {
    look();
    const { checks } = await world.state();
    return (
      checks.filter((each) => each.head_sha === head && each.status === 'completed').length ===
      count
    );
  }, SLOW);
  return (performance.now() - start) / 1000;
}

/** Resident megabytes of a process (proc(5), `VmRSS`). */
function memoryOf({ child }: Running): number {
  const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/mu.exec(status)?.[1]) / 1000);
}

/**
 * Milliseconds that a process has computed, and those that it has waited for (proc(5), `utime`, `stime`, `cutime` and
 * `cstime`, in hundredths of a second).
 */
function computed({ child }: Running): { own: number; children: number } {
  const stat = readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8').split(') ')[1] ?? '';
  const [user = 0, system = 0, users = 0, systems = 0] = stat.split(' ').slice(11, 15).map(Number);
  return { own: 10 * (user + system), children: 10 * (users + systems) };
}

/** What as many jobs cost processes, since they had computed as much. */
function costOf(
  apps: readonly Running[],
  before: readonly { own: number; children: number }[],
  jobs: number,
): string {
  const spent = apps.map(computed);
  const share = (name: 'own' | 'children'): string => {
    const all = spent.map((each, at) => each[name] - (before[at]?.[name] ?? 0));
    return (all.reduce((sum, each) => sum + each, 0) / 1000 / jobs).toFixed(2);
  };
  return `a job took ${share('own')} processor seconds of the App and ${share('children')} of what it started`;
}

function tell(text: string): void {
  if (measured !== undefined) {
    process.stderr.write(`${text}\n`);
  }
}

async function ended({ child, ended: end }: Running): Promise<void> {
  child.kill('SIGTERM');
  await end;
}

describe('load', () => {
  test(
    'many webhooks at once are all answered, and all reviewed once',
    async () => {
      await world.forget();
      const app = await world.run('load');
      const head = world.idle(world.base, 'docs/load.rst');
      const before = memoryOf(app);
      const idle = computed(app);
      const longest = await sendAll(app, 1, MANY, head);
      const after = memoryOf(app);
      tell(
        `${MANY} webhooks at once: the slowest answer after ${Math.round(longest)} ms, for which serve computed ${computed(app).own - idle.own} ms`,
      );
      const sizes: number[] = [];
      const seconds = await allDone(head, MANY, () => sizes.push(memoryOf(app)));
      tell(`all done after ${seconds.toFixed(1)} s; ${costOf([app], [idle], MANY)}`);
      const tenths = Array.from(
        { length: 11 },
        (_, at) => sizes[Math.floor((at / 10) * (sizes.length - 1))],
      );
      tell(`memory of serve: ${before} MB before, ${after} MB after the webhooks`);
      tell(`and by tenths of the time until all was done: ${tenths.join(', ')} MB`);
      // What is kept for each webhook would show: a megabyte of each would be half a gigabyte.
      expect(Math.max(...sizes)).toBeLessThan(Math.max(before, after) + 200);
      const { checks } = await world.state();
      expect(checks).toHaveLength(MANY);
      await ended(app);
    },
    SLOW,
  );
});

(HAS_POSTGRES ? describe : describe.skip)('on PostgreSQL', () => {
  test(
    'a backlog is shared by two workers',
    async () => {
      const more = { DATABASE_URL: server.url };
      const front = await world.run('front', ['serve', '--only-receive'], more);
      const head = world.harm();
      let first = 10_000;
      /** Seconds for as many reviews by the workers of these folders. */
      async function timeOf(names: readonly string[], count: number): Promise<number> {
        await world.forget();
        const workers = await Promise.all(
          names.map(async (name) => world.run(name, ['work'], more)),
        );
        const before = workers.map(computed);
        await sendAll(front, (first += 1000), count, head);
        const seconds = await allDone(head, count);
        tell(`${names.length} at work: ${costOf(workers, before, count)}`);
        const { reviews, refused } = await world.state();
        expect(reviews).toHaveLength(count);
        expect(refused).toEqual([]);
        await Promise.all(workers.map(ended));
        return seconds;
      }
      // Each has its clone and its bases from now on.
      await timeOf(['one'], 1);
      await timeOf(['two'], 1);
      const one: number[] = [];
      const two: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        one.push(await timeOf(['one'], BACKLOG));
        two.push(await timeOf(['one', 'two'], BACKLOG));
      }
      const ratio = median(two) / median(one);
      tell(`${BACKLOG} reviews, ${RUNS} times in turn: one worker ${show(one)}, two ${show(two)}`);
      tell(`two take ${ratio.toFixed(2)} of the time of one`);
      await ended(front);
    },
    SLOW,
  );
});

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function show(seconds: readonly number[]): string {
  return `${seconds.map((each) => each.toFixed(1)).join(', ')} s`;
}
