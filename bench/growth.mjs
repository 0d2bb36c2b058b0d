// How the cost of a review grows: processor seconds for series of more and more patches, and for more and more
// scenarios, each with the share of the first that it would take if it grew linearly (1.00 is exactly linear).
// Usage: npm run build && node bench/growth.mjs
import { createTwoFilesPatch } from 'diff';
import { openEngine, openSession } from '../dist/cli/session.js';
import { judge } from '../dist/lifecycle/review.js';
import { readSeries } from '../dist/series/read.js';

const PATH = 'system/memory.c';
const PLACE = '    QTAILQ_REMOVE(&mr->subregions, subregion, subregions_link);\n';
const ADDED = '    assert(subregion != mr);\n';

const session = await openSession();
const all = session.scenarios.filter((each) => each.cases !== true);
const text = session.base.get(`model/${PATH}`);

/** A series of which each patch adds a statement where nearly every scenario passes: nothing is shared between them. */
async function seriesOf(count) {
  const mails = Array.from({ length: count }, (_, index) => {
    const [before, after] = [index, index + 1].map((times) =>
      text.replace(PLACE, ADDED.repeat(times) + PLACE),
    );
    const diff = createTwoFilesPatch(`a/${PATH}`, `b/${PATH}`, before, after);
    const subject = `[PATCH ${index + 1}/${count}] assert`;
    return `From 0 Mon Sep 17 00:00:00 2001\nFrom: A <a@example.org>\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nMessage-ID: <${index + 1}@example.org>\nSubject: ${subject}\n\n---\n${diff}\n`;
  });
  const { series } = await readSeries('growth.mbox', Buffer.from(mails.join('')));
  return series[0];
}

async function cost(series, scenarios) {
  const engine = await openEngine(session.pack);
  const start = process.cpuUsage();
  const { verdict } = judge({ ...session, engine, scenarios }, series);
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, verdict };
}

/** Against a straight line through the first two: what a unit costs, and what a review costs before it. */
function table(title, rows) {
  const [a, b] = rows;
  const slope = (b.seconds - a.seconds) / (b.size - a.size);
  process.stdout.write(`${title}\n`);
  for (const { size, seconds, verdict } of rows) {
    const line = a.seconds + slope * (size - a.size);
    const bar = '#'.repeat(Math.round(seconds * 8));
    process.stdout.write(
      `${String(size).padStart(6)} ${seconds.toFixed(2).padStart(7)} s  ${(seconds / line).toFixed(2)} of linear  ${bar} ${verdict}\n`,
    );
  }
}

const one = await seriesOf(1);
await cost(one, all);
const patches = [];
for (const size of [2, 4, 8, 16, 32]) {
  patches.push({ size, ...(await cost(await seriesOf(size), all)) });
}
table('patches', patches);
const sanity = all.filter(({ id }) => session.pack.sanity.includes(id));
const rest = all.filter((each) => !sanity.includes(each));
const amounts = [];
for (const share of [0.25, 0.5, 0.75, 1]) {
  const scenarios = [...sanity, ...rest.slice(0, Math.round(rest.length * share))];
  amounts.push({ size: scenarios.length, ...(await cost(one, scenarios)) });
}
table('scenarios', amounts);
