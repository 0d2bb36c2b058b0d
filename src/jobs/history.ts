import { randomUUID } from 'node:crypto';
import type { Sql } from './database.ts';

/** A pull request of a repository, by GitHub's numbers and names. */
export interface PullRequest {
  readonly repo: number;
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  readonly installation: number;
}

export type Cause = 'push' | 'command' | 'rerun';
export type State = 'queued' | 'running' | 'done' | 'cancelled' | 'refused' | 'failed';

export interface ReviewRow extends PullRequest {
  readonly id: string;
  readonly head: string;
  readonly cause: Cause;
  readonly state: State;
  readonly verdict: string | null;
  readonly error: string | null;
  readonly created: Date;
  readonly finished: Date | null;
}

const COLUMNS = `id, repo::float8 AS repo, owner, name, number, head, cause, state, verdict, error,
  installation::float8 AS installation, created, finished`;

/** Whether a webhook is heard of for the first time. */
export async function recordDelivery(sql: Sql, id: string, event: string): Promise<boolean> {
  const rows = await sql.query(
    'INSERT INTO lifecycle.delivery (id, event) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
    [id, event],
  );
  return rows.length > 0;
}

/** The newest head that was heard of. */
export async function headOf(sql: Sql, repo: number, number: number): Promise<string | undefined> {
  const [row] = await sql.query<{ head: string }>(
    'SELECT head FROM lifecycle.pull WHERE repo = $1 AND number = $2',
    [repo, number],
  );
  return row?.head;
}

/** A head that is to be reviewed. */
export interface Wanted {
  readonly pull: PullRequest;
  readonly head: string;
  readonly cause: Cause;
}

/** Jobs of the same key follow each other. */
export function keyOf({ repo, number }: Pick<PullRequest, 'repo' | 'number'>): string {
  return `${repo}#${number}`;
}

/**
 * Adds reviews, each of which is to be made by a job of its id and of the key of its pull request. A head that waits or
 * runs already gets none.
 */
export async function addReviews(
  sql: Sql,
  wanted: readonly Wanted[],
): Promise<{ id: string; key: string }[]> {
  const rows = await sql.query<PullRequest & { id: string }>(ADD, [
    JSON.stringify(wanted.map(({ pull, ...rest }) => ({ ...rest, ...pull, id: randomUUID() }))),
  ]);
  return rows.map((row) => ({ id: row.id, key: keyOf(row) }));
}

const ADD = `
INSERT INTO lifecycle.review (id, job, repo, owner, name, number, head, installation, cause)
SELECT id, id, repo, owner, name, number, head, installation, cause
FROM jsonb_to_recordset($1::text::jsonb) AS wanted (
  id uuid, repo bigint, owner text, name text, number int, head text, installation bigint, cause text)
WHERE NOT EXISTS (
  SELECT FROM lifecycle.review AS open WHERE open.repo = wanted.repo AND open.number = wanted.number
  AND open.head = wanted.head AND open.state IN ('queued', 'running'))
RETURNING id, repo::float8 AS repo, number`;

export async function findReview(sql: Sql, id: string): Promise<ReviewRow | undefined> {
  const [row] = await sql.query<ReviewRow>(
    `SELECT ${COLUMNS} FROM lifecycle.review WHERE id = $1`,
    [id],
  );
  return row;
}

