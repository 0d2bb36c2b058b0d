import type { Sql } from './database.ts';
import { addReviews, keyOf } from './history.ts';
import type { PullRequest } from './history.ts';

/** A head of a pull request, as a webhook told it. */
export interface Head {
  /** The webhook's own name. */
  readonly delivery: string;
  readonly event: string;
  readonly pull: PullRequest;
  readonly head: string;
  /** When the pull request changed, in ISO 8601. */
  readonly updated: string;
  /** Whether it is to be reviewed. */
  readonly review: boolean;
}

/** What became of them. */
export interface Taken {
  /** Reviews that are to be queued, by jobs of the same ids. */
  readonly added: readonly { readonly id: string; readonly key: string }[];
  /** Jobs that nobody needs any more. */
  readonly cancelled: readonly string[];
}

/**
 * Remembers heads of different pull requests, in two statements, since a burst of webhooks waits for them. A webhook that
 * was heard before does nothing, and neither does one that is older than what is known, as they come in any order; a
 * newer one cancels what waits or runs for other heads. What waits or runs for the same head already is enough.
 */
export async function takeHeads(sql: Sql, heads: readonly Head[]): Promise<Taken> {
  const told = heads.map(({ pull, ...rest }) => ({ ...rest, ...pull }));
  const rows = await sql.query<{ key: string | null; cancelled: string | null }>(TAKE, [
    JSON.stringify(told),
  ]);
  const newest = new Set(rows.map(({ key }) => key));
  const wanted = heads.filter(({ pull, review }) => review && newest.has(keyOf(pull)));
  return {
    added: await addReviews(
      sql,
      wanted.map(({ pull, head }) => ({ pull, head, cause: 'push' })),
    ),
    cancelled: rows.flatMap(({ cancelled }) => (cancelled === null ? [] : [cancelled])),
  };
}

const TAKE = `
WITH told AS (
  SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS each (
    delivery text, event text, repo bigint, number int, head text, updated timestamptz)
), fresh AS (
  INSERT INTO lifecycle.delivery (id, event) SELECT delivery, event FROM told
  ON CONFLICT DO NOTHING RETURNING id
), newest AS (
  INSERT INTO lifecycle.pull AS known (repo, number, head, updated)
  SELECT repo, number, head, updated FROM told JOIN fresh ON fresh.id = told.delivery
  ON CONFLICT (repo, number) DO UPDATE SET head = excluded.head, updated = excluded.updated
  WHERE known.updated <= excluded.updated
  RETURNING repo, number, head
), others AS (
  SELECT review.id, review.state = 'queued' AS waited
  FROM lifecycle.review AS review JOIN newest USING (repo, number)
  WHERE review.head <> newest.head AND state IN ('queued', 'running')
  FOR UPDATE OF review
), cancelled AS (
  UPDATE lifecycle.review AS review SET state = 'cancelled', finished = clock_timestamp()
  FROM others WHERE review.id = others.id RETURNING review.job, others.waited
)
SELECT repo || '#' || number AS key, NULL AS cancelled FROM newest
UNION ALL
-- One that runs ends by itself, as it has things to put in order.
SELECT NULL, job::text FROM cancelled WHERE waited AND job IS NOT NULL`;
