import type { Logger } from 'pino';
import type { Database } from '../jobs/database.ts';
import type { PullRequest } from '../jobs/history.ts';
import type { Queue } from '../jobs/queue.ts';
import type { ChildLimits } from './child.ts';
import type { GitHub } from './client.ts';
import type { Clones, Wanted } from './source.ts';

/** What a job is carried out with. */
export interface Workshop {
  readonly database: Database;
  readonly queue: Queue;
  readonly log: Logger;
  readonly clones: Clones;
  readonly wanted: Wanted;
  readonly limits: ChildLimits;
  /** GitHub for the installation of a pull request. */
  readonly github: (pull: PullRequest) => Promise<GitHub>;
  /** Where repositories are fetched from: `https://github.com`. */
  readonly gitUrl: string;
  /** The command line that children run. */
  readonly program: string | undefined;
  /** The folder in which children keep bases. */
  readonly cache: string | undefined;
  /** Nothing is written at GitHub, and so nothing is recorded as said. */
  readonly dryRun: boolean;
}
