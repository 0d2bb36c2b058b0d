import type { JobWithMetadata, PgBoss, QueueOptions } from 'pg-boss';
import { bossDatabase } from './database.ts';
import type { Database, Sql } from './database.ts';

/** A review that is to be made. */
export interface ReviewJob {
  readonly review: string;
  /** How often a limit of GitHub's put it off. */
  readonly postponed?: number;
}

/** Something that somebody asked for in a comment. */
export interface CommandJob {
  readonly delivery: string;
  readonly repo: number;
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  readonly installation: number;
  /** The head when it was asked, where a webhook had told it. */
  readonly head?: string;
  readonly comment: { readonly id: number; readonly kind: 'issue' | 'review' };
  readonly user: string;
  readonly author: string;
  readonly text: string;
  readonly postponed?: number;
}

export interface Jobs {
  readonly review: ReviewJob;
  readonly command: CommandJob;
}
export type JobName = keyof Jobs;

/** How patient the queue is, in seconds. */
export interface Patience {
  readonly retryLimit: number;
  readonly retryDelay: number;
  readonly retryDelayMax: number;
  /** Between two looks for work where the database cannot wake a worker. */
  readonly poll: number;
}

export const PATIENCE: Patience = { retryLimit: 8, retryDelay: 5, retryDelayMax: 900, poll: 0.5 };

/** A job that was tried as often as it may be. */
export interface GivenUp {
  readonly data: ReviewJob | CommandJob;
  /** What it failed with: an error with its name and message, or pg-boss's word that its process was gone. */
  readonly why: unknown;
}

/** What a handler throws where the other side says when to come back. */
export class ComeBack extends Error {
  readonly seconds: number;

  constructor(seconds: number, why: string) {
    super(why);
    this.name = 'ComeBack';
    this.seconds = seconds;
  }
}

const DEAD = 'dead';
/**
 * Jobs that were given up are kept for so many seconds, and what they leave to be done is tried so often: each wait
 * is twice the one before, so that the last tries come a day later.
 */
const DEAD_OPTIONS = { deleteAfterSeconds: 14 * 86_400, retryLimit: 14, retryBackoff: true };
/** A worker that says nothing for so many seconds is taken for dead; the least that pg-boss takes is 10. */
const HEARTBEAT = 15;
const MOST_POSTPONED = 50;
/** Seconds between two looks for what nobody is woken for: jobs that were put off, and those that waited for another. */
const BACKSTOP = 1;

/** The queue of reviews and commands, and the handlers of this process. */
export class Queue {
  readonly #boss: PgBoss;
  readonly #database: Database;
  readonly #patience: Patience;
  readonly #stopping = new AbortController();

  private constructor(boss: PgBoss, database: Database, patience: Patience) {
    this.#boss = boss;
    this.#database = database;
    this.#patience = patience;
  }

  /** @param tell hears of what goes wrong with the database while nothing waits for it */
  static async open(
    database: Database,
    tell: (error: unknown) => void,
    patience: Patience = PATIENCE,
  ): Promise<Queue> {
    const boss = await database.openBoss({
      schedule: false,
      useListenNotify: true,
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 5,
    });
    boss.on('error', tell);
    await boss.start();
    const { poll: _poll, ...retries } = patience;
    const watched = { heartbeatSeconds: HEARTBEAT, notify: true };
    const options = { ...retries, retryBackoff: true, ...watched };
    const { retryDelay } = patience;
    await createQueue(boss, DEAD, { ...DEAD_OPTIONS, retryDelay, ...watched });
    // One job a pull request at a time: a push that comes meanwhile waits, and cancels.
    await createQueue(boss, 'review', { ...options, policy: 'singleton', deadLetter: DEAD });
    await createQueue(boss, 'command', { ...options, deadLetter: DEAD });
    const queue = new Queue(boss, database, patience);
    await queue.#handBack();
    return queue;
  }

