import { describe, expect, test } from '@jest/globals';
import { commentsOf, summaryOf } from '../../src/review/comments.ts';
import { findingOf, reviewOf, rowOf } from './reviews.ts';

describe('comments', () => {
  test('all that goes wrong because of one line is one comment, the commonest told', () => {
    const findings = [
      findingOf({ scenario: 'alias/made-again', outcome: 'dangling-reference', message: 'Rare.' }),
      findingOf({ others: ['a', 'b'] }),
    ];
    const [comment, ...rest] = commentsOf(reviewOf({ findings }));
    expect(rest).toEqual([]);
    expect(comment).toMatchObject({ patch: 1, path: 'system/memory.c', side: 'RIGHT', line: 11 });
    expect(comment?.text).toBe(
      'In `same-owner/child-first` the patched code stops. The base leaks there. 2 other scenarios end the same way, and 1 ends with dangling-reference, such as `alias/made-again`.',
    );
  });

  test('the verified diff is shown whichever of them it mends', () => {
    const suggestion = { path: 'system/memory.c', block: null, diff: '' };
    const findings = [
      findingOf({ others: ['a'] }),
      findingOf({ scenario: 'alias/made-again', suggestion }),
    ];
    expect(commentsOf(reviewOf({ findings }))[0]?.suggestion).toEqual(suggestion);
  });

  test('stand in the order of the patches, then of the lines', () => {
    const anchor = { path: 'system/memory.c', side: 'RIGHT' as const };
    const findings = [
      findingOf({ patch: 2, anchor: { ...anchor, line: 3 } }),
      findingOf({ patch: 1, anchor: { ...anchor, line: 9 } }),
      findingOf({ patch: 1, anchor: { ...anchor, line: 4 } }),
    ];
    const places = commentsOf(reviewOf({ findings })).map(({ patch, line }) => [patch, line]);
    expect(places).toEqual([
      [1, 4],
      [1, 9],
      [2, 3],
    ]);
  });
});

describe('the summary', () => {
  test('says in numbers what got better, and blames nobody for what was there', () => {
    const clean = { outcome: 'clean', at: null };
    const scenarios = [
      rowOf({ id: 'topology/small:1', class: 'fixed', after: clean }),
      rowOf({ id: 'same-owner/child-first', class: 'fixed', after: clean }),
      rowOf({ id: 'nesting/cycle', class: 'preexisting', after: { outcome: 'leak', at: null } }),
      rowOf({ id: 'alias/late', class: 'changed', contract: 'tolerated' }),
      rowOf({ id: 'alias/early', class: 'changed', contract: 'tolerated', after: clean }),
      rowOf({ id: 'flat/x', class: 'transient', patches: { worse: 2, better: 4 } }),
    ];
    const review = reviewOf({ scenarios, quiet: { clean: 5, preexisting: 2 } });
    expect(summaryOf(review).points).toEqual([
      'Fixed: 2 scenarios, such as `same-owner/child-first` (leak before, clean now).',
      'Ended worse where the API promises nothing: 1 scenario, such as `alias/late` (leak before, assertion now).',
      'Broken inside the series and mended in it: 1 scenario, such as `flat/x` (by patch 2, then 4).',
      'As bad before as after: 3 scenarios.',
    ]);
    expect(summaryOf(review).checked).toEqual([
      '13 scenarios run on the embedded model of the files, before and after; 2 of 2 changed lines executed.',
    ]);
  });

  test('says what was not checked, and nothing where nothing was to be', () => {
    const missed = {
      path: 'system/memory.c',
      side: 'RIGHT' as const,
      line: 3,
      text: 'f();',
      reason: 'no place',
    };
    const coverage = {
      changedLines: 9,
      executedLines: 2,
      notMapped: Array.from({ length: 7 }, () => missed),
      notModelled: ['call to x'],
    };
    const { checked } = summaryOf(reviewOf({ verdict: 'inconclusive', coverage }));
    expect(checked).toHaveLength(8);
    expect(checked.slice(-2)).toEqual(['Nor were 2 more lines.', 'Not modelled: call to x.']);
    expect(summaryOf(reviewOf({ verdict: 'not-applicable', scenarios: [] })).checked).toEqual([]);
  });
});
