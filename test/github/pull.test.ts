import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from './fake-state.ts';
import { oneApp, SLOW } from './one-app.ts';
import { empty, FORK, until } from './world.ts';

const here = oneApp();
const { world } = here;

/** Comments that say what is wrong, and those that say that it is over. */
function standing({ comments }: State): string[] {
  return comments.flatMap(({ body }) => (body.includes('check-lifecycle:finding') ? [body] : []));
}

describe('a pull request', () => {
  test(
    'that does harm gets a check and a review; what changes nothing is not said again; what mends it clears them',
    async () => {
      await world.know({ contents: {} });
      const harm = world.harm();
      expect(await world.push(here.app, here.number, harm)).toBe(202);
      const first = await world.completed(harm);
      expect(first.refused).toEqual([]);
      expect(first.checks).toMatchObject([
        {
          conclusion: 'failure',
          head_sha: harm,
          output: { title: expect.stringMatching(/finding/u) },
        },
      ]);
      expect(first.checks[0]?.output?.annotations[0]).toMatchObject({ path: 'system/memory.c' });
      expect(first.reviews).toMatchObject([{ commit_id: harm, event: 'COMMENT' }]);
      expect(first.comments).toMatchObject([{ path: 'system/memory.c', side: 'RIGHT' }]);
      expect(first.comments[0]?.body).toContain('--tree .');
      expect(first.comments[0]?.body).not.toContain(world.fixture.folder);

      const idle = world.idle(harm);
      await world.push(here.app, here.number, idle, 'synchronize');
      const second = await world.completed(idle);
      expect(second.reviews).toEqual(first.reviews);
      expect(second.comments).toEqual(first.comments);
      expect(second.checks).toMatchObject([{}, { conclusion: 'failure', head_sha: idle }]);

      const mended = world.mend(idle);
      await world.push(here.app, here.number, mended, 'synchronize');
      const third = await world.completed(mended);
      expect(third.checks[2]).toMatchObject({ conclusion: 'success', head_sha: mended });
      expect(third.reviews).toEqual(first.reviews);
      expect(standing(third)).toEqual([]);
      expect(third.comments[0]?.body).toMatch(/^Cleared by /u);
      expect(third.resolved).toEqual(first.comments.map(({ id }) => id));
      expect(third.refused).toEqual([]);
    },
    SLOW,
  );

  test(
    'words of others stay as they are, whatever marker they copy',
    async () => {
      const harm = world.harm();
      await world.push(here.app, here.number, harm);
      const { comments } = await world.completed(harm);
      const stranger = { login: 'check-lifecycle', type: 'User' };
      const copy = comments.map((each) => ({ ...each, id: each.id + 5000, user: stranger }));
      const other = { ...copy[0], id: 9000, user: { login: 'other[bot]', type: 'Bot' } };
      await world.know({ comments: [...comments, ...copy, other] } as object);
      const mended = world.mend(harm);
      await world.push(here.app, here.number, mended, 'synchronize');
      const after = await world.completed(mended);
      expect(after.comments.slice(comments.length)).toEqual([...copy, other]);
      expect(after.resolved).toEqual(comments.map(({ id }) => id));
    },
    SLOW,
  );

  test(
    'that is of no concern gets a neutral check, and no word',
    async () => {
      const idle = world.idle(world.base, 'README.rst');
      await world.push(here.app, here.number, idle);
      const { checks, reviews, comments } = await world.completed(idle);
      expect(checks).toMatchObject([{ conclusion: 'neutral' }]);
      expect([...reviews, ...comments]).toEqual([]);
    },
    SLOW,
  );

  test.each([
    ['of a fork', false],
    ['of a fork that is there no more', true],
  ])(
    '%s is fetched from its own repository',
    async (_, isGone) => {
      const harm = world.harmInFork(here.number);
      empty(world, isGone ? FORK : 'nothing');
      const repo = isGone ? null : { id: 88, full_name: 'somebody/qemu', fork: true };
      await world.push(here.app, here.number, harm, 'opened', { head: { sha: harm, repo } });
      const { checks, reviews, comments, fetched, refused } = await world.completed(harm);
      expect(checks).toMatchObject([{ conclusion: 'failure', head_sha: harm }]);
      expect(reviews).toMatchObject([{ commit_id: harm }]);
      expect(comments).toMatchObject([{ path: 'system/memory.c', side: 'RIGHT' }]);
      expect(fetched).toEqual(['lists/qemu.git']);
      expect(refused).toEqual([]);
      empty(world, FORK);
    },
    SLOW,
  );

  test(
    'that is a draft waits until it is ready',
    async () => {
      const harm = world.harm();
      await world.push(here.app, here.number, harm, 'opened', { draft: true });
      await sleep(2_000);
      expect((await world.state()).writes).toEqual([]);
      await world.push(here.app, here.number, harm, 'ready_for_review');
      expect((await world.completed(harm)).reviews).toHaveLength(1);
    },
    SLOW,
  );

  test(
    'is reviewed again after a force push and on demand of the check',
    async () => {
      const harm = world.harm();
      await world.push(here.app, here.number, harm);
      await world.completed(harm);
      const forced = world.harm(world.base, 'memory: The same by another name');
      await world.push(here.app, here.number, forced, 'synchronize');
      const { reviews } = await world.completed(forced);
      expect(reviews).toHaveLength(1);
      expect(await world.send(here.app, 'check_run', world.rerunEvent(forced))).toBe(202);
      const again = await world.completed(forced, 2);
      expect(again.checks.map(({ head_sha: head }) => head)).toEqual([harm, forced, forced]);
      expect(again.reviews).toEqual(reviews);
    },
    SLOW,
  );

  test(
    'a newer push takes the place of an older one that waits or runs',
    async () => {
      const heads = [world.harm()];
      for (let at = 0; at < 4; at += 1) {
        heads.push(world.idle(heads[at] ?? ''));
      }
      for (const head of heads) {
        await world.push(here.app, here.number, head, 'synchronize');
      }
      const last = heads.at(-1) ?? '';
      const { checks, reviews } = await world.completed(last);
      expect(reviews).toMatchObject([{ commit_id: last }]);
      const earlier = checks.filter(({ head_sha: head }) => head !== last);
      expect(earlier.map(({ conclusion }) => conclusion)).toEqual(earlier.map(() => 'cancelled'));
    },
    SLOW,
  );

  test(
    'may have 100 commits, and 300 files',
    async () => {
      let head = world.harm();
      for (let at = 0; at < 99; at += 1) {
        head = world.idle(head, `docs/${at}.rst`);
      }
      const files = Array.from({ length: 300 }, (_, at) => [`hw/device-${at}.c`, `int d${at};\n`]);
      head = world.commit(
        head,
        'hw: Add devices',
        Object.fromEntries(files) as Record<string, string>,
      );
      await world.push(here.app, here.number, head);
      const { checks, comments } = await world.completed(head);
      expect(checks).toMatchObject([{ conclusion: 'failure' }]);
      expect(comments).toMatchObject([{ path: 'system/memory.c' }]);
    },
    SLOW,
  );
});

describe('a configuration', () => {
  test(
    'that is not YAML has nothing posted, and is that of the default branch',
    async () => {
      await world.know({ contents: { '.check-lifecycle.yml': 'a: [1\nb' } });
      const harm = world.harm();
      await world.push(here.app, here.number, harm);
      await until(() => here.app.log().includes('"msg":"refused"'), 60_000);
      await sleep(1_000);
      expect((await world.state()).writes).toEqual([]);
      await world.know({ contents: {} });
      const own = world.commit(harm, 'Silence it', { '.check-lifecycle.yml': 'a: [1\nb' });
      await world.push(here.app, here.number, own, 'synchronize');
      expect((await world.completed(own)).reviews).toHaveLength(1);
    },
    SLOW,
  );
});