  /** Queues a job in the caller's transaction; returns its id. */
  async send<Name extends JobName>(
    sql: Sql,
    name: Name,
    data: Jobs[Name],
    options: { readonly id?: string; readonly key?: string; readonly after?: number } = {},
  ): Promise<string> {
    const id = await this.#boss.send(name, data, {
      db: bossDatabase(sql),
      ...(options.id === undefined ? {} : { id: options.id }),
      ...(options.key === undefined ? {} : { singletonKey: options.key }),
      ...(options.after === undefined ? {} : { startAfter: options.after }),
    });
    if (id === null) {
      throw new Error(`the queue refused a ${name} job`);
    }
    return id;
  }

  /** Queues reviews in the caller's transaction, by jobs of their ids. */
  async sendReviews(
    sql: Sql,
    reviews: readonly { readonly id: string; readonly key: string }[],
  ): Promise<void> {
    const jobs = reviews.map(({ id, key }) => ({ id, singletonKey: key, data: { review: id } }));
    if (jobs.length > 0) {
      await this.#boss.insert('review', jobs, { db: bossDatabase(sql) });
    }
  }

  async cancel(sql: Sql, name: JobName, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) {
      await this.#boss.cancel(name, [...ids], { db: bossDatabase(sql) });
    }
  }

  /**
   * Works on the jobs of a name, as many at a time; what the handler throws has them tried again later. `signal` is
   * aborted where a job is no longer ours: the process stops, or it took too long.
   */
  async work<Name extends JobName>(
    name: Name,
    concurrency: number,
    handle: (data: Jobs[Name], signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    await this.#listen<Jobs[Name]>(name, concurrency, async (job) => {
      const signal = AbortSignal.any([job.signal, this.#stopping.signal]);
      try {
        await handle(job.data, signal);
      } catch (error) {
        await this.#putOff(name, job, error);
      }
    });
  }

  /** Works on what jobs that were given up leave to be done; they stay listed, however that ends. */
  async workOnDead(handle: (job: GivenUp) => Promise<void>): Promise<void> {
    await this.#listen<ReviewJob | CommandJob>(DEAD, 1, async (job) =>
      handle({ data: job.data, why: job.sourceOutput }),
    );
  }

  async #listen<Data extends object>(
    name: string,
    concurrency: number,
    handle: (job: JobWithMetadata<Data>) => Promise<void>,
  ): Promise<void> {
    const options = {
      pollingIntervalSeconds: this.#patience.poll,
      notifyPollingIntervalSeconds: BACKSTOP,
      includeMetadata: true,
    } as const;
    for (let worker = 0; worker < concurrency; worker += 1) {
      let id = '';
      id = await this.#boss.work<Data, void, typeof options>(name, options, async ([job]) => {
        try {
          if (job !== undefined) {
            await handle(job);
          }
        } finally {
          // Where one job was, another may wait: pg-boss would look for it at the next poll only.
          this.#boss.notifyWorker(id);
        }
      });
    }
  }

  /** Jobs that were tried as often as they may be, and when they were given up. */
  async dead(): Promise<(GivenUp & { readonly created: Date })[]> {
    const jobs = await this.#boss.findJobs<ReviewJob | CommandJob>(DEAD);
    return jobs.map((job) => ({ data: job.data, why: job.sourceOutput, created: job.createdOn }));
  }

  /** Takes no more jobs, gives those that run `seconds` to end, and hands back what is left. */
  async stop(seconds: number): Promise<void> {
    const timer = setTimeout(() => {
      this.#stopping.abort(new Error('the process was asked to stop'));
    }, seconds * 1000);
    try {
      await this.#boss.stop({ graceful: true, timeout: (seconds + 10) * 1000 });
    } finally {
      clearTimeout(timer);
    }
  }

  async #putOff<Name extends JobName>(
    name: Name,
    job: JobWithMetadata<Jobs[Name]>,
    error: unknown,
  ): Promise<void> {
    const postponed = (job.data.postponed ?? 0) + 1;
    if (!(error instanceof ComeBack) || postponed > MOST_POSTPONED) {
      throw error;
    }
    const key = job.singletonKey === null ? {} : { key: job.singletonKey };
    const id = await this.send(
      this.#database,
      name,
      { ...job.data, postponed },
      { ...key, after: Math.ceil(error.seconds) },
    );
    if ('review' in job.data) {
      await this.#database.query('UPDATE lifecycle.review SET job = $2 WHERE id = $1', [
        job.data.review,
        id,
      ]);
    }
  }

  /** PGlite has one process: what is active when it starts was left behind by one that was killed. */
  async #handBack(): Promise<void> {
    if (this.#database.kind !== 'pglite') {
      return;
    }
    const left = await this.#database.query<{ id: string; name: string }>(
      `SELECT id, name FROM pgboss.job WHERE state = 'active'`,
    );
    for (const { id, name } of left) {
      await this.#boss.fail(name, id);
    }
  }
}

async function createQueue(
  boss: PgBoss,
  name: string,
  options: QueueOptions & { policy?: string; deadLetter?: string },
): Promise<void> {
  await boss.createQueue(name, options);
  // Where it was there already, with other settings.
  const { policy: _policy, ...changeable } = options;
  if (Object.keys(changeable).length > 0) {
    await boss.updateQueue(name, changeable);
  }
}
