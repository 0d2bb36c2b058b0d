import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { reviewCommand } from '../../src/cli/review-command.ts';
import { RELEASES } from '../lifecycle/qemu-trees.ts';
import { hasSendEmail, sendWithGit } from './smtp.ts';

const MAIL = '../shared/real/v2-09of15.eml';
const tree = RELEASES.find(({ release }) => release === '10.0')?.folder ?? '';

async function replyTo(file: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
  try {
    const output = join(folder, 'reply.eml');
    expect(await reviewCommand(file, { format: 'mail', tree, output })).toBe(1);
    return readFileSync(output, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (existsSync(MAIL) && tree !== '' && hasSendEmail()) {
  test('one short reply at the culprit, with what mends it, arrives in the thread', async () => {
    const mail = await replyTo(MAIL);
    const from = /^From: (.*(?:\n .*)*)$/mu.exec(mail)?.[1]?.replaceAll(/\s+/gu, ' ') ?? '';
    const received = await sendWithGit(mail, from);
    expect(received).toHaveLength(1);
    const raw = received[0]?.raw ?? Buffer.from('');
    const [arrived, original] = await Promise.all(
      [raw, readFileSync(MAIL)].map(async (each) => simpleParser(each)),
    );
    expect(arrived?.inReplyTo).toBe(original?.messageId);
    expect(arrived?.references).toEqual([original?.references, original?.messageId].flat());
    expect(arrived?.subject).toBe(`Re: ${original?.subject}`);

    const body = mail.slice(mail.indexOf('\n\n') + 2);
    expect(arrived?.text).toBe(body);
    const [above = '', below = ''] = body.split('> +    if (mr->owner != subregion->owner) {\n\n');
    expect(above.split('\n').filter((line) => /^> [+-]/u.test(line))).toEqual([
      '> -    memory_region_ref(subregion);',
    ]);
    const [remark = ''] = below.split('\n\n');
    const sentences = remark.replaceAll('\n', ' ').match(/[.!?](?= [A-Z0-9]|$)/gu) ?? [];
    expect(sentences.length).toBeGreaterThan(1);
    expect(sentences.length).toBeLessThanOrEqual(4);
    expect(remark).toContain('`same-owner/child-first`');
    expect(remark).toMatch(/\(system\/memory\.c:2647\),\sthe\spatched\scode[^(]*\(scenarios\//u);
    expect(below).toMatch(/\n\n {2}check-lifecycle replay same-owner\/child-first --patch /u);
    expect(below).toContain('\n--- a/system/memory.c\n+++ b/system/memory.c\n@@ -');

    const lines = raw.toString('latin1').split('\r\n');
    expect(lines.every((line) => line.length <= 998 && /^[\t -~]*$/u.test(line))).toBe(true);
  }, 120_000);
} else {
  process.stderr.write(
    'SKIPPED: the reply to a real mail: it needs git-email, QEMU 10.0 and the mail\n',
  );
}
