import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/jobs/database.ts';
import type { Database, Place } from '../../src/jobs/database.ts';
import { takeHeads } from '../../src/jobs/heads.ts';
import type { Taken } from '../../src/jobs/heads.ts';
import {
  addReviews,
  dismissFinding,
  endReview,
  findReview,
  headOf,
  labelFindings,
  recordDelivery,
  startReview,
} from '../../src/jobs/history.ts';
import { postOnce } from '../../src/jobs/outbox.ts';
import { ComeBack, PATIENCE, Queue } from '../../src/jobs/queue.ts';
import { until } from '../github/world.ts';
import { HAS_POSTGRES, PostgresServer } from './postgres-server.ts';

const SLOW = 180_000;
const PATIENT = { ...PATIENCE, retryLimit: 2, retryDelay: 1, retryDelayMax: 1 };
const folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-jobs-'));
const server = new PostgresServer();

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HEADS = ['a', 'b', 'c'].map((each) => each.repeat(40));
const [A = '', B = '', C = ''] = HEADS;

const places: [string, () => Promise<Place>][] = [
  ['PGlite', async () => Promise.resolve({ folder })],
];
if (HAS_POSTGRES) {
  places.push([
    'PostgreSQL',
    async () => {
      await server.start();
      return { folder: '', url: server.url };
    },
  ]);
}

