import type { Database } from '../jobs/database.ts';
import { countAll } from '../jobs/history.ts';

const STATES = ['queued', 'running', 'done', 'cancelled', 'refused', 'failed'];

/** What Prometheus reads (its text format 0.0.4). Counts are those of the database, so every process says the same. */
export async function metrics(database: Database): Promise<string> {
  const { reviews, deliveries } = await countAll(database);
  const lines = [
    '# HELP check_lifecycle_deliveries_total Webhooks that were recorded.',
    '# TYPE check_lifecycle_deliveries_total counter',
    `check_lifecycle_deliveries_total ${deliveries}`,
    '# HELP check_lifecycle_reviews Reviews by their state.',
    '# TYPE check_lifecycle_reviews gauge',
    ...STATES.map(
      (state) => `check_lifecycle_reviews{state="${state}"} ${reviews.get(state) ?? 0}`,
    ),
    '# HELP process_resident_memory_bytes Resident memory of this process.',
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '# HELP process_uptime_seconds How long this process runs.',
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${Math.round(process.uptime())}`,
  ];
  return lines.join('\n');
}
