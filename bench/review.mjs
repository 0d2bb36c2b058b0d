// Seconds, processor seconds and memory of one review: without and with what was kept of the base, on the model and on
// a real tree; and of what it stands for: the same scenarios compiled with gcc -fsanitize=address and run, both sides.
// Usage: node bench/review.mjs [FILE]     (default: ../shared/real/v1.eml, else the fixture; after npm run build)
//        CHECK_LIFECYCLE_TREES names the folder with qemu-10.0.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openSession } from '../dist/cli/session.js';

const RUNS = 3;
const session = await openSession();
const PACK = 'rules/memory-region';
const REAL = '../shared/real/v1.eml';
const file = process.argv[2] ?? (existsSync(REAL) ? REAL : 'fixtures/guard-only-the-take.patch');
const folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const MEASURED = `
process.argv.splice(1, 0, 'check-lifecycle');
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('\\n@' + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024 }));
});
import(require('node:url').pathToFileURL('dist/cli/main.js').href);
`;

/** The quickest of some runs: the machine may be busy. */
function review(args, cache) {
  let best;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    const { stderr } = spawnSync(process.execPath, ['-e', MEASURED, file, ...args], {
      encoding: 'utf8',
      env: { ...process.env, CHECK_LIFECYCLE_CACHE: cache },
    });
    const wall = (performance.now() - start) / 1000;
    const cost = { wall, ...JSON.parse(stderr.split('\n@').at(-1) ?? '{}') };
    best = best === undefined || cost.cpu < best.cpu ? cost : best;
  }
  return best;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

function tell(name, { wall, cpu, rss }) {
  const cost = `${wall.toFixed(2).padStart(7)} s  ${cpu.toFixed(2).padStart(7)} s of processor`;
  print(`${name.padEnd(30)} ${cost}  ${rss.toFixed(0).padStart(4)} MB`);
}

function filesBelow(path, extension) {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(extension)).map((name) => join(path, name));
}

function gcc(args) {
  const { status, stderr } = spawnSync('gcc', args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(stderr);
  }
}

/** One side natively: the pack once, then each scenario compiled, linked and run. Seconds. */
function natively() {
  const include = [PACK, `${PACK}/model/include`, `${PACK}/shim/glib`, `${PACK}/shim/qemu`];
  const flags = ['-std=gnu11', '-O0', '-fsanitize=address', ...include.map((path) => `-I${path}`)];
  const sources = [
    ...filesBelow(`${PACK}/model`, '.c'),
    ...filesBelow(`${PACK}/native`, '.c'),
    `${PACK}/shim/glib/glib.c`,
    `${PACK}/lifecycle.c`,
    `${PACK}/invariants.c`,
  ];
  const start = performance.now();
  const objects = sources.map((source, index) => {
    gcc([...flags, '-c', source, '-o', join(folder, `${index}.o`)]);
    return join(folder, `${index}.o`);
  });
  const scenarios = session.scenarios.filter((each) => each.cases !== true);
  for (const { path } of scenarios) {
    gcc([...flags, join(PACK, path), ...objects, '-o', join(folder, 'scenario')]);
    spawnSync(join(folder, 'scenario'), [], { env: { ASAN_OPTIONS: 'detect_leaks=0' } });
  }
  return { seconds: (performance.now() - start) / 1000, count: scenarios.length };
}

const tree = join(process.env.CHECK_LIFECYCLE_TREES ?? '/tmp/qemu', 'qemu-10.0');
const modes = [
  { name: 'model', args: [] },
  ...(existsSync(tree) ? [{ name: 'tree', args: ['--tree', tree] }] : []),
];
print(`${file}: the quickest of ${RUNS} runs`);
let cold;
for (const { name, args } of modes) {
  const first = review(args, '');
  cold ??= first;
  tell(`${name}, nothing kept`, first);
  tell(`${name}, base kept`, review(args, join(folder, 'cache')));
}
if (spawnSync('gcc', ['--version']).status === 0) {
  const { seconds, count } = natively();
  const ratio = ((2 * seconds) / cold.wall).toFixed(0);
  print(
    `gcc, ${count} scenarios, a side     ${seconds.toFixed(1)} s: two sides take ${ratio} times as long as the review, which runs 640 topologies besides`,
  );
} else {
  print('skipped: gcc is not here');
}
