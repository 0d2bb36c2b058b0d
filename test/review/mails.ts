import { expect } from '@jest/globals';
import { readSeries } from '../../src/series/read.ts';
import type { Series } from '../../src/series/series.ts';

/** A line above any width. */
export const LONG = `/* ${'far to the right '.repeat(9)}*/`;
const HUNK = `@@ -8,6 +8,8 @@ static void memory_region_update_container_subregions(MemoryRegion *subregion)
 
     memory_region_transaction_begin();
 
-    memory_region_ref(subregion);
+    if (mr->owner != subregion->owner) {
+        memory_region_ref(subregion); ${LONG}
+    }
     QTAILQ_FOREACH(other, &mr->subregions, subregions_link) {
         if (subregion->priority >= other->priority) {`;

/** A mail of a series; the fields of its head can be replaced. */
export function mailOf(index: number, total: number, fields: Record<string, string> = {}): string {
  const all: Record<string, string> = {
    From: '=?utf-8?q?Andr=C3=A9?= Author <author@example.org>',
    To: '"Roe, Richard" <roe@example.org>, list@example.org',
    Cc: '=?utf-8?q?M=C3=BCller=2C_Eva?= <eva@example.org>, author@example.org',
    Date: 'Mon, 2 Nov 2026 10:00:00 +0000',
    Subject: `[PATCH v2 ${index}/${total}] memory: Take no reference within one owner, and so on\n to a second line`,
    'Message-ID': `<${index}@example.org>`,
    ...(index === 0 ? {} : { 'In-Reply-To': '<0@example.org>', References: '<0@example.org>' }),
    ...fields,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const diff = `diff --git a/system/memory.c b/system/memory.c\n--- a/system/memory.c\n+++ b/system/memory.c\n${HUNK}\n`;
  return `${head.join('\n')}\n\nWhy.\n\n---\n${index === 0 ? '' : diff}-- \n2.47.0\n\n`;
}

/** The one series that these mails are. */
export async function seriesOf(...mails: string[]): Promise<Series> {
  const [only = '', ...rest] = mails;
  const mark = 'From a@example.org Mon Nov  2 10:00:00 2026\n';
  const text = rest.length === 0 ? only : mails.map((mail) => mark + mail).join('');
  const { series, errors } = await readSeries('in', Buffer.from(text));
  expect(errors).toEqual([]);
  const [first] = series;
  if (first === undefined) {
    throw new Error('no series');
  }
  return first;
}
