import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Transaction } from '@electric-sql/pglite';
import { fromPglite, PgBoss } from 'pg-boss';
import { lock } from 'proper-lockfile';
import type { Database, Sql } from './database.ts';

/** A lock is stale when its process has not renewed it for so many milliseconds. */
const STALE = 10_000;

/** The folder of a database that another process has open. */
export class InUse extends Error {
  constructor(folder: string) {
    super(
      `${folder} is in use by another check-lifecycle; stop that one, or have both use a PostgreSQL by DATABASE_URL.`,
    );
    this.name = 'InUse';
  }
}

/** @throws {InUse} */
export async function openPglite(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(folder);
  const lite = new PGlite(join(folder, 'postgres'));
  await lite.waitReady;
  const names = new Map<string, Promise<unknown>>();
  return {
    kind: 'pglite',
    ...sqlOf(lite),
    transaction: async (work) => lite.transaction(async (tx) => work(sqlOf(tx))),
    async exclusive(name, work) {
      const before = names.get(name) ?? Promise.resolve();
      const turn = before.catch(ignore).then(async () => work(new AbortController().signal));
      names.set(name, turn);
      try {
        return await turn;
      } finally {
        if (names.get(name) === turn) {
          names.delete(name);
        }
      }
    },
    openBoss: async (options) =>
      Promise.resolve(new PgBoss({ ...options, db: fromPglite(lite), backend: 'pglite' })),
    async close() {
      await lite.close();
      await unlock();
    },
  };
}

function ignore(): void {
  // Whoever had the turn before reports its own failure.
}

/** PGlite locks nothing: two processes on one folder destroy it. */
async function lockFolder(folder: string): Promise<() => Promise<void>> {
  try {
    // A process that was killed leaves a lock, which is stale only after a while.
    const retries = { retries: 12, minTimeout: 1000, maxTimeout: 1000, factor: 1 };
    const unlock = await lock(folder, { stale: STALE, realpath: true, retries });
    await writeFile(join(folder, 'pid'), `${process.pid}\n`);
    return async () => {
      await rm(join(folder, 'pid'), { force: true });
      await unlock();
    };
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ELOCKED') {
      throw new InUse(folder);
    }
    throw error;
  }
}

function sqlOf(client: Pick<PGlite, 'query'> | Transaction): Sql {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      const { rows } = await client.query<Row>(text, [...values]);
      return rows;
    },
  };
}