/** Marks a review as running; false where it is over. */
export async function startReview(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE lifecycle.review SET state = 'running'
     WHERE id = $1 AND state IN ('queued', 'running') RETURNING id`,
    [id],
  );
  return rows.length > 0;
}

/** How a review ended; one that was cancelled meanwhile stays so. */
export interface End {
  readonly state: Exclude<State, 'queued' | 'running'>;
  readonly verdict?: string;
  readonly error?: string;
}

export async function endReview(sql: Sql, id: string, end: End): Promise<void> {
  await sql.query(
    `UPDATE lifecycle.review
     SET state = $2, verdict = $3, error = $4, finished = clock_timestamp()
     WHERE id = $1 AND state IN ('queued', 'running')`,
    [id, end.state, end.verdict ?? null, end.error ?? null],
  );
}

/** What a review found, for commands that ask about it. */
export async function keepResult(sql: Sql, id: string, result: unknown): Promise<void> {
  await sql.query('UPDATE lifecycle.review SET result = $2 WHERE id = $1', [
    id,
    JSON.stringify(result),
  ]);
}

/** What was kept of a review; undefined where it did not come so far. */
export async function resultOf(sql: Sql, id: string): Promise<unknown> {
  const [row] = await sql.query<{ result: unknown }>(
    'SELECT result FROM lifecycle.review WHERE id = $1 AND result IS NOT NULL',
    [id],
  );
  return row?.result;
}

/** What the newest review of a pull request found; undefined where there is none. */
export async function lastResult(sql: Sql, repo: number, number: number): Promise<unknown> {
  const [row] = await sql.query<{ result: unknown }>(
    `SELECT result FROM lifecycle.review
     WHERE repo = $1 AND number = $2 AND result IS NOT NULL ORDER BY created DESC LIMIT 1`,
    [repo, number],
  );
  return row?.result;
}

/** The newest reviews of a head, one for each pull request. */
export async function reviewsOfHead(sql: Sql, repo: number, head: string): Promise<ReviewRow[]> {
  return sql.query<ReviewRow>(
    `SELECT DISTINCT ON (number) ${COLUMNS} FROM lifecycle.review
     WHERE repo = $1 AND head = $2 ORDER BY number, created DESC`,
    [repo, head],
  );
}

export async function listReviews(sql: Sql, most: number): Promise<ReviewRow[]> {
  return sql.query<ReviewRow>(
    `SELECT ${COLUMNS} FROM lifecycle.review ORDER BY created DESC LIMIT $1`,
    [most],
  );
}

/** How many reviews are in each state, and webhooks were heard. */
export async function countAll(
  sql: Sql,
): Promise<{ reviews: Map<string, number>; deliveries: number }> {
  const states = await sql.query<{ state: string; count: number }>(
    'SELECT state, count(*)::int AS count FROM lifecycle.review GROUP BY state',
  );
  const [row] = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM lifecycle.delivery',
  );
  return {
    reviews: new Map(states.map(({ state, count }) => [state, count])),
    deliveries: row?.count ?? 0,
  };
}

/** A finding of a pull request: its number, and why it was dismissed. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly label: number;
  readonly dismissed: string | null;
}

/** Gives each fingerprint a number of its own, which it keeps across pushes. */
export async function labelFindings(
  sql: Sql,
  { repo, number }: Pick<PullRequest, 'repo' | 'number'>,
  fingerprints: readonly string[],
): Promise<KnownFinding[]> {
  for (const fingerprint of fingerprints) {
    await sql.query(
      `INSERT INTO lifecycle.finding (repo, number, fingerprint, label)
       SELECT $1::bigint, $2::int, $3::text, coalesce(max(label), 0) + 1
       FROM lifecycle.finding WHERE repo = $1::bigint AND number = $2::int
       ON CONFLICT (repo, number, fingerprint) DO NOTHING`,
      [repo, number, fingerprint],
    );
  }
  return sql.query<KnownFinding>(
    `SELECT fingerprint, label, dismissed FROM lifecycle.finding
     WHERE repo = $1 AND number = $2 ORDER BY label`,
    [repo, number],
  );
}

/** Remembers why a finding is not to be said; returns its fingerprint, or undefined where there is none of that number. */
export async function dismissFinding(
  sql: Sql,
  { repo, number }: Pick<PullRequest, 'repo' | 'number'>,
  label: number,
  reason: string,
): Promise<string | undefined> {
  const [row] = await sql.query<{ fingerprint: string }>(
    `UPDATE lifecycle.finding SET dismissed = $4
     WHERE repo = $1 AND number = $2 AND label = $3 RETURNING fingerprint`,
    [repo, number, label, reason],
  );
  return row?.fingerprint;
}
