import { describe, expect, test } from '@jest/globals';
import { readSeries } from '../../src/series/read.ts';

const HEAD = `From: A <a@example.org>
Subject: [PATCH] two hunks
Message-ID: <1@example.org>

Why.
---
 a.c | 2 ++
 1 file changed, 2 insertions(+)

diff --git a/a.c b/a.c
--- a/a.c
+++ b/a.c
`;
const FIRST = '@@ -1,2 +1,3 @@ int f(void)\n one\n+two\n three\n';
const SECOND = '@@ -11,2 +12,3 @@ int g(void)\n ten\n+eleven\n twelve\n';

async function read(mail: string) {
  return readSeries('cut.eml', new TextEncoder().encode(mail));
}

describe('a mail that lost something', () => {
  test('whole, it is read', async () => {
    const { series, errors } = await read(HEAD + FIRST + SECOND);
    expect(errors).toEqual([]);
    expect(series[0]?.patches[0]?.files[0]?.hunks).toHaveLength(2);
  });

  test.each([
    ['its last hunk', HEAD + FIRST],
    ['the first @@ line', HEAD + FIRST.slice(FIRST.indexOf('\n') + 1) + SECOND],
    ['half of a hunk', HEAD + FIRST + SECOND.slice(0, -9)],
  ])('%s: it is refused with a line', async (_, mail) => {
    const { errors } = await read(mail);
    expect(errors).toHaveLength(1);
    expect(String(errors[0])).toMatch(/^cut\.eml:\d+: /);
  });
});
