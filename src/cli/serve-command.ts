import { copyFile, mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { openApp } from '../github/app.ts';
import type { App } from '../github/app.ts';
import { listen } from '../github/events.ts';
import { Intake } from '../github/intake.ts';
import { openLog } from '../github/log.ts';
import { answerReports } from '../github/report.ts';
import { createAppServer, WEBHOOK_PATH } from '../github/server.ts';
import { readSettings, SettingError } from '../github/settings.ts';
import type { Settings } from '../github/settings.ts';
import { judgeUntouched } from '../lifecycle/review.ts';
import type { Series } from '../series/series.ts';
import { Failure } from './failure.ts';
import { openPack } from './session.ts';
import { wantedOf } from './source.ts';

export interface ServeOptions {
  readonly dryRun?: true;
  /** Webhooks are taken and queued, and other processes work. */
  readonly onlyReceive?: true;
}

const MISSING = 'APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are missing';

/** The GitHub App: takes webhooks and works on them until it is asked to stop; returns 0. */
export async function serveCommand(options: ServeOptions): Promise<number> {
  const settings = await settingsOf();
  const log = openLog(settings.logLevel);
  if (settings.credentials === undefined) {
    return setUp(settings, log);
  }
  const app = await open(settings, settings.credentials, log, options.dryRun === true);
  listen(app.probot, new Intake(app.database, app.queue), log);
  const server = createAppServer(app.probot, app.database, log);
  await listening(server, settings);
  const reports = await answerReports(settings.folder, app.database, app.queue);
  if (options.onlyReceive !== true) {
    await app.work();
  }
  const proxy = await startProxy(settings, server, log);
  log.info({ address: server.address(), dryRun: options.dryRun === true }, 'listening');
  await asked(log);
  proxy?.();
  reports.close();
  await closed(server);
  await app.stop();
  log.info('stopped');
  return 0;
}

/** A worker without a web server: any number of them share one PostgreSQL; returns 0. */
export async function workCommand(options: { readonly dryRun?: true }): Promise<number> {
  const settings = await settingsOf();
  if ((settings.place.url ?? '') === '') {
    throw new Failure(
      'work needs DATABASE_URL, the address of the PostgreSQL that it shares with serve; without one serve works by itself.',
    );
  }
  if (settings.credentials === undefined) {
    throw new Failure(`${MISSING}; serve shows how to get them.`);
  }
  const log = openLog(settings.logLevel);
  const app = await open(settings, settings.credentials, log, options.dryRun === true);
  await app.work();
  log.info('working');
  await asked(log);
  await app.stop();
  log.info('stopped');
  return 0;
}

export async function settingsOf(): Promise<Settings> {
  try {
    return await readSettings(process.env);
  } catch (error) {
    throw error instanceof SettingError ? new Failure(error.message) : error;
  }
}

async function open(
  settings: Settings,
  credentials: NonNullable<Settings['credentials']>,
  log: Logger,
  dryRun: boolean,
): Promise<App> {
  const opened = await openPack();
  const runs = (series: Series): boolean =>
    judgeUntouched(opened.pack, series, 'tree') === undefined;
  const wanted = { ...wantedOf(opened), runs };
  try {
    return await openApp(settings, { credentials, log, wanted, dryRun });
  } catch (error) {
    throw error instanceof Error && error.name === 'InUse' ? new Failure(error.message) : error;
  }
}

/** Probot's set-up page makes an App from our manifest, and keeps its credentials beside our data. */
async function setUp(settings: Settings, log: Logger): Promise<number> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Failure(
      `${MISSING}; without NODE_ENV=production serve shows a page that makes them.`,
    );
  }
  await mkdir(settings.folder, { recursive: true, mode: 0o700 });
  const manifest = fileURLToPath(new URL('../../app.yml', import.meta.url));
  await copyFile(manifest, join(settings.folder, 'app.yml'));
  process.chdir(settings.folder);
  process.umask(0o077);
  // Without this it would load a package over the network to have webhooks forwarded.
  process.env['NO_SMEE_SETUP'] = 'true';
  const { run } = await import('probot');
  const { host, port } = settings;
  const server = await run(() => undefined, {
    env: { ...process.env, HOST: host, PORT: String(port) },
    log,
  });
  log.info(`open http://${host}:${port}/probot to make the App, then start me again`);
  await asked(log);
  await server.stop();
  return 0;
}

async function listening(server: Server, { host, port }: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    const code: unknown = Reflect.get(Object(error), 'code');
    throw new Failure(`cannot listen on ${host}:${port} (${String(code)}); set HOST and PORT.`);
  });
}

/** Forwards webhooks from a channel on the web while developing. */
async function startProxy(
  { webhookProxy }: Settings,
  server: Server,
  log: Logger,
): Promise<(() => void) | undefined> {
  if (webhookProxy === undefined || webhookProxy === '') {
    return undefined;
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { SmeeClient } = await import('smee-client').catch(() => {
    throw new Failure('WEBHOOK_PROXY_URL needs the package smee-client: npm install smee-client.');
  });
  const target = `http://127.0.0.1:${port}${WEBHOOK_PATH}`;
  const client = new SmeeClient({ source: webhookProxy, target, logger: log });
  await client.start();
  return () => {
    void client.stop();
  };
}

/** Until the process is asked to stop; a second time ends it at once. */
async function asked(log: Logger): Promise<void> {
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.once(name, () => resolve(name));
    }
  });
  log.info({ signal }, 'stopping');
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
