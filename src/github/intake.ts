import { takeHeads } from '../jobs/heads.ts';
import type { Head } from '../jobs/heads.ts';
import { addReviews, headOf, keyOf, recordDelivery, reviewsOfHead } from '../jobs/history.ts';
import type { Cause, PullRequest } from '../jobs/history.ts';
import type { Database, Sql } from '../jobs/database.ts';
import type { CommandJob, Queue } from '../jobs/queue.ts';
import { Gather } from './gather.ts';
import { isCommitId, isRepositoryName } from './names.ts';

/** What every webhook says of where it comes from. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
}

/** Records webhooks and queues their jobs, both or neither: what was answered is not lost, and comes only once. */
export class Intake {
  readonly #database: Database;
  readonly #queue: Queue;
  readonly #heads: Gather<Head>;

  constructor(database: Database, queue: Queue) {
    this.#database = database;
    this.#queue = queue;
    this.#heads = new Gather(
      async (heads) => this.#take(heads),
      ({ delivery, pull }) => [delivery, keyOf(pull)],
    );
  }

  /** A head of a pull request; jobs for older ones are cancelled. */
  async head(head: Head): Promise<void> {
    check(head.pull, head.head);
    if (Number.isNaN(Date.parse(head.updated))) {
      throw new Refused('the webhook does not say when the pull request changed');
    }
    await this.#heads.add(head);
  }

  async #take(heads: readonly Head[]): Promise<void> {
    await this.#database.transaction(async (sql) => {
      const { added, cancelled } = await takeHeads(sql, heads);
      await this.#queue.cancel(sql, 'review', cancelled);
      await this.#queue.sendReviews(sql, added);
    });
  }

  /** A command in a comment: who may give it is asked by the job. */
  async command(delivery: Delivery, job: Omit<CommandJob, 'delivery' | 'head'>): Promise<void> {
    check(job, undefined);
    await this.#once(delivery, async (sql) => {
      const head = await headOf(sql, job.repo, job.number);
      await this.#queue.send(sql, 'command', {
        ...job,
        delivery: delivery.id,
        ...(head === undefined ? {} : { head }),
      });
    });
  }

  /** Somebody pressed "Re-run" on a check of ours. */
  async rerun(delivery: Delivery, repo: number, head: string): Promise<void> {
    await this.#once(delivery, async (sql) => {
      for (const row of await reviewsOfHead(sql, repo, head)) {
        await enqueue(sql, this.#queue, row, head, 'rerun');
      }
    });
  }

  async #once(delivery: Delivery, work: (sql: Sql) => Promise<void>): Promise<void> {
    await this.#database.transaction(async (sql) => {
      if (await recordDelivery(sql, delivery.id, delivery.event)) {
        await work(sql);
      }
    });
  }
}

/** Queues a review; false where the same head waits or runs already. */
export async function enqueue(
  sql: Sql,
  queue: Queue,
  pull: PullRequest,
  head: string,
  cause: Cause,
): Promise<boolean> {
  const added = await addReviews(sql, [{ pull, head, cause }]);
  await queue.sendReviews(sql, added);
  return added.length > 0;
}

/** Of an `int` of the database. */
const MOST_NUMBER = 2_147_483_647;

/** Names and ids become parts of addresses, and arguments of git. */
function check(pull: PullRequest, head: string | undefined): void {
  const numbers = [pull.repo, pull.number, pull.installation];
  const isSound =
    numbers.every((each) => Number.isSafeInteger(each) && each > 0) && pull.number <= MOST_NUMBER;
  if (!isRepositoryName(pull) || !isSound || (head !== undefined && !isCommitId(head))) {
    throw new Refused('the webhook names no repository, pull request or commit of GitHub');
  }
}

/** A webhook that nothing is done for. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refused';
  }
}
