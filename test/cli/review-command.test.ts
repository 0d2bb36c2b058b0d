import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Log } from 'sarif';
import { readInput } from '../../src/cli/bytes.ts';
import { explain } from '../../src/cli/failure.ts';
import { reviewCommand } from '../../src/cli/review-command.ts';
import { changeOf } from '../../src/cli/reviewer.ts';
import type { Format } from '../../src/review/formats.ts';
import { readSeries } from '../../src/series/read.ts';

const HEAD =
  'diff --git a/system/memory.c b/system/memory.c\n--- a/system/memory.c\n+++ b/system/memory.c\n';

let folder = '';
let told = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
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

/** A patch that adds lines to a function that the model has. */
function patch(...lines: string[]): string {
  return [
    `${HEAD}@@ -2691,3 +2691,${3 + lines.length} @@ void memory_region_del_subregion(MemoryRegion *mr,`,
    '     memory_region_transaction_begin();',
    '     assert(subregion->container == mr);',
    ...lines.map((line) => `+${line}`),
    '     subregion->container = NULL;\n',
  ].join('\n');
}

function mail(index: number, diff: string): string {
  return `From a@example.org Mon Nov  2 10:00:00 2026\nFrom: A <a@example.org>\nSubject: [PATCH] change ${index}\nMessage-ID: <${index}@example.org>\n\n---\n${diff}\n`;
}

async function review(
  input: string,
): Promise<{ status: number; verdicts: string[]; reasons: string[] }> {
  const [file, output] = [join(folder, 'in'), join(folder, 'out')];
  writeFileSync(file, input);
  const status = await reviewCommand(file, { format: 'json', output });
  const lines = readFileSync(output, 'utf8').split('\n').slice(0, -1);
  const reviews = lines.map((line): unknown => JSON.parse(line));
  return {
    status,
    verdicts: reviews.map((each) => String(Reflect.get(Object(each), 'verdict'))),
    reasons: reviews.map((each) => String(Reflect.get(Object(each), 'reason'))),
  };
}

/** What is written of three series, the second of which cannot be judged. */
async function written(format: Format): Promise<string> {
  const [file, output] = [join(folder, 'in'), join(folder, 'out')];
  const mails = [
    mail(1, '--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n'),
    mail(2, `${HEAD}@@ -1,9 +1,9 @@\n a\n-b\n+c\n`),
    mail(3, patch('    /* Nothing. */')),
  ];
  writeFileSync(file, mails.join(''));
  expect(await reviewCommand(file, { format, output })).toBe(2);
  return readFileSync(output, 'utf8');
}

describe('several series', () => {
  test.each(['json', 'github'] as const)('%s is a line for each review', async (format) => {
    const lines = (await written(format)).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(['object', 'object']);
  });

  test('sarif is one log, with a run for each review', async () => {
    const log = JSON.parse(await written('sarif')) as Log;
    expect(log.runs.map(({ automationDetails }) => automationDetails)).toEqual([
      { id: 'check-lifecycle/series-1/', description: { text: 'change 1' } },
      { id: 'check-lifecycle/series-2/', description: { text: 'change 3' } },
    ]);
  });

  test('html is one page', async () => {
    const page = await written('html');
    expect(page.match(/<html/gu)).toHaveLength(1);
    expect(page).toContain('<a href="#review-1">change 1</a>');
    expect(page).toContain('<a href="#review-2">change 3</a>');
  });
});

/** The one sentence that a call which fails is told in. */
async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return explain(error).text;
  }
  return '';
}

describe('one bad mail loses no other', () => {
  test('a broken one, one that does not parse and one of no concern', async () => {
    const bombs = Array.from({ length: 40 }, (_, at) => `#define B${at + 1} B${at} B${at}`);
    const { status, verdicts, reasons } = await review(
      [
        mail(1, `${HEAD}@@ -1,9 +1,9 @@\n a\n-b\n+c\n`),
        mail(2, patch('    object_ref(;')),
        mail(3, patch('#define B0 object_ref(OBJECT(mr));', ...bombs, '    B40')),
        mail(4, '--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n'),
      ].join(''),
    );
    expect(status).toBe(2);
    expect(verdicts).toEqual(['inconclusive', 'inconclusive', 'not-applicable']);
    expect(reasons[0]).toContain("system/memory.c:2693:15: '(' has no counterpart; mend it");
    expect(reasons[1]).toContain(
      'system/memory.c:2734:5: macros expand to too many tokens; mend it',
    );
    expect(told).toMatch(/in:10: the hunk promises 9 old and 9 new lines, found 2 and 2; .*\n$/u);
  }, 240_000);

  test('a patch that shows more than is judged', async () => {
    const { status, reasons } = await review(
      patch(...Array.from({ length: 10_001 }, () => '    object_ref(OBJECT(mr));')),
    );
    expect(status).toBe(3);
    expect(reasons[0]).toMatch(
      /^system\/memory\.c:2691: the patch shows 10004 lines .*; split it\.$/u,
    );
  });
});

describe('files that cannot be used', () => {
  test('a folder, nothing, and a device without end', async () => {
    expect(await failure(readInput(folder))).toBe(
      `${folder}: is a directory; give a patch file, a mail or an mbox.`,
    );
    expect(await failure(readInput(join(folder, 'none')))).toContain('no such file; give');
    expect(await failure(readInput('/dev/zero'))).toContain('larger than 64 MiB; give');
    expect(await failure(readInput(`${folder}/${'x'.repeat(300)}`))).toContain(
      'cannot be read: name too long; give',
    );
  });

  test('a missing folder for the output is told before any work', async () => {
    const file = join(folder, 'in');
    writeFileSync(file, patch('    object_ref(OBJECT(mr));'));
    const call = reviewCommand(file, { format: 'json', output: join(folder, 'none', 'out') });
    expect(await failure(call)).toMatch(
      /^--output .*: cannot be written: no such file or directory; name a file in a folder/u,
    );
  });

  test('a full disk moves the review to standard output', async () => {
    const file = join(folder, 'in');
    writeFileSync(file, '--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n');
    let printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
    expect(await reviewCommand(file, { format: 'text', output: '/dev/full' })).toBe(2);
    expect(printed).toContain('not-applicable');
    expect(told).toContain('no space left on device; the review is on standard output');
  });
});

test('a bug of ours is one sentence, never a stack', () => {
  expect(explain(new TypeError('x is not a function'))).toEqual({
    status: 3,
    text: expect.stringMatching(
      /^internal error \(TypeError: x is not a function\); please report/u,
    ),
  });
});

test('the same change is known wherever in the input it stands', async () => {
  const mails = [mail(1, patch('    object_ref(mr);')), mail(2, patch('    object_ref(mr);'))];
  const other = mail(3, patch('    object_unref(mr);'));
  const { series } = await readSeries('in', Buffer.from([...mails, other].join('')));
  const [first, second, third] = series.map(changeOf);
  expect(series).toHaveLength(3);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});
