import { describe, expect, test } from '@jest/globals';
import { commentsOf, summaryOf } from '../../src/review/comments.ts';
import { earlierOf, parseEarlier, withHistory } from '../../src/review/history.ts';
import { renderJson } from '../../src/review/json.ts';
import { renderText } from '../../src/review/text.ts';
import { findingOf, reviewOf } from './reviews.ts';

const [old, kept, fresh] = ['a', 'b', 'c'].map((letter, line) =>
  findingOf({
    fingerprint: letter.repeat(16),
    scenario: `alias/${letter}`,
    message: `${letter} goes wrong.`,
    anchor: { path: 'system/memory.c', side: 'RIGHT', line },
  }),
);

describe('an earlier version', () => {
  const earlier = reviewOf({ findings: [old, kept].flatMap((each) => each ?? []) });
  const now = reviewOf({ findings: [kept, fresh].flatMap((each) => each ?? []) });
  const review = withHistory(now, earlier);

  test('is compared by fingerprints', () => {
    expect(review.history).toMatchObject({
      previous: { version: 1, messageId: 'patch@example.org' },
      cleared: [{ scenario: 'alias/a' }],
      remaining: [{ scenario: 'alias/b' }],
      new: [{ scenario: 'alias/c' }],
    });
  });

  test('is not said again', () => {
    expect(commentsOf(review).map(({ text }) => text)).toEqual(['c goes wrong.']);
    expect(summaryOf(review).points).toEqual([
      'Cleared since v1: assertion in `alias/a`.',
      'Remains as since v1: assertion in `alias/b`.',
      'New since v1: assertion in `alias/c`.',
    ]);
    expect(renderText(review)).toContain('Cleared since v1');
    expect(renderText(review)).not.toContain('b goes wrong');
  });

  test('is read back from JSON, a review a line', () => {
    const other = reviewOf({ input: { ...now.input, subject: 'another' } });
    const all = parseEarlier(renderJson(earlier) + renderJson(other)) ?? [];
    expect(earlierOf('another', all)?.input.subject).toBe('another');
    expect(earlierOf('no such', all)).toBeUndefined();
    expect(earlierOf('renamed since', all.slice(0, 1))).toBe(all[0]);
    expect(parseEarlier('{}')).toBeUndefined();
    expect(parseEarlier('{"schema"')).toBeUndefined();
  });
});
