import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Probot, ProbotOctokit } from 'probot';
import { openDatabase } from '../jobs/database.ts';
import type { Database } from '../jobs/database.ts';
import type { PullRequest } from '../jobs/history.ts';
import { Queue } from '../jobs/queue.ts';
import { answerCommand } from './answer.ts';
import { CHILD_LIMITS } from './child.ts';
import type { ChildLimits } from './child.ts';
import { GitHub } from './client.ts';
import type { Workshop } from './context.ts';
import { giveUp } from './give-up.ts';
import { performReview } from './perform.ts';
import type { Credentials, Settings } from './settings.ts';
import { Clones } from './source.ts';
import type { Wanted } from './source.ts';

type OctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

/** What is not set by an operator. */
export interface AppOptions {
  readonly credentials: Credentials;
  readonly log: Logger;
  readonly wanted: Wanted;
  readonly dryRun: boolean;
  readonly limits?: ChildLimits;
  /** The command line that children run; else the one that is running. */
  readonly program?: string;
}

/** The App with its database and queue: `serve` puts a web server before it, `work` only works. */
export interface App {
  readonly probot: Probot;
  readonly database: Database;
  readonly queue: Queue;
  /** Begins to work on jobs. */
  work(): Promise<void>;
  /** Takes no more jobs, ends or hands back those that run, and closes the database. */
  stop(): Promise<void>;
}

/** Commands are short, and people wait for them. */
const COMMANDS = 4;

export async function openApp(settings: Settings, options: AppOptions): Promise<App> {
  const { log } = options;
  await mkdir(settings.folder, { recursive: true, mode: 0o700 });
  const probot = await openProbot(settings, options);
  const database = await openDatabase(settings.place);
  const queue = await Queue.open(
    database,
    (error) => log.error({ err: error }, 'database'),
    settings.patience,
  ).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const shop = workshop(settings, options, probot, database, queue);
  return {
    probot,
    database,
    queue,
    async work() {
      await queue.work('review', settings.jobs, async (job, signal) =>
        told(log, job, performReview(shop, job, signal)),
      );
      await queue.work('command', COMMANDS, async (job, signal) =>
        told(log, { delivery: job.delivery }, answerCommand(shop, job, signal)),
      );
      await queue.workOnDead(async ({ data, why }) => {
        // A command leaves nothing behind.
        if ('review' in data) {
          await told(log, data, giveUp(shop, data, why));
        }
      });
    },
    async stop() {
      await queue.stop(settings.grace);
      await database.close();
    },
  };
}

async function openProbot(settings: Settings, { credentials, log }: AppOptions): Promise<Probot> {
  // A call that failed may have had its effect: only the job that made it knows how to look, and may have to wait
  // longer than a process runs. A function, since Probot names settings of its own for each installation.
  const Octokit = ProbotOctokit.defaults((options: OctokitOptions) => ({
    ...options,
    retry: { ...options['retry'], enabled: false },
    throttle: { ...options['throttle'], enabled: false },
  }));
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: settings.apiUrl,
    log,
    Octokit,
  });
  return probot.ready();
}

function workshop(
  settings: Settings,
  options: AppOptions,
  probot: Probot,
  database: Database,
  queue: Queue,
): Workshop {
  let login: Promise<string> | undefined;
  async function ownLogin(): Promise<string> {
    const octokit = await probot.auth();
    const { data } = await octokit.request('GET /app');
    return `${data?.slug ?? ''}[bot]`;
  }
  async function github(pull: PullRequest): Promise<GitHub> {
    login ??= ownLogin();
    try {
      const name = await login;
      return new GitHub(await probot.auth(pull.installation), name, options.log, options.dryRun);
    } catch (error) {
      login = undefined;
      throw error;
    }
  }
  return {
    database,
    queue,
    log: options.log,
    clones: new Clones(join(settings.folder, 'clones'), settings.cloneBytes),
    wanted: options.wanted,
    limits: options.limits ?? CHILD_LIMITS,
    github,
    gitUrl: settings.gitUrl,
    program: options.program,
    cache: join(settings.folder, 'cache'),
    dryRun: options.dryRun,
  };
}

/** Whatever fails is logged where it fails; the queue only sees that it did. */
async function told(log: Logger, job: object, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.warn({ ...job, err: error }, 'failed, to be tried again');
    throw error;
  }
}
