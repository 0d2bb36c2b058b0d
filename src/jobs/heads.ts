import { randomUUID } from 'node:crypto';
import type { Sql } from './database.ts';
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

/** Jobs of the same key follow each other. */
export function keyOf({ repo, number }: Pick<PullRequest, 'repo' | 'number'>): string {
  return `${repo}#${number}`;
}

/**
 * Remembers heads of different pull requests, in one statement, since a burst of webhooks waits for each. A webhook that was heard
 * before does nothing, and neither does one that is older than what is known, as they come in any order; a newer
 * one cancels what waits or runs for other heads. What waits or runs for the same head already is enough.
 */
export async function takeHeads(sql: Sql, heads: readonly Head[]): Promise<Taken> {
  const asked = heads.map(({ pull, ...rest }) => ({ ...rest, ...pull, id: randomUUID() }));
  const rows = await sql.query<{ added: string | null; key: string; cancelled: string | null }>(
    TAKE,
    [JSON.stringify(asked)],
  );
  return {
    added: rows.flatMap(({ added, key }) => (added === null ? [] : [{ id: added, key }])),
    cancelled: rows.flatMap(({ cancelled }) => (cancelled === null ? [] : [cancelled])),
  };
}

const TAKE = `
WITH asked AS (
  SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS each (
    delivery text, event text, repo bigint, owner text, name text, number int, installation bigint,
    head text, updated timestamptz, review boolean, id uuid)
), fresh AS (
  INSERT INTO lifecycle.delivery (id, event) SELECT delivery, event FROM asked
  ON CONFLICT DO NOTHING RETURNING id
), newest AS (
  INSERT INTO lifecycle.pull AS known (repo, number, head, updated)
  SELECT repo, number, head, updated FROM asked JOIN fresh ON fresh.id = asked.delivery
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
), added AS (
  INSERT INTO lifecycle.review (id, job, repo, owner, name, number, head, installation, cause)
  SELECT id, id, repo, owner, name, number, head, installation, 'push'
  FROM asked JOIN newest USING (repo, number, head)
  WHERE asked.review AND NOT EXISTS (
    SELECT FROM lifecycle.review AS open WHERE open.repo = asked.repo AND open.number = asked.number
    AND open.head = asked.head AND open.state IN ('queued', 'running'))
  RETURNING id, repo || '#' || number AS key
)
SELECT id::text AS added, key, NULL AS cancelled FROM added
UNION ALL
-- One that runs ends by itself, as it has things to put in order.
SELECT NULL, '', job::text FROM cancelled WHERE waited AND job IS NOT NULL`;
