import type { Sql } from './database.ts';

/** Something that is to be said once, and how to see whether it was. */
export interface Post<Body> {
  /** The same for every attempt. */
  readonly key: string;
  readonly body: Body;
  /** Says it; returns the other side's name for it. */
  readonly send: (body: Body) => Promise<string>;
  /** Looks for it on the other side, by its marker; undefined where it is not there. */
  readonly find: () => Promise<string | undefined>;
}

/**
 * Says something once, whatever happens between: it is recorded before and confirmed after. An attempt that finds it
 * recorded and not confirmed cannot know how far the one before it came, so it looks before it speaks. What is said is
 * what was recorded first. Only one process may be at it at a time (`Database.exclusive`).
 *
 * @returns the other side's name for it
 */
export async function postOnce<Body>(sql: Sql, post: Post<Body>): Promise<string> {
  const [fresh] = await sql.query<{ key: string }>(
    `INSERT INTO lifecycle.post (key, body) VALUES ($1, $2)
     ON CONFLICT (key) DO NOTHING RETURNING key`,
    [post.key, JSON.stringify(post.body)],
  );
  if (fresh !== undefined) {
    return confirm(sql, post.key, await post.send(post.body));
  }
  const [row] = await sql.query<{ body: Body; remote: string | null }>(
    'SELECT body, remote FROM lifecycle.post WHERE key = $1',
    [post.key],
  );
  if (row === undefined) {
    throw new Error(`the outbox lost ${post.key}`);
  }
  return row.remote ?? confirm(sql, post.key, (await post.find()) ?? (await post.send(row.body)));
}

async function confirm(sql: Sql, key: string, remote: string): Promise<string> {
  await sql.query(
    'UPDATE lifecycle.post SET remote = $2, confirmed = clock_timestamp() WHERE key = $1',
    [key, remote],
  );
  return remote;
}
