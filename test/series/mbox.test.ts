import { describe, expect, test } from '@jest/globals';

import { readSeries } from '../../src/series/read.ts';
import type { InputError, Series } from '../../src/series/series.ts';

const POSTMARK = 'From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001';

interface Fields {
  readonly id?: string;
  readonly to?: string;
  readonly body?: string;
}

function diff(path: string): string {
  return `--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-a\n+b\n-- \n2.47.0\n`;
}

function mail(subject: string, { id, to, body }: Fields = {}): string {
  const head = [POSTMARK, 'From: A <a@x>', `Subject: ${subject}`];
  head.push(
    ...(id === undefined ? [] : [`Message-Id: <${id}>`]),
    ...(to === undefined ? [] : [`In-Reply-To: <${to}>`]),
  );
  return `${head.join('\n')}\n\n${body ?? `Why.\n---\n\n${diff('x.c')}`}\n`;
}

async function read(...mails: string[]): Promise<{ series: Series[]; errors: InputError[] }> {
  return readSeries('box', Buffer.from(mails.join('')));
}

function outline(series: readonly Series[]): unknown {
  return series.map(({ subject, version, patches }) => [
    subject,
    version,
    patches.map(({ index }) => index),
  ]);
}

describe('an mbox', () => {
  test('is sorted by number and headed by its cover letter', async () => {
    const { series, errors } = await read(
      mail('[PATCH v2 2/3] two', { id: '2', to: '0' }),
      mail('[PATCH v2 3/3] three', { id: '3', to: '0' }),
      mail('[PATCH v2 0/3] cover', { id: '0', to: 'old', body: 'All of it.' }),
      mail('Re: [PATCH v2 2/3] two', { id: 'r', to: '2', body: diff('x.c').replace(/^/gm, '> ') }),
      mail('[PATCH v2 1/3] one', { id: '1', to: '0' }),
    );
    expect(errors).toEqual([]);
    expect(outline(series)).toEqual([['cover', 2, [1, 2, 3]]]);
    expect(series[0]).toMatchObject({ kind: 'mbox', messageId: '0' });
  });

  test('may hold several versions and several series', async () => {
    const { series } = await read(
      mail('[PATCH 1/2] one', { id: 'a1' }),
      mail('[PATCH 2/2] two', { id: 'a2', to: 'a1' }),
      mail('[PATCH v2 1/2] one', { id: 'b1', to: 'a1' }),
      mail('[PATCH v2 2/2] two', { id: 'b2', to: 'b1' }),
      mail('[PATCH 2/2] other two', { id: 'c2', to: 'c0' }),
      mail('[PATCH 1/2] other one', { id: 'c1', to: 'c0' }),
      mail('[PATCH] alone', { id: 'd' }),
    );
    expect(outline(series)).toEqual([
      ['one', 1, [1, 2]],
      ['one', 2, [1, 2]],
      ['other one', 1, [1, 2]],
      ['alone', 1, [1]],
    ]);
  });

  test('without threading is cut where a number comes twice', async () => {
    const { series } = await read(
      mail('[PATCH 1/2] a'),
      mail('[PATCH 2/2] b'),
      mail('[PATCH 1/2] c'),
      mail('[PATCH 2/2] d'),
    );
    expect(outline(series)).toEqual([
      ['a', 1, [1, 2]],
      ['c', 1, [1, 2]],
    ]);
  });

  test('is not at fault for a reviewer who quotes a part of a hunk', async () => {
    const part = diff('x.c').replace('+b\n', '').replace(/^/gm, '> ');
    const review = mail('Re: [PATCH] a', { id: 'r', to: 'p', body: part });
    const { series, errors } = await read(mail('[PATCH] a', { id: 'p' }), review);
    expect(errors).toEqual([]);
    expect(outline(series)).toEqual([['a', 1, [1]]]);
    expect((await read(review)).errors).toHaveLength(1);
  });

  test('has "From " unescaped', async () => {
    const { series } = await read(
      mail('[PATCH] a', { body: `>From here on.\n---\n${diff('x.c')}` }),
    );
    expect(series[0]?.patches[0]?.message).toBe('From here on.');
  });

  test('of a thousand mails, one broken, gives the others quickly', async () => {
    const mails = Array.from({ length: 1000 }, (_, index) =>
      mail(
        `[PATCH ${index + 1}/1000] p`,
        index === 500 ? { body: diff('x.c').replace('+b\n', '') } : {},
      ),
    );
    const { series, errors } = await read(...mails);
    expect(series[0]?.patches).toHaveLength(999);
    const before = mails.slice(0, 500).join('').split('\n').length - 1;
    expect(errors.map(({ line }) => line)).toEqual([before + 7]);
  });
});
