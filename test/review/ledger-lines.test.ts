import { expect, test } from '@jest/globals';
import { ledgerLines } from '../../src/review/ledger-lines.ts';
import type { Finding } from '../../src/review/schema.ts';

type Entry = Finding['ledger']['after'][number];

const take: Entry = { object: 'D0', kind: 'take', at: 'a.c:1 f', holder: 'A', matched: false };
const drop: Entry = { ...take, kind: 'drop', at: 'a.c:2 g' };

function linesOf(after: readonly Entry[], partsAt: number, most: number): unknown {
  return ledgerLines({ ledger: { before: [], after: [...after], partsAt } }, most);
}

test('what a loop does again and again is one line, from where both sides part', () => {
  const others = Array.from({ length: 1_999 }, () => take);
  expect(linesOf([take, take, ...others, drop, take], 1, 3)).toEqual({
    lines: [
      '  +1 D0 for A at a.c:1 f (no partner)',
      '> +1 D0 for A at a.c:1 f (no partner), 2,000 times',
      '  -1 D0 for A at a.c:2 g (no partner)',
    ],
    more: 1,
  });
});

test('references on other objects are left out', () => {
  expect(linesOf([{ ...take, object: 'D1' }, drop], 1, 3)).toEqual({
    lines: ['> -1 D0 for A at a.c:2 g (no partner)'],
    more: 0,
  });
});
