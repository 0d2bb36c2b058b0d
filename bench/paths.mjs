// Replayed paths per second in one process, on the model and on the real files: what a path costs once everything is
// parsed and compiled, on the four classics and on average over all scenarios of a review.
// Usage: npm run build && node bench/paths.mjs [SECONDS]     (CHECK_LIFECYCLE_TREES names the folder with qemu-10.0)
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine, openSession, scenariosOf } from '../dist/cli/session.js';
import { openTreeSession } from '../dist/cli/source.js';

const CLASSICS = ['same-owner', 'cross-owner'].flatMap((owner) => [
  `${owner}/child-first`,
  `${owner}/container-first`,
]);
const seconds = Number(process.argv[2] ?? 2);
const tree = join(process.env.CHECK_LIFECYCLE_TREES ?? '/tmp/qemu', 'qemu-10.0');

/** As a review does, which notes what ran. */
const nothing = () => false;

/** Runs scenarios in turn, each at least once; processor seconds, since other work may share the machine. */
function measure({ engine, session }, scenarios, limit) {
  const start = process.cpuUsage();
  let paths = 0;
  let spent = 0;
  for (let turn = 0; spent < limit || turn < scenarios.length; turn++) {
    const scenario = scenarios[turn % scenarios.length];
    paths += engine.explore(session.base, scenario, nothing).length;
    // Asking costs about as much as a tenth of a path.
    if (turn % 16 === 0) {
      const { user, system } = process.cpuUsage(start);
      spent = (user + system) / 1e6;
    }
  }
  return paths / spent;
}

async function report(name, session) {
  const side = { session, engine: await openEngine(session.pack) };
  const all = scenariosOf(session, {});
  const classics = all.filter(({ id }) => CLASSICS.includes(id));
  measure(side, all, 4 * seconds);
  const tell = (what, rate) =>
    process.stdout.write(`${`${name}, ${what}`.padEnd(30)} ${Math.round(rate)} paths/s\n`);
  tell('the four classics', measure(side, classics, seconds));
  tell('all scenarios', measure(side, all, seconds));
}

await report('model', await openSession());
if (existsSync(tree)) {
  await report('10.0', await openTreeSession(tree));
} else {
  process.stdout.write(`skipped: ${tree} is not here\n`);
}
