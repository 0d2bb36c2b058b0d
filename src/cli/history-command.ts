import { openLog } from '../github/log.ts';
import { askForReport, renderReport, reportOf } from '../github/report.ts';
import type { Report } from '../github/report.ts';
import { openDatabase } from '../jobs/database.ts';
import { Queue } from '../jobs/queue.ts';
import { visible } from '../review/prose.ts';
import { Failure } from './failure.ts';
import { settingsOf } from './serve-command.ts';

export interface HistoryOptions {
  readonly json?: true;
  readonly most: number;
}

/** Prints what was reviewed, newest first; returns 0. */
export async function historyCommand({ json, most }: HistoryOptions): Promise<number> {
  const report = await load(most);
  const text = json === true ? `${JSON.stringify(report)}\n` : renderReport(report);
  process.stdout.write(text.split('\n').map(visible).join('\n'));
  return 0;
}

/** A PGlite is asked by way of the process that has it open. */
async function load(most: number): Promise<Report> {
  const { place, folder } = await settingsOf();
  if ((place.url ?? '') === '') {
    const answer = await askForReport(folder, most);
    if (answer !== undefined) {
      const report: Report = JSON.parse(answer);
      return report;
    }
  }
  try {
    const database = await openDatabase(place);
    const log = openLog('silent');
    const queue = await Queue.open(database, (error) => log.error(error));
    try {
      return await reportOf(database, queue, most);
    } finally {
      await queue.stop(0);
      await database.close();
    }
  } catch (error) {
    throw error instanceof Error && error.name === 'InUse' ? new Failure(error.message) : error;
  }
}
