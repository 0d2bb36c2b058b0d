import { describe, expect, test } from '@jest/globals';
import { PLAIN } from '../../src/review/paint.ts';
import { renderText } from '../../src/review/text.ts';
import { findingOf, reviewOf, rowOf } from './reviews.ts';

const message = 'The patched code does one thing after the other, '.repeat(6).trim();
const long = 'address-space/'.padEnd(60, 'x');
const review = reviewOf({ findings: [findingOf({ message })], scenarios: [rowOf({ id: long })] });

function widths(columns?: number): number[] {
  const text = renderText(review, PLAIN, columns);
  return text
    .split('\n')
    .filter((line) => !/^ {2}replay:/u.test(line) && !line.includes(long))
    .map((line) => line.length);
}

describe('text', () => {
  test('fits 80 columns, also where there are fewer', () => {
    expect(Math.max(...widths())).toBeLessThanOrEqual(80);
    expect(widths(40)).toEqual(widths());
  });

  test('uses the columns that there are', () => {
    expect(Math.max(...widths(120))).toBeGreaterThan(100);
    expect(Math.max(...widths(120))).toBeLessThanOrEqual(120);
    expect(renderText(review, PLAIN, 120)).toContain(`  ${long}  leak`);
  });
});
