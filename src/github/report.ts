import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../jobs/database.ts';
import { listReviews } from '../jobs/history.ts';
import type { Queue } from '../jobs/queue.ts';

/** What was reviewed, newest first, and what was given up. */
export interface Report {
  readonly reviews: readonly {
    readonly created: string;
    readonly finished: string | null;
    readonly repository: string;
    readonly number: number;
    readonly head: string;
    readonly cause: string;
    readonly state: string;
    readonly verdict: string | null;
    readonly error: string | null;
  }[];
  /** Jobs that were tried as often as they may be. */
  readonly dead: readonly {
    readonly created: string;
    readonly job: object;
    readonly why: unknown;
  }[];
}

export async function reportOf(database: Database, queue: Queue, most: number): Promise<Report> {
  const rows = await listReviews(database, most);
  const dead = await queue.dead();
  return {
    reviews: rows.map((row) => ({
      created: row.created.toISOString(),
      finished: row.finished?.toISOString() ?? null,
      repository: `${row.owner}/${row.name}`,
      number: row.number,
      head: row.head,
      cause: row.cause,
      state: row.state,
      verdict: row.verdict,
      error: row.error,
    })),
    dead: dead.map(({ created, data, why }) => ({
      created: created.toISOString(),
      job: data,
      why,
    })),
  };
}

/** One line a review. */
export function renderReport({ reviews, dead }: Report): string {
  const lines = reviews.map((row) =>
    [
      row.created.slice(0, 19).replace('T', ' '),
      `${row.repository}#${row.number}`,
      row.head.slice(0, 12),
      row.state.padEnd(9),
      row.verdict ?? '',
      row.error ?? '',
    ]
      .join('  ')
      .trimEnd(),
  );
  const given = dead.map(({ created, job }) => `${created} given up: ${JSON.stringify(job)}`);
  const all = [...lines, ...given];
  return all.length === 0 ? 'nothing was reviewed yet.\n' : `${all.join('\n')}\n`;
}

/** A process that has a PGlite open answers for it, to its own user only: the folder is nobody else's. */
function socketIn(folder: string): string {
  return join(folder, 'history.sock');
}

export async function answerReports(
  folder: string,
  database: Database,
  queue: Queue,
): Promise<Server> {
  const server = createServer((call, response) => {
    const most = Number(new URL(call.url ?? '/', 'http://localhost').searchParams.get('most'));
    reportOf(database, queue, most > 0 ? most : 50).then(
      (report) => response.end(JSON.stringify(report)),
      () => response.writeHead(500).end(),
    );
  });
  await rm(socketIn(folder), { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketIn(folder), resolve);
  });
  server.unref();
  return server;
}

/** Asks the process that has the folder open; undefined where none answers. */
export async function askForReport(folder: string, most: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const call = request({ socketPath: socketIn(folder), path: `/?most=${most}` }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(response.statusCode === 200 ? text : undefined));
    });
    call.on('error', () => resolve(undefined));
    call.end();
  });
}
