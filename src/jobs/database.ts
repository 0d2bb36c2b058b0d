import type { ConnectionOptions, PgBoss } from 'pg-boss';

/** Runs statements with `$1` placeholders. */
export interface Sql {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Work that nobody else does at the same time; `signal` is aborted where that can no longer be promised. */
export type Exclusive = <T>(name: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** PostgreSQL, or PGlite in this process. */
export interface Database extends Sql {
  readonly kind: 'postgres' | 'pglite';
  /** All or nothing; a failed statement or a thrown error takes back the rest. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  readonly exclusive: Exclusive;
  /** A queue on the same database. */
  openBoss(options: object): Promise<PgBoss>;
  close(): Promise<void>;
}

/** Where the queue and the history are: the address of a PostgreSQL, or a folder of this machine. */
export interface Place {
  readonly url?: string | undefined;
  readonly folder: string;
}

/** Opens and, where it is new, lays out the database. The packages behind it are loaded only now. */
export async function openDatabase({ url, folder }: Place): Promise<Database> {
  if (url !== undefined && url !== '') {
    const { openPostgres } = await import('./postgres.ts');
    return laidOut(await openPostgres(url));
  }
  const { openPglite } = await import('./pglite.ts');
  return laidOut(await openPglite(folder));
}

async function laidOut(database: Database): Promise<Database> {
  const { LAYOUT } = await import('./layout.ts');
  await database.transaction(async (sql) => {
    // Two processes may start at once, and `IF NOT EXISTS` alone does not keep them apart.
    await sql.query(`SELECT pg_advisory_xact_lock(hashtext('check-lifecycle layout'))`);
    for (const statement of LAYOUT) {
      await sql.query(statement);
    }
  });
  return database;
}

/** What pg-boss asks of a transaction, so that a job is queued with what it is about or not at all. */
export function bossDatabase(sql: Sql): NonNullable<ConnectionOptions['db']> {
  return {
    executeSql: async (text, values) => ({ rows: await sql.query(text, values) }),
  };
}
