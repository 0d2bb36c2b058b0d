import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from './fake-state.ts';
import { oneApp, SLOW } from './one-app.ts';
import { until } from './world.ts';

const here = oneApp();
const { world } = here;
let comment = 500;

/** Writes a comment and waits for an answer; returns its text. */
async function ask(text: string, user = 'author'): Promise<string> {
  const before = (await world.state()).answers.length;
  comment += 1;
  await world.send(here.app, 'issue_comment', world.commentEvent(here.number, text, user, comment));
  await until(async () => (await world.state()).answers.length > before, 100_000);
  const { answers, reactions } = await world.state();
  expect(reactions).toContainEqual({ kind: 'issue', comment, content: 'eyes' });
  return answers.at(-1)?.body ?? '';
}

function findings({ comments }: State): string[] {
  return comments.map(({ body }) => body).filter((body) => body.includes('lifecycle:finding'));
}

describe('commands', () => {
  test(
    'explain, replay, dismiss and review again, pinned to the head of then',
    async () => {
      const harm = world.harm();
      await world.push(here.app, here.number, harm);
      const first = await world.completed(harm);
      const label = /\*\*(F\d+):/u.exec(first.comments[0]?.body ?? '')?.[1] ?? '';

      const explained = await ask(`/check-lifecycle explain ${label}`);
      expect(explained).toContain(`**${label}: assertion**`);
      expect(explained).toContain('All references before:');
      expect(await ask('/check-lifecycle explain F999')).toMatch(/^There is no F999/u);

      const replayed = await ask('/check-lifecycle replay same-owner/child-first');
      expect(replayed).toContain('outcome: assertion');
      expect(replayed).toContain('<details><summary>The trace</summary>');
      expect(replayed).not.toContain(world.fixture.folder);
      expect(await ask('/check-lifecycle replay no-such/thing')).toContain('there is no scenario');

      const again = await ask('/check-lifecycle');
      expect(again).toContain(`I review \`${harm}\`, the head when you asked`);
      const second = await world.completed(harm, 2);
      expect(second.reviews).toEqual(first.reviews);

      const labels = [...(first.comments[0]?.body ?? '').matchAll(/\*\*(F\d+):/gu)].map(
        ([, each = '']) => each,
      );
      for (const each of labels) {
        expect(await ask(`/check-lifecycle dismiss ${each} known for years`)).toContain(
          'is dismissed',
        );
      }
      const pushed = world.idle(harm);
      await world.push(here.app, here.number, pushed, 'synchronize');
      const third = await world.completed(pushed);
      expect(third.reviews).toEqual(first.reviews);
      expect(findings(third)).toEqual([]);
      expect(third.comments[0]?.body).toMatch(/^Dismissed\./u);
      expect(third.checks.at(-1)).toMatchObject({ conclusion: 'neutral' });
      expect(third.checks.at(-1)?.output?.summary).toContain('known for years (author)');
      expect(third.refused).toEqual([]);
    },
    SLOW,
  );

  test(
    'of strangers are declined, but for help; people who can write may all',
    async () => {
      await world.know({
        pulls: { [here.number]: { head: world.base, base: world.base, author: 'author' } },
        permissions: { maintainer: 'write', reader: 'read' },
      });
      expect(await ask('/check-lifecycle help', 'stranger')).toContain('replay SCENARIO');
      expect(await ask('/check-lifecycle', 'reader')).toMatch(/^Only the author/u);
      expect(await ask('/check-lifecycle dismiss F1 x', 'stranger')).toMatch(/^Only the author/u);
      expect(await ask('/check-lifecycle dismiss F1 x', 'maintainer')).toMatch(/^There is no F1/u);
      expect(await ask('/check-lifecycle dance')).toMatch(/^I do not know that command/u);
      expect((await world.state()).checks).toEqual([]);
    },
    SLOW,
  );

  test(
    'read the configuration of the default branch, and none that the pull request brings',
    async () => {
      const small = { '.check-lifecycle.yml': 'bounds: { megabytes: 64 }\n' };
      const head = world.commit(world.harm(), 'Silence it', small);
      const pulls = { [here.number]: { head, base: world.base, author: 'author' } };
      await world.know({ pulls });
      const command = '/check-lifecycle replay same-owner/child-first';
      expect(await ask(command)).toContain('outcome: assertion');
      await world.know({ contents: small });
      expect(await ask(command)).toContain('gave up after 64 MB');
      await world.forget();
      await world.know({ pulls, contents: { '.check-lifecycle.yml': 'a: [1\nb' } });
      for (const text of [command, '/check-lifecycle', '/check-lifecycle help']) {
        await world.send(here.app, 'issue_comment', world.commentEvent(here.number, text));
      }
      await until(() => here.app.log().match(/"msg":"refused"/gu)?.length === 3, 60_000);
      await sleep(1_000);
      expect((await world.state()).writes).toEqual([]);
    },
    SLOW,
  );

  test(
    'below a line are answered there',
    async () => {
      await world.send(
        here.app,
        'pull_request_review_comment',
        world.lineCommentEvent(here.number, '/check-lifecycle help', 'stranger', 600),
      );
      await until(async () => (await world.state()).comments.length > 0, 60_000);
      const { comments, answers, reactions } = await world.state();
      expect(comments).toMatchObject([{ to: 600, body: expect.stringContaining('dismiss F1') }]);
      expect(answers).toEqual([]);
      expect(reactions).toMatchObject([{ kind: 'review', comment: 600 }]);
    },
    SLOW,
  );

  test(
    'in a quote, in code, or of a bot are none; a delivery that comes again is answered once',
    async () => {
      const send = async (
        text: string,
        user = 'author',
        type = 'User',
        id?: string,
      ): Promise<void> => {
        const event = world.commentEvent(here.number, text, user, 700, type);
        expect(
          await world.send(here.app, 'issue_comment', event, id === undefined ? {} : { id }),
        ).toBe(202);
      };
      await send('> /check-lifecycle help');
      await send('```\n/check-lifecycle help\n```');
      await send('/check-lifecycle help', 'check-lifecycle[bot]', 'Bot');
      await sleep(2_000);
      expect((await world.state()).writes).toEqual([]);
      await send('/check-lifecycle help', 'author', 'User', 'the-same-delivery');
      await send('/check-lifecycle help', 'author', 'User', 'the-same-delivery');
      await until(async () => (await world.state()).answers.length > 0, 60_000);
      await sleep(2_000);
      expect((await world.state()).answers).toHaveLength(1);
    },
    SLOW,
  );
});
