import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/jobs/database.ts';
import { PATIENCE, Queue } from '../../src/jobs/queue.ts';
import { HAS_POSTGRES, PostgresServer } from '../jobs/postgres-server.ts';
import type { Fault, State } from './fake-state.ts';
import { oneWorld } from './one-app.ts';
import { until } from './world.ts';
import type { Running } from './world.ts';

const SLOW = 300_000;
const here = oneWorld();
const { world } = here;
let harm = '';

beforeAll(() => {
  harm = world.harm();
});

/** Said once: one check, one review, every comment once. */
function expectOnce({ checks, reviews, comments, refused }: State, conclusion = 'failure'): void {
  expect(checks).toMatchObject([{ conclusion, status: 'completed' }]);
  expect(reviews).toHaveLength(1);
  expect(comments).toHaveLength(1);
  expect(refused).toEqual([]);
}

const REVIEW = 'POST .*/pulls/\\d+/reviews';
const CREATE = 'POST .*/check-runs$';
const UPDATE = 'PATCH .*/check-runs/';

describe('GitHub', () => {
  let app: Running;

  beforeAll(async () => {
    app = await world.run('data');
  }, SLOW);

  afterAll(async () => {
    app.child.kill('SIGTERM');
    await app.ended;
  }, SLOW);

  test.each<[string, Fault]>([
    ['answers 500', { match: REVIEW, kind: 'status', status: 500, times: 2 }],
    ['answers 502, though it did it', { match: REVIEW, kind: 'status-after', status: 502 }],
    [
      'answers 500 to the check, though it made it',
      { match: CREATE, kind: 'status-after', status: 500 },
    ],
    [
      'asks to come back',
      { match: REVIEW, kind: 'status', status: 403, headers: { 'retry-after': '2' } },
    ],
    [
      'has no calls left for this hour',
      {
        match: 'GET .*/pulls/\\d+$',
        kind: 'status',
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      },
    ],
    ['closes the connection', { match: REVIEW, kind: 'close' }],
    ['closes it after it did it', { match: REVIEW, kind: 'close-after' }],
    ['closes it in the middle of the answer', { match: REVIEW, kind: 'half' }],
    ['is slow', { match: REVIEW, kind: 'slow', milliseconds: 4_000 }],
    ['gives no token', { match: 'access_tokens', kind: 'status', status: 502 }],
  ])(
    '%s',
    async (_, fault) => {
      await world.faults([fault]);
      await world.push(app, here.number, harm);
      expectOnce(await world.completed(harm));
      await sleep(1_500);
      expectOnce(await world.state());
    },
    SLOW,
  );

  test(
    'does not show a line that git does',
    async () => {
      await world.faults([{ match: REVIEW, kind: 'status', status: 422 }]);
      await world.push(app, here.number, harm);
      const { checks, reviews, comments } = await world.completed(harm);
      expect(checks).toMatchObject([{ conclusion: 'failure' }]);
      expect(reviews).toMatchObject([{ body: expect.stringContaining('check-lifecycle:finding') }]);
      expect(comments).toEqual([]);
    },
    SLOW,
  );
});

describe('a process that is killed', () => {
  let app: Running;

  beforeAll(async () => {
    app = await world.run('killed');
  }, SLOW);

  /** Has it killed at a call, starts another one, and waits until that has ended the work. */
  async function killedAt(
    match: string,
    kind: Fault['kind'],
    head: string,
    skip = 0,
  ): Promise<State> {
    await world.faults([{ match, kind, skip, pid: app.child.pid ?? 0 }]);
    await world.push(app, here.number, head, 'synchronize');
    await app.ended;
    app = await world.run('killed');
    return world.completed(head);
  }

  test.each<[string, string, Fault['kind'], number]>([
    ['before it makes the check', CREATE, 'kill-before', 0],
    ['after it made the check', CREATE, 'kill-after', 0],
    ['before it says that it runs', UPDATE, 'kill-before', 0],
    ['after it said that it runs', UPDATE, 'kill-after', 0],
    ['before it posts the review', REVIEW, 'kill-before', 0],
    ['after it posted the review', REVIEW, 'kill-after', 0],
    ['before it completes the check', UPDATE, 'kill-before', 1],
    ['after it completed the check', UPDATE, 'kill-after', 1],
  ])(
    '%s',
    async (_, match, kind, skip) => {
      const state = await killedAt(match, kind, harm, skip);
      expectOnce(state);
      await sleep(1_500);
      expectOnce(await world.state());
    },
    SLOW,
  );

  test.each<[string, string, Fault['kind']]>([
    ['after it marked a comment as cleared', 'PATCH .*/pulls/comments/', 'kill-after'],
    ['before it resolves a thread', '/graphql', 'kill-before'],
  ])(
    '%s',
    async (_, match, kind) => {
      await world.push(app, here.number, harm);
      const { comments } = await world.completed(harm);
      const mended = world.mend(harm);
      const state = await killedAt(match, kind, mended);
      expect(state.reviews).toHaveLength(1);
      expect(state.comments).toHaveLength(1);
      expect(state.comments[0]?.body.match(/Cleared by/gu)).toHaveLength(1);
      // What was marked before it was resolved is resolved all the same.
      expect(state.resolved).toEqual(comments.map(({ id }) => id));
    },
    SLOW,
  );
});

