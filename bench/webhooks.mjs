// How the App bears load: webhooks at once, and a backlog for one worker and for two.
//
//     node bench/webhooks.mjs [500]
//
// It runs test/github/load.test.ts with as many, which prints what it measures.
import { spawnSync } from 'node:child_process';

const [, , count = '500'] = process.argv;
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const env = { ...process.env, CHECK_LIFECYCLE_LOAD: count, CHECK_LIFECYCLE_FAULTS: '1' };
const { status } = spawnSync(process.execPath, [...jest, 'test/github/load.test.ts'], {
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
