import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { explain } from '../../src/cli/failure.ts';
import { reviewCommand } from '../../src/cli/review-command.ts';
import type { ReviewOptions } from '../../src/cli/review-command.ts';
import { splitMbox } from '../../src/series/mbox.ts';

const DIFF = '--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n';

/** A change that concerns no lifetime: nothing is run for it. */
function mail(number: number): string {
  return `From: A <a@example.org>\nSubject: [PATCH] change ${number}\nMessage-ID: <${number}@example.org>\n\n---\n${DIFF}`;
}

let folder = '';
let told = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
  writeFileSync(
    join(folder, 'config.yml'),
    'mail: { from: Bot <bot@example.org>, footer: A bot. }\nwording: off',
  );
  told = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What is printed, or the sentence that is told instead. */
async function review(input: string, options: Partial<ReviewOptions>): Promise<string> {
  const [file, output] = [join(folder, 'in'), join(folder, 'out')];
  writeFileSync(file, input);
  const config = join(folder, 'config.yml');
  try {
    await reviewCommand(file, { format: 'json', output, config, ...options });
  } catch (error) {
    return explain(error).text.replaceAll(`${folder}/`, '');
  }
  return readFileSync(output, 'utf8');
}

describe('a reply', () => {
  test('is from whom the configuration names, with its footer', async () => {
    const printed = await review(mail(1), { format: 'mail' });
    expect(printed).toMatch(/^From: Bot <bot@example\.org>$/mu);
    expect(printed).toMatch(/\n-- \nA bot\.\n$/u);
    expect(told).toBe('');
  });

  test('several of them are an mboxrd', async () => {
    const mark = 'From a@example.org Mon Nov  2 10:00:00 2026\n';
    const printed = await review(`${mark}${mail(1)}\n${mark}${mail(2)}`, { format: 'mail' });
    const units = splitMbox(Buffer.from(printed)).map(({ bytes }) => Buffer.from(bytes).toString());
    expect(units.map((each) => /^In-Reply-To: (.*)$/mu.exec(each)?.[1])).toEqual([
      '<1@example.org>',
      '<2@example.org>',
    ]);
  });

  test('to nobody is refused, and one without a thread is told', async () => {
    expect(await review(DIFF, { format: 'mail' })).toContain('in: there is nobody to answer');
    const printed = await review(mail(1).replace(/^Message-ID.*\n/mu, ''), { format: 'mail' });
    expect(printed).not.toContain('In-Reply-To');
    expect(told).toContain('no Message-ID, so the reply stands in no thread; give the mail');
  });
});

describe('an earlier version', () => {
  test('is a review as JSON, or is reviewed', async () => {
    const earlier = join(folder, 'v1');
    for (const text of [await review(mail(1), {}), mail(1)]) {
      writeFileSync(earlier, text);
      expect(JSON.parse(await review(mail(1), { previous: earlier }))).toMatchObject({
        history: { previous: { messageId: '1@example.org' }, cleared: [], remaining: [], new: [] },
      });
    }
  });

  test.each([
    ['{"schema":1}', 'is no review as --format json prints it'],
    ['prose', ':1: no patch found'],
  ])('that is neither is told: %s', async (text, says) => {
    const previous = join(folder, 'v1');
    writeFileSync(previous, text);
    expect(await review(mail(1), { previous })).toMatch(/^--previous v1: /u);
    expect(await review(mail(1), { previous })).toContain(says);
    expect(await review(mail(1), { previous: join(folder, 'none') })).toContain('no such file');
  });
});

test('a mistake in the configuration is told before anything is run', async () => {
  writeFileSync(join(folder, 'config.yml'), 'mial: {}');
  expect(await review(mail(1), {})).toBe(
    'config.yml:1:1: there is no key `mial`; did you mean `mail`?',
  );
});