(HAS_POSTGRES ? describe : describe.skip)('on PostgreSQL', () => {
  const server = new PostgresServer();
  let front: Running;
  let workers: Running[] = [];

  beforeAll(async () => {
    await server.start();
    const more = { DATABASE_URL: server.url };
    front = await world.run('front', ['serve', '--only-receive'], more);
    workers = [await world.run('one', ['work'], more), await world.run('two', ['work'], more)];
  }, SLOW);

  afterAll(async () => {
    for (const { child, ended } of [front, ...workers]) {
      child.kill('SIGTERM');
      await ended;
    }
    server.stop();
  }, SLOW);

  test(
    'a server that restarts loses nothing, and has nothing said twice',
    async () => {
      await world.push(front, here.number, harm);
      await until(async () => (await world.state()).checks.length > 0, 60_000);
      server.down();
      await sleep(3_000);
      server.up();
      expectOnce(await world.completed(harm));
      await sleep(2_000);
      expectOnce(await world.state());
      expect((await fetch(`${front.url}/healthz`)).status).toBe(200);
    },
    SLOW,
  );

  test(
    'two workers that have the same review say it once',
    async () => {
      const database = await openDatabase({ url: server.url, folder: '' });
      const queue = await Queue.open(database, () => undefined, PATIENCE);
      await world.push(front, here.number, harm);
      const [row] = await database.query<{ id: string }>(
        'SELECT id FROM lifecycle.review ORDER BY created DESC LIMIT 1',
      );
      for (const key of ['a', 'b', 'c']) {
        await queue.send(database, 'review', { review: row?.id ?? '' }, { key });
      }
      expectOnce(await world.completed(harm));
      await sleep(3_000);
      expectOnce(await world.state());
      await queue.stop(1);
      await database.close();
    },
    SLOW,
  );

  test(
    'a worker that is killed leaves its work to the other',
    async () => {
      const [first, second] = workers;
      const pid = (await world.state()).checks.length === 0 ? first?.child.pid : undefined;
      // Whichever takes the job: the one that posts is the one that is killed.
      second?.child.kill('SIGSTOP');
      await world.faults([{ match: REVIEW, kind: 'kill-after', pid: pid ?? 0 }]);
      await world.push(front, here.number, harm);
      await first?.ended;
      second?.child.kill('SIGCONT');
      expectOnce(await world.completed(harm));
    },
    SLOW,
  );

  test(
    'a worker that is killed at the last attempt, and another that is while it gives up, leave no check that runs',
    async () => {
      for (const { child, ended } of workers) {
        child.kill('SIGTERM');
        await ended;
      }
      const more = { DATABASE_URL: server.url };
      const first = await world.run('one', ['work'], more);
      const database = await openDatabase({ url: server.url, folder: '' });
      await database.query(`UPDATE pgboss.queue SET retry_limit = 0 WHERE name = 'review'`);
      await world.faults([{ match: UPDATE, kind: 'kill-after', pid: first.child.pid ?? 0 }]);
      await world.push(front, here.number, harm);
      await first.ended;
      const second = await world.run('two', ['work'], more);
      await world.faults([{ match: UPDATE, kind: 'kill-before', pid: second.child.pid ?? 0 }]);
      await second.ended;
      expect((await world.state()).checks).toMatchObject([{ status: 'in_progress' }]);

      const third = await world.run('one', ['work'], more);
      workers = [third];
      const { checks } = await world.completed(harm);
      expect(checks).toMatchObject([{ conclusion: 'neutral' }]);
      expect(checks[0]?.output?.summary).toMatch(/^The review was broken off each time/u);
      const dead = await database.query(`SELECT state FROM pgboss.job WHERE name = 'dead'`);
      expect(dead).toHaveLength(1);
      await database.close();

      await world.send(front, 'check_run', world.rerunEvent(harm));
      const again = await world.completed(harm, 2);
      expect(again.checks).toMatchObject([{}, { conclusion: 'failure' }]);
      expect(again.reviews).toHaveLength(1);
    },
    SLOW,
  );
});
