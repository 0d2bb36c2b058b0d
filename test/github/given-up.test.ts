import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { openApp } from '../../src/github/app.ts';
import type { App } from '../../src/github/app.ts';
import { listen } from '../../src/github/events.ts';
import { Intake } from '../../src/github/intake.ts';
import { openLog } from '../../src/github/log.ts';
import { createAppServer } from '../../src/github/server.ts';
import { readSettings } from '../../src/github/settings.ts';
import type { Review } from '../../src/review/schema.ts';
import type { State } from './fake-state.ts';
import { until, World } from './world.ts';

const SLOW = 60_000;
/** What the child says that is of no concern to this test. */
const CLEAN: Review = {
  schema: 'check-lifecycle/review/1',
  input: { kind: 'patch', subject: '', messageId: null, version: 1, patches: [], repairs: [] },
  mode: 'tree',
  remarks: [],
  verdict: 'clean',
  reason: 'nothing ends differently',
  scenarios: [],
  quiet: { clean: 1, preexisting: 0 },
  findings: [],
  wording: [],
  history: null,
  coverage: { changedLines: 1, executedLines: 1, notMapped: [], notModelled: [] },
};
const SECRET = 'ghs_0123456789';

const world = new World();
const program = world.fixture.path('program.js');
let app: App;
let server: Server;
let at: { url: string };
let number = 0;

beforeAll(async () => {
  await world.start();
  const settings = await readSettings(world.environment('data'));
  app = await openApp(
    { ...settings, patience: { ...settings.patience, retryLimit: 0 } },
    {
      credentials: settings.credentials ?? { appId: 0, privateKey: '', webhookSecret: '' },
      log: openLog('silent'),
      wanted: { roots: [], folders: [], runs: () => true },
      dryRun: false,
      program,
    },
  );
  listen(app.probot, new Intake(app.database, app.queue), openLog('silent'));
  server = createAppServer(app.probot, app.database, openLog('silent'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  at = { url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}` };
  await app.work();
}, SLOW);

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await app.stop();
  await world.stop();
}, SLOW);

beforeEach(async () => {
  await world.forget();
  writeFileSync(program, `console.log('${SECRET} is no review');`);
  number += 1;
});

/** The checks of this test, in the order in which they were made. */
function told({ checks }: State): object[] {
  return checks.map(({ status, conclusion, output }) => ({
    status,
    conclusion,
    says: `${output?.title ?? ''}: ${output?.summary ?? ''}`,
  }));
}

function neutral(reason: RegExp): object {
  const says = new RegExp(
    `^Could not be judged: ${reason.source} Re-run this check, or comment \`/check-lifecycle\`, to try again\\.$`,
    'u',
  );
  return { status: 'completed', conclusion: 'neutral', says: expect.stringMatching(says) };
}

describe('a review that is given up', () => {
  test(
    'has its check completed though GitHub fails at that, is listed, and can be asked for again',
    async () => {
      const head = world.idle(world.base);
      // That it runs can be said, and then that it was given up cannot.
      await world.faults([{ match: 'PATCH .*/check-runs/', kind: 'status', status: 502, skip: 1 }]);
      await world.push(at, number, head);
      const failed = await world.completed(head);
      expect(told(failed)).toEqual([neutral(/An error of check-lifecycle kept it .* run it\./u)]);
      expect(JSON.stringify(failed.checks)).not.toContain(SECRET);
      const dead = await app.queue.dead();
      expect(dead).toMatchObject([{ why: { name: 'SyntaxError' } }]);

      writeFileSync(program, `console.log(${JSON.stringify(JSON.stringify(CLEAN))});`);
      await world.send(at, 'check_run', world.rerunEvent(head));
      const again = await world.completed(head, 2);
      expect(told(again)).toMatchObject([{}, { status: 'completed', conclusion: 'success' }]);
      expect(await app.queue.dead()).toEqual(dead);
      expect(again.refused).toEqual([]);
    },
    SLOW,
  );

  test(
    'before it had a check gets one',
    async () => {
      const head = world.idle(world.base, 'docs/other.rst');
      await world.faults([{ match: 'GET .*/pulls/', kind: 'status', status: 500 }]);
      await world.push(at, number, head);
      expect(told(await world.completed(head))).toEqual([
        neutral(/GitHub refused a call .* \(status 500\)\./u),
      ]);
    },
    SLOW,
  );
});

test(
  'a review that finds a newer head when it is tried again has its check closed',
  async () => {
    const head = world.idle(world.base, 'docs/old.rst');
    const headers = { 'retry-after': '1' };
    await world.faults([{ match: 'PATCH .*/check-runs/', kind: 'status', status: 403, headers }]);
    await world.push(at, number, head);
    await until(async () => (await world.state()).writes.length > 0, SLOW);
    // Of a push whose webhook is not heard of, GitHub tells when it is asked for the pull request.
    await app.database.query('DELETE FROM lifecycle.pull WHERE number = $1', [number]);
    await world.know({ pulls: { [number]: { head: world.base, base: world.base } } });
    expect(told(await world.completed(head))).toMatchObject([{ conclusion: 'cancelled' }]);
  },
  SLOW,
);
