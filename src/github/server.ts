import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Probot } from 'probot';
import { metrics } from './metrics.ts';
import type { Database } from '../jobs/database.ts';
import { Refused } from './intake.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';
/** GitHub sends none that are larger ("Webhook events and payloads"). */
const MOST_PAYLOAD = 25 * 1024 * 1024;
/** Milliseconds for a request to arrive in. */
const SLOWEST = 30_000;

/** Webhooks, health and metrics. Nothing else is answered. */
export function createAppServer(probot: Probot, database: Database, log: Logger): Server {
  const server = createServer((request, response) => {
    route(request, response, { probot, database, log }).catch((error: unknown) => {
      log.error({ err: error }, 'request');
      end(response, 500, 'internal error');
    });
  });
  server.requestTimeout = SLOWEST;
  server.headersTimeout = SLOWEST;
  return server;
}

interface Room {
  readonly probot: Probot;
  readonly database: Database;
  readonly log: Logger;
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  room: Room,
): Promise<void> {
  const { method = '', url = '' } = request;
  switch (`${method} ${url.split('?')[0] ?? ''}`) {
    case `POST ${WEBHOOK_PATH}`:
      return receive(request, response, room);
    case 'GET /healthz':
      return health(response, room);
    case 'GET /metrics':
      return end(response, 200, await metrics(room.database), 'text/plain; version=0.0.4');
    default:
      request.resume();
      return end(response, 404, 'there is nothing here');
  }
}

async function health(response: ServerResponse, { database }: Room): Promise<void> {
  try {
    await database.query('SELECT 1');
    end(response, 200, 'ok');
  } catch {
    end(response, 503, 'the database does not answer');
  }
}

/** Answered once what it asks for is recorded; then it is not lost, and GitHub need not send it again. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  { probot, log }: Room,
): Promise<void> {
  const payload = await readBody(request);
  const id = header(request, 'x-github-delivery');
  const name = header(request, 'x-github-event');
  const signature = header(request, 'x-hub-signature-256');
  if (payload === undefined) {
    log.warn({ delivery: id }, 'refused: too large');
    end(response, 413, 'too large');
    request.destroy();
    return;
  }
  const isNamed = /^[\w-]{1,100}$/u.test(id) && /^[a-z_]{1,60}$/u.test(name);
  if (!isNamed || !(await isSigned(probot, payload, signature))) {
    log.warn({ delivery: id.slice(0, 100) }, 'refused: not signed by GitHub');
    return end(response, 401, 'not signed by GitHub');
  }
  try {
    // Its type names the events that are known; others are listened to by nobody.
    await probot.webhooks.verifyAndReceive({ id, name, payload, signature });
    end(response, 202, 'accepted');
  } catch (error) {
    const isRefused = refusalIn(error);
    log.warn({ delivery: id, err: isRefused ?? error }, isRefused ? 'refused' : 'not recorded');
    end(response, isRefused ? 422 : 500, isRefused ? 'refused' : 'try again');
  }
}

async function isSigned(probot: Probot, payload: string, signature: string): Promise<boolean> {
  return signature !== '' && probot.webhooks.verify(payload, signature).catch(() => false);
}

/** Webhooks gather what handlers threw. */
function refusalIn(error: unknown): Refused | undefined {
  if (error instanceof Refused) {
    return error;
  }
  const errors: unknown = error instanceof Error ? Reflect.get(error, 'errors') : undefined;
  const all: readonly unknown[] = Array.isArray(errors) ? errors : [];
  for (const each of all) {
    const found = refusalIn(each) ?? refusalIn(Reflect.get(Object(each), 'cause'));
    if (found !== undefined) {
      return found;
    }
  }
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof Refused ? cause : undefined;
}

/** Undefined where it is more than GitHub would send. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_PAYLOAD) {
    return undefined;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_PAYLOAD) {
      return undefined;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function end(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  if (!response.headersSent) {
    response.writeHead(status, { 'content-type': type });
  }
  response.end(`${text}\n`);
}
