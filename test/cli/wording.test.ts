import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { reviewCommand } from '../../src/cli/review-command.ts';

// How long Harper takes to start depends on what else the machine does.
jest.setTimeout(120_000);

const MAIL = `From: A <a@example.org>
Subject: [PATCH] docs: say what a timer has

It is embeded.
---
diff --git a/docs/timers.rst b/docs/timers.rst
--- a/docs/timers.rst
+++ b/docs/timers.rst
@@ -1,1 +1,2 @@
 Timers.
+Every timer must has a queue, not the the lock.
`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function review(
  format: 'text' | 'json',
  wording: 'on' | 'all' | false,
): Promise<{ status: number; text: string }> {
  const [file, output] = [join(folder, 'in'), join(folder, 'out')];
  writeFileSync(file, MAIL);
  const status = await reviewCommand(file, { format, output, wording });
  return { status, text: readFileSync(output, 'utf8') };
}

test('remarks stand below the findings and move no status', async () => {
  const { status, text } = await review('text', 'on');
  expect(status).toBe(0);
  expect(text).toContain(
    [
      'wording:',
      '  docs/timers.rst:2',
      '  > Every timer must has a queue, not the the lock.',
      '  "must have" or "has"',
      '  s/the the/the/',
      '  message:1',
      '  > It is embeded.',
      '  s/embeded/embedded/',
      '',
    ].join('\n'),
  );
});

test('JSON has the patch, the place, the line and the remark', async () => {
  const { text } = await review('json', 'all');
  expect(JSON.parse(text)).toMatchObject({
    verdict: 'not-applicable',
    wording: [
      {
        patch: 1,
        where: 'docs/timers.rst',
        line: 2,
        text: 'Every timer must has a queue, not the the lock.',
        remark: '"must have" or "has"',
      },
      { patch: 1, where: 'docs/timers.rst', line: 2, remark: 's/the the/the/' },
      {
        patch: 1,
        where: 'message',
        line: 1,
        text: 'It is embeded.',
        remark: 's/embeded/embedded/',
      },
    ],
  });
});

test('none where none are wanted', async () => {
  expect(JSON.parse((await review('json', false)).text)).toMatchObject({ wording: [] });
});
