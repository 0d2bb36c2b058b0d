import { chmodSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Place } from '../jobs/database.ts';
import { PATIENCE } from '../jobs/queue.ts';
import type { Patience } from '../jobs/queue.ts';

/** What tells GitHub who we are. */
export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/** Everything an operator can set, by the environment. */
export interface Settings {
  /** Undefined before the App was set up. */
  readonly credentials: Credentials | undefined;
  readonly host: string;
  readonly port: number;
  /** Where webhooks are forwarded from while developing. */
  readonly webhookProxy: string | undefined;
  readonly apiUrl: string;
  readonly gitUrl: string;
  readonly place: Place;
  /** Everything that is kept on this machine. */
  readonly folder: string;
  /** Reviews at the same time. */
  readonly jobs: number;
  /** What clones may take, in bytes. */
  readonly cloneBytes: number;
  /** Seconds that jobs have to end when the process is asked to stop. */
  readonly grace: number;
  readonly logLevel: string;
  readonly patience: Patience;
}

/** A setting that cannot be used: what was expected, and where. */
export class SettingError extends Error {
  constructor(name: string, expected: string) {
    super(`${name} ${expected}`);
    this.name = 'SettingError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment, and what the set-up page has written beside the data. Throws SettingError. */
export async function readSettings(environment: Environment): Promise<Settings> {
  const folder = dataFolder(environment);
  const env = { ...savedEnvironment(folder), ...environment };
  return {
    credentials: await readCredentials(env),
    host: env['HOST'] ?? '127.0.0.1',
    port: number(env, 'PORT', 3000, 0, 65_535),
    webhookProxy: env['WEBHOOK_PROXY_URL'],
    apiUrl: address(env, 'GITHUB_API_URL', 'https://api.github.com'),
    gitUrl: address(env, 'GITHUB_SERVER_URL', 'https://github.com'),
    place: { url: env['DATABASE_URL'], folder: join(folder, 'database') },
    folder,
    jobs: number(env, 'CHECK_LIFECYCLE_JOBS', 1, 1, 64),
    cloneBytes: number(env, 'CHECK_LIFECYCLE_CLONES_MB', 20_000, 1, 10_000_000) * 1_000_000,
    grace: number(env, 'CHECK_LIFECYCLE_GRACE', 20, 0, 3600),
    logLevel: env['LOG_LEVEL'] ?? 'info',
    patience: {
      ...PATIENCE,
      retryDelay: number(env, 'CHECK_LIFECYCLE_RETRY', PATIENCE.retryDelay, 1, 3600),
    },
  };
}

/** `CHECK_LIFECYCLE_DATA`, or a folder of the user's. */
export function dataFolder(env: Environment): string {
  const named = env['CHECK_LIFECYCLE_DATA'] ?? '';
  if (named !== '') {
    return named;
  }
  const state = env['XDG_STATE_HOME'] ?? '';
  const parent = state.startsWith('/') ? state : join(homedir(), '.local', 'state');
  return join(parent, 'check-lifecycle');
}

/** What Probot's set-up page wrote; it holds the key, so nobody else may read it. */
function savedEnvironment(folder: string): Environment {
  const file = join(folder, '.env');
  try {
    chmodSync(file, 0o600);
    return parseEnv(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

async function readCredentials(env: Environment): Promise<Credentials | undefined> {
  const id = env['APP_ID'];
  const hasKey = env['PRIVATE_KEY'] !== undefined || env['PRIVATE_KEY_PATH'] !== undefined;
  if (id === undefined && !hasKey) {
    return undefined;
  }
  if (id === undefined || !/^[1-9]\d*$/u.test(id)) {
    throw new SettingError('APP_ID', 'is the number that the page of the App shows.');
  }
  const webhookSecret = env['WEBHOOK_SECRET'] ?? '';
  if (webhookSecret.length < 8) {
    throw new SettingError(
      'WEBHOOK_SECRET',
      'is the secret of the App, of eight characters or more; without it anybody could send webhooks.',
    );
  }
  return { appId: Number(id), privateKey: await readKey(env), webhookSecret };
}

async function readKey(env: Environment): Promise<string> {
  const { getPrivateKey } = await import('@probot/get-private-key');
  try {
    const key = getPrivateKey({ env: { ...env } });
    if (key !== null) {
      return key;
    }
  } catch {
    // Its sentence may quote the key.
  }
  throw new SettingError('PRIVATE_KEY', 'is a PEM, or PRIVATE_KEY_PATH names a file with one.');
}

function number(
  env: Environment,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const text = env[name] ?? '';
  const value = text === '' ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new SettingError(name, `is a whole number from ${least} to ${most}, not "${text}".`);
  }
  return value;
}

function address(env: Environment, name: string, otherwise: string): string {
  const text = env[name] ?? otherwise;
  if (!URL.canParse(text) || !/^https?:/u.test(text)) {
    throw new SettingError(name, 'is an address that begins with https://.');
  }
  return text.replace(/\/+$/u, '');
}
