import { describe, expect, test } from '@jest/globals';

import { readSeries } from '../../src/series/read.ts';

/** Milliseconds in which nothing that costs more than its length would end. */
const PATIENCE = 60_000;

const HEAD = 'diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n';

const cases: readonly (readonly [
  name: string,
  input: string,
  line: number | undefined,
  says: string,
])[] = [
  ['an empty file', '', undefined, 'empty'],
  ['a blank file', '\n\n', 1, 'no patch found'],
  ['a mail without a patch', 'From: a@x\nSubject: hello\n\nHow are you?\n', 1, 'no patch found'],
  ['a cover letter alone', 'From: a@x\nSubject: [PATCH 0/3] c\n\nSee below.\n', 1, 'cover letter'],
  [
    'a truncated hunk',
    `${HEAD}@@ -1,3 +1,3 @@\n a\n-b\n`,
    4,
    'promises 3 old and 3 new lines, found 2 and 1',
  ],
  [
    'a hunk that is too long',
    `${HEAD}@@ -1,1 +1,1 @@\n a\n-b\n`,
    4,
    'promises 1 old and 1 new lines, found 2 and 1',
  ],
  ['no hunk at all', HEAD, 2, 'expected a hunk'],
  ['a hunk without a file', '@@ -1 +1 @@\n-a\n+b\n', 1, 'expected "--- a/path"'],
  ['a hunk header that is none', `${HEAD}@@ -1,x +1 @@\n-a\n+b\n`, 4, 'expected a hunk header'],
  [
    'a missing +++',
    'diff --git a/x b/x\n--- a/x\n@@ -1 +1 @@\n-a\n+b\n',
    3,
    'expected "+++ b/path"',
  ],
  [
    'a path that leaves the tree',
    '--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n',
    1,
    'leaves',
  ],
  ['an absolute path', '--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n', 1, 'is absolute'],
  [
    'a quoted path with a NUL',
    '--- "a/x\\000"\n+++ "b/x\\000"\n@@ -1 +1 @@\n-a\n+b\n',
    1,
    'control character',
  ],
  [
    'a combined diff',
    'diff --cc x.c\n--- a/x.c\n+++ b/x.c\n@@@ -1 -1 +1 @@@\n--a\n++b\n',
    1,
    'combined diff',
  ],
  ['NUL bytes', `${HEAD}@@ -1 +1 @@\n-a\n+\0\n`, 6, 'NUL byte'],
];

describe('bad input is one sentence with file, line and what to do', () => {
  test.each(cases)('%s', async (_name, input, line, says) => {
    const { series, errors } = await readSeries('in.patch', Buffer.from(input));
    expect(series).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.line).toBe(line);
    expect(errors[0]?.message).toContain(says);
    expect(errors[0]?.message).toMatch(/[;:] [^\p{Cc}]+\.$/u);
    expect(String(errors[0])).toMatch(
      line === undefined ? /^in\.patch: / : new RegExp(`^in\\.patch:${line}: `),
    );
  });

  test('a mail of 50 MB is refused at once', async () => {
    const input = Buffer.alloc(50 * 1024 * 1024, `${HEAD}@@ -1 +1 @@\n-a\n+b\n`);
    const { errors } = await readSeries('big', input);
    expect(errors.map(({ message }) => message)).toEqual([
      'the mail has 50 MB, more than the 8 MB that are read; split it.',
    ]);
  });

  test(
    'a mail just below the limit is read in bounded time',
    async () => {
      const hunk = '@@ -1 +1 @@\n-a\n+b\n';
      const input = Buffer.from(`${HEAD}${hunk.repeat(8_000_000 / hunk.length)}`);
      const { series, errors } = await readSeries('big', input);
      expect(series.length + errors.length).toBe(1);
    },
    PATIENCE,
  );

  test.each([
    [
      'a path of blanks',
      `--- a/${' '.repeat(200_000)}y\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n`,
      'longer than 4096',
    ],
    [
      'half a link',
      `[${'a@'.repeat(100_000)}](${'a@'.repeat(99_999)})\n${HEAD}`,
      'expected a hunk',
    ],
  ])(
    '%s costs no more than its length',
    async (_name, input, says) => {
      const { errors } = await readSeries('in', Buffer.from(input));
      expect(errors[0]?.message).toContain(says);
    },
    PATIENCE,
  );

  test('2,000 levels of MIME are refused', async () => {
    const levels = Array.from(
      { length: 2000 },
      (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`,
    );
    const { series, errors } = await readSeries(
      'deep',
      Buffer.from(`MIME-Version: 1.0\n${levels.join('')}`),
    );
    expect(series).toEqual([]);
    expect(errors[0]?.message).toContain('nests 2000 MIME parts');
  });

  test('control characters of the input never reach a message', async () => {
    const { errors } = await readSeries(
      'a\nb',
      Buffer.from(`${HEAD}@@ -1,2 +1 @@\u001B[31m\n-a\n+b\n\u001B]0;x\n`),
    );
    expect(errors).toHaveLength(1);
    expect(String(errors[0])).not.toMatch(/\p{Cc}/u);
  });
});
