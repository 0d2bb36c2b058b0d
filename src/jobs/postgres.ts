import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import { PgBoss } from 'pg-boss';
import type { Database, Sql } from './database.ts';

/** Connections of one process: jobs that run hold one each. */
const MOST_CONNECTIONS = 20;

export async function openPostgres(url: string): Promise<Database> {
  const pool = new Pool({ connectionString: url, max: MOST_CONNECTIONS });
  // A server that restarts ends idle connections: the pool opens others.
  pool.on('error', () => undefined);
  await pool.query('SELECT 1');
  return {
    kind: 'postgres',
    ...sqlOf(pool),
    transaction: async (work) => transact(pool, work),
    exclusive: async (name, work) => locked(pool, name, work),
    async openBoss(options) {
      const boss = new PgBoss({ ...options, connectionString: url, max: 6 });
      return boss;
    },
    close: async () => pool.end(),
  };
}

function sqlOf(client: Pick<Pool, 'query'>): Sql {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      const { rows } = await client.query<Row & object>(text, [...values]);
      return rows;
    },
  };
}

async function transact<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  client.on('error', ignore);
  try {
    await client.query('BEGIN');
    const result = await work(sqlOf(client));
    await client.query('COMMIT');
    release(client);
    return result;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => release(client),
      () => release(client, true),
    );
    throw error;
  }
}

function ignore(): void {
  // The statement that meets the broken connection fails, and says so.
}

function release(client: PoolClient, broken = false): void {
  client.off('error', ignore);
  client.release(broken);
}

/** A lock of the session: it goes with its connection, so a process that is killed leaves none behind. */
async function locked<T>(
  pool: Pool,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const lost = new AbortController();
  function lose(): void {
    lost.abort(new Error('the database closed the connection that held the lock'));
  }
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await work(lost.signal);
  } finally {
    client.off('error', lose);
    client.off('end', lose);
    // Closing it is what unlocks for sure.
    client.on('error', ignore);
    client.release(true);
  }
}
