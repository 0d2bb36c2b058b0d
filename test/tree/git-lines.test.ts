import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { FileChange, HunkLine } from '../../src/series/series.ts';
import { placeLines } from '../../src/tree/git-lines.ts';
import { lines } from './git-fixture.ts';

/** A change of one hunk: ` ` context, `+` added, `-` removed. */
function change(start: number, marked: readonly string[]): FileChange {
  let [oldLine, newLine] = [start, start];
  const hunk = marked.map((text): HunkLine => {
    const rest = text.slice(1);
    switch (text[0]) {
      case '+':
        return { kind: 'added', text: rest, newLine: newLine++ };
      case '-':
        return { kind: 'removed', text: rest, oldLine: oldLine++ };
      default:
        return { kind: 'context', text: rest, oldLine: oldLine++, newLine: newLine++ };
    }
  });
  const counts = {
    oldStart: start,
    oldCount: oldLine - start,
    newStart: start,
    newCount: newLine - start,
  };
  return {
    oldPath: 'a.c',
    newPath: 'a.c',
    kind: 'modified',
    binary: false,
    hunks: [{ ...counts, section: '', lines: hunk }],
  };
}

function placed(
  marked: readonly string[],
  start: number,
  before: string,
  after: string,
): (number | undefined)[] {
  const file = change(start, marked);
  return placeLines({ change: file, tree: file, before, after }).map(({ at }) => at?.line);
}

describe('the lines of a change', () => {
  const marked = [' m3;', '-m4;', '+four;', '+more;', ' m5;'];

  test('are where the hunk was moved to', () => {
    const after = lines('m', 9, { 4: 'four;\nmore;' });
    expect(placed(marked, 3, lines('m', 9), after)).toEqual([4, 4, 5]);
    expect(placed(marked, 30, `x\n${lines('m', 9)}`, `x\n${after}`)).toEqual([5, 5, 6]);
  });

  test('are found one by one where a merge changed the context', () => {
    const before = lines('m', 9, { 3: 'other;' });
    expect(placed(marked, 3, before, lines('m', 9, { 3: 'other;', 4: 'four;\nmore;' }))).toEqual([
      4, 4, 5,
    ]);
    expect(placed(marked, 3, before, lines('m', 9, { 3: 'other;', 4: '' }))).toEqual([
      4,
      undefined,
      undefined,
    ]);
  });

  test('are, of several places, those nearest to where the mail has them', () => {
    const block = '{\nx;\n}\n';
    expect(placed([' {', '+x;', ' }'], 7, '{\n}\n'.repeat(4), block.repeat(4))).toEqual([8]);
  });

  test('hold the text that the patch gives them', () => {
    const row = fc.constantFrom('a;', 'b;', '}', '');
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 30 }),
        fc.nat(30),
        fc.array(row, { minLength: 1, maxLength: 4 }),
        (text, at, added) => {
          const start = Math.min(at, text.length);
          const after = [...text.slice(0, start), ...added, ...text.slice(start)];
          const found = placed(
            added.map((each) => `+${each}`),
            start + 1,
            text.join('\n'),
            after.join('\n'),
          );
          expect(found.map((line) => after[(line ?? 0) - 1])).toEqual(added);
          expect(found[0]).toBe(start + 1);
        },
      ),
    );
  });
});
