import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { readSeries } from '../../src/series/read.ts';
import type { Series } from '../../src/series/series.ts';
import { MOST_REMARKS, WordingChecker } from '../../src/wording/check.ts';
import type { Wording } from '../../src/wording/check.ts';

const REAL = new URL('../../../shared/real/', import.meta.url);
const present = existsSync(REAL);
if (!present) {
  process.stderr.write('SKIPPED: wording of real mails: ../shared/real is not here\n');
}
const whenPresent = present ? describe : describe.skip;

// How long Harper takes to start depends on what else the machine does.
jest.setTimeout(120_000);

const words = ['frobnicete'];
const all = new WordingChecker({ most: Infinity, words });

afterAll(() => {
  all.close();
});

async function read(bytes: Uint8Array): Promise<Series> {
  const { series } = await readSeries('x', bytes);
  return series[0] as Series;
}

async function check(bytes: Uint8Array, most = Infinity): Promise<Wording> {
  const checker = most === Infinity ? all : new WordingChecker({ most });
  try {
    const { patches } = await read(bytes);
    return await (
      await checker.begin(patches)
    )();
  } finally {
    if (checker !== all) {
      checker.close();
    }
  }
}

function mail(message: string, ...added: string[]): Buffer {
  const body = added.map((line) => `+${line}`).join('\n');
  const diff = `diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,1 +1,${added.length + 1} @@\n int x;\n${body}\n`;
  return Buffer.from(
    `From: A <a@example.org>\nSubject: [PATCH] queue: change it\n\n${message}\n---\n${diff}`,
  );
}

function lines({ remarks }: Wording): string[] {
  return remarks.map(({ where, line, remark }) => `${where}:${line} ${remark}`);
}

describe('remarks', () => {
  test('stand against their lines, in the order of the patch', async () => {
    const found = await check(
      mail(
        'Use the the queue.\n\nIt is embeded.',
        '/*',
        ' * A timer must',
        ' * has a queue.',
        ' */',
      ),
    );
    expect(lines(found)).toEqual([
      'a.c:3 "must have" or "has"',
      'message:1 s/the the/the/',
      'message:3 s/embeded/embedded/',
    ]);
    expect(found.remarks[0]).toMatchObject({ patch: 1, text: ' * A timer must' });
  });

  test('are few where few are wanted: what stays before the message, guesses last', async () => {
    const found = await check(
      mail('Use the the queue.', '/* It shares the same lock. It must has the the lock. */'),
      2,
    );
    expect(lines(found)).toEqual(['a.c:2 "must have" or "has"', 'a.c:2 s/the the/the/']);
  });

  test('spare what is known, repeated on purpose, or not new', async () => {
    const found = await check(
      mail(
        'Call memory_regoin_ref() as frobnicete had had.',
        'int embeded; /* The embeded one. */',
      ),
    );
    expect(found).toEqual({ remarks: [] });
  });

  test('are the same when those of the series before were never read', async () => {
    const { patches } = await read(mail('It is embeded.', 'int a;'));
    const first = await (await all.begin(patches))();
    await all.begin(patches);
    expect(await (await all.begin(patches))()).toEqual(first);
    expect(lines(first)).toEqual(['message:1 s/embeded/embedded/']);
  });

  test('say what was too much', async () => {
    const comment =
      '/* Some words that are here again and again, and once more for good measure. */';
    const found = await check(mail('', ...Array.from({ length: 1_000 }, () => comment)));
    expect(found.notChecked).toBe('prose beyond 60000 characters');
  });

  test.each([
    ['one endless word', 'a'.repeat(100_000)],
    ['escape sequences', '\u001B[31m the the \u0007'],
    ['brackets', '/*'.repeat(300)],
    ['quotes', '"'.repeat(900)],
    ['backslashes', `'${'\\'.repeat(901)}`],
    ['words', 'word '.repeat(190)],
    ['nested calls', 'f('.repeat(400)],
    ['other letters', '文字 \u202E абв '.repeat(50)],
  ])('hostile text ends: %s', async (_, text) => {
    const found = await check(mail('', `/* ${text} */`));
    expect(found.notChecked).toBeUndefined();
  });
});

test('nothing is started where no prose was added', async () => {
  const checker = new WordingChecker({ most: MOST_REMARKS });
  const { patches } = await read(
    Buffer.from('--- a/a.c\n+++ b/a.c\n@@ -1 +1,2 @@\n int a;\n+int b;\n'),
  );
  expect(await (await checker.begin(patches))()).toEqual({ remarks: [] });
});

whenPresent('real mails', () => {
  test.each(['seed.txt', 'v1.eml'])('%s: both remarks of the reviewer', async (file) => {
    const bytes = readFileSync(new URL(file, REAL));
    const few = await check(bytes, MOST_REMARKS);
    expect(few.remarks.length).toBeLessThanOrEqual(MOST_REMARKS);
    const said = few.remarks.map(({ text, remark }) => [remark, text]);
    expect(said).toContainEqual(['"must have" or "has"', expect.stringContaining('must has an')]);
    expect(said).toContainEqual([
      's/it/they ?',
      expect.stringContaining('in this case it must share the same owner'),
    ]);
    const every = await check(bytes);
    expect(every.remarks.map(({ remark }) => remark)).toEqual(
      expect.arrayContaining([
        's/order which/order in which/',
        's/..//',
        's/, in this case/. In this case ?',
        's/, or,//',
        's/embeded/embedded/',
        's/Proper document/Properly document/',
        's/Loose/Loosen ?',
      ]),
    );
  });

  test.each([
    'v2-09of15.eml',
    'as-destroy-free.eml',
    'log-access-direction.eml',
    'attached-patch.eml',
    'flowed-quote.eml',
  ])('%s: nothing to remark on', async (file) => {
    expect(await check(readFileSync(new URL(file, REAL)))).toEqual({ remarks: [] });
  });
});