describe.each(places)('on %s', (name, placeOf) => {
  let database: Database;
  let queue: Queue;
  let number = 0;
  const pull = (): {
    repo: number;
    owner: string;
    name: string;
    number: number;
    installation: number;
  } => ({
    repo: 7,
    owner: 'lists',
    name: 'qemu',
    number,
    installation: 5,
  });

  beforeAll(async () => {
    database = await openDatabase(await placeOf());
    queue = await Queue.open(database, () => undefined, PATIENT);
  }, SLOW);

  afterAll(async () => {
    await queue.stop(0);
    await database.close();
    if (name === 'PostgreSQL') {
      server.stop();
    }
  }, SLOW);

  test('a delivery is new once', async () => {
    expect(await recordDelivery(database, 'd1', 'push')).toBe(true);
    expect(await recordDelivery(database, 'd1', 'push')).toBe(false);
  });

  test('what fails in a transaction leaves neither record nor job', async () => {
    const work = database.transaction(async (sql) => {
      await recordDelivery(sql, 'd2', 'push');
      await queue.send(sql, 'review', { review: 'none' }, { key: 'k' });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await recordDelivery(database, 'd2', 'push')).toBe(true);
    const jobs = await database.query(`SELECT id FROM pgboss.job WHERE name = 'review'`);
    expect(jobs).toEqual([]);
  });

  /** A webhook that tells of a head. */
  async function told(head: string, day: number, delivery: string = randomUUID()): Promise<Taken> {
    const updated = `2026-01-0${day}T00:00:00Z`;
    const event = 'pull_request';
    return takeHeads(database, [{ delivery, event, pull: pull(), head, updated, review: true }]);
  }

  /** Somebody who asks for a head. */
  async function asked(head: string): Promise<unknown[]> {
    return addReviews(database, [{ pull: pull(), head, cause: 'command' }]);
  }

  test('the newest head counts, in whatever order they are told', async () => {
    number += 1;
    const { added } = await told(B, 2);
    expect(added).toMatchObject([{ key: `7#${number}` }]);
    expect(await told(A, 1)).toEqual({ added: [], cancelled: [] });
    expect(await headOf(database, 7, number)).toBe(B);
    expect(await told(C, 2)).toMatchObject({ added: [{}], cancelled: [added[0]?.id] });
    expect(await headOf(database, 7, number)).toBe(C);
  });

  test('a webhook counts once, and one review a head is open', async () => {
    number += 1;
    expect((await told(A, 1, 'same')).added).toHaveLength(1);
    expect(await told(B, 2, 'same')).toEqual({ added: [], cancelled: [] });
    expect(await told(A, 2)).toEqual({ added: [], cancelled: [] });
    expect(await asked(A)).toEqual([]);
  });

  test('heads of many pull requests are taken at once; a draft has none reviewed', async () => {
    const heads = [41, 42, 43].map((each) => ({
      delivery: `many ${each}`,
      event: 'pull_request',
      pull: { ...pull(), number: each },
      head: A,
      updated: '2026-01-01T00:00:00Z',
      review: each !== 42,
    }));
    const { added } = await takeHeads(database, heads);
    expect(added.map(({ key }) => key).toSorted()).toEqual(['7#41', '7#43']);
    expect(await headOf(database, 7, 42)).toBe(A);
    await queue.sendReviews(database, added);
    // They are as patient as those that are sent alone.
    const jobs = await database.query<object>(
      `SELECT retry_limit, retry_backoff, heartbeat_seconds, dead_letter, policy FROM pgboss.job
       WHERE id = ANY($1::uuid[])`,
      [added.map(({ id }) => id)],
    );
    const patient = { retry_limit: 2, retry_backoff: true, heartbeat_seconds: 15 };
    const row = { ...patient, dead_letter: 'dead', policy: 'singleton' };
    expect(jobs).toEqual([row, row]);
    await queue.cancel(
      database,
      'review',
      added.map(({ id }) => id),
    );
  });

  test('a newer head cancels a review, which then neither begins nor ends', async () => {
    number += 1;
    const id = (await told(A, 1)).added[0]?.id ?? '';
    expect(await startReview(database, id)).toBe(true);
    // It runs: the process that has it sees that it is over.
    expect((await told(B, 2)).cancelled).toEqual([]);
    expect(await startReview(database, id)).toBe(false);
    await endReview(database, id, { state: 'done', verdict: 'clean' });
    expect(await findReview(database, id)).toMatchObject({ state: 'cancelled', verdict: null });
    expect(await asked(A)).toHaveLength(1);
  });

  test('findings keep their numbers and why they were dismissed', async () => {
    number += 1;
    await labelFindings(database, pull(), ['x', 'y']);
    const known = await labelFindings(database, pull(), ['z', 'y']);
    expect(known.map(({ fingerprint, label }) => [fingerprint, label])).toEqual([
      ['x', 1],
      ['y', 2],
      ['z', 3],
    ]);
    expect(await dismissFinding(database, pull(), 2, 'known')).toBe('y');
    expect(await dismissFinding(database, pull(), 9, 'known')).toBeUndefined();
    expect(await labelFindings(database, pull(), [])).toContainEqual({
      fingerprint: 'y',
      label: 2,
      dismissed: 'known',
    });
  });

  test('something is said once, wherever an attempt broke off', async () => {
    const said: string[] = [];
    const find = async (): Promise<string | undefined> =>
      Promise.resolve(said.length > 0 ? 'id' : undefined);
    const post = (fails: 'before' | 'after' | undefined, body: string): Promise<string> =>
      postOnce(database, {
        key: 'k',
        body,
        find,
        async send(text) {
          if (fails === 'before') {
            throw new Error('before');
          }
          said.push(text);
          if (fails === 'after') {
            throw new Error('after');
          }
          return Promise.resolve('id');
        },
      });
    await expect(post('before', 'first')).rejects.toThrow('before');
    await expect(post('after', 'second')).rejects.toThrow('after');
    expect(await post(undefined, 'third')).toBe('id');
    expect(await post(undefined, 'fourth')).toBe('id');
    // What was recorded first is what was said.
    expect(said).toEqual(['first']);
  });

  test('exclusive work follows other work of its name', async () => {
    const seen: string[] = [];
    const work = async (mark: string): Promise<void> =>
      database.exclusive('one', async () => {
        seen.push(`${mark} begins`);
        await new Promise((resolve) => setTimeout(resolve, 100));
        seen.push(`${mark} ends`);
      });
    await Promise.all([work('a'), work('b')]);
    expect(seen.map((each) => each.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  test(
    'jobs of one pull request follow each other; what fails comes again, and is listed in the end',
    async () => {
      const seen: string[] = [];
      let tries = 0;
      await queue.work('review', 3, async ({ review, postponed }) => {
        if (review === 'later' && postponed === undefined) {
          throw new ComeBack(1, 'wait');
        }
        if (review === 'never') {
          tries += 1;
          throw new Error('never');
        }
        seen.push(`${review} begins`);
        await new Promise((resolve) => setTimeout(resolve, 300));
        seen.push(`${review} ends`);
      });
      await queue.send(database, 'review', { review: 'one' }, { key: 'same' });
      await queue.send(database, 'review', { review: 'two' }, { key: 'same' });
      await until(() => seen.length === 4, 30_000);
      expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
      await queue.send(
        database,
        'review',
        { review: '00000000-0000-4000-8000-000000000000' },
        { key: 'x' },
      );
      await queue.send(database, 'review', { review: 'never' }, { key: 'other' });
      await until(async () => (await queue.dead()).length > 0, 60_000);
      expect(tries).toBe(3);
      expect(await queue.dead()).toMatchObject([{ data: { review: 'never' } }]);
    },
    SLOW,
  );
});
