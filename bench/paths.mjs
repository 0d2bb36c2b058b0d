// Replayed paths per second on the four classics, in one process and patch-only mode: what a scenario costs once
// everything is parsed and compiled. Usage: npm run build && node bench/paths.mjs [SECONDS]
import { openEngine, openSession } from '../dist/cli/session.js';

const CLASSICS = ['same-owner', 'cross-owner'].flatMap((owner) => [
  `${owner}/child-first`,
  `${owner}/container-first`,
]);
const seconds = Number(process.argv[2] ?? 2);
const session = await openSession();
const engine = await openEngine(session.pack);

/** Runs scenarios again and again; processor seconds, since other work may share the machine. */
function measure(scenarios, limit) {
  const start = process.cpuUsage();
  let paths = 0;
  let spent = 0;
  for (let turn = 0; spent < limit; turn++) {
    paths += engine.explore(session.base, scenarios[turn % scenarios.length]).length;
    // Asking costs about as much as a tenth of a path.
    if (turn % 16 === 0) {
      const { user, system } = process.cpuUsage(start);
      spent = (user + system) / 1e6;
    }
  }
  return paths / spent;
}

const classics = session.scenarios.filter(({ id }) => CLASSICS.includes(id));
measure(classics, 1);
const report = (name, rate) =>
  process.stdout.write(`${name.padEnd(30)} ${Math.round(rate)} paths/s\n`);
for (const scenario of classics) {
  report(scenario.id, measure([scenario], seconds / 4));
}
report('the four classics', measure(classics, seconds));
