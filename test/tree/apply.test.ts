import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Hunk, HunkLine } from '../../src/series/series.ts';
import { ApplyError, applyChange, applyHunks } from '../../src/tree/apply.ts';

/** A hunk from lines with their diff markers. */
function hunk(oldStart: number, lines: readonly string[]): Hunk {
  const parsed = lines.map((line): HunkLine => {
    const kind = line[0] === '+' ? 'added' : line[0] === '-' ? 'removed' : 'context';
    return { kind, text: line.slice(1) };
  });
  const oldCount = parsed.filter((line) => line.kind !== 'added').length;
  const newCount = parsed.filter((line) => line.kind !== 'removed').length;
  return { oldStart, oldCount, newStart: oldStart, newCount, section: '', lines: parsed };
}

function side(mark: string, lines: readonly string[]): string[] {
  return lines.map((text) => mark + text);
}

const TEXT = 'a\nb\nc\nd\n';

describe('a hunk on the text of a tree', () => {
  test('goes where its old lines are, and says which lines it made', () => {
    const { text, lines } = applyHunks('f.c', TEXT, [hunk(2, [' b', '-c', '+x', '+y', ' d'])]);
    expect(text).toBe('a\nb\nx\ny\nd\n');
    expect(lines.map(({ line, at }) => `${line.kind} ${line.text} ${at}`)).toEqual([
      'removed c 3',
      'added x 3',
      'added y 4',
    ]);
  });

  test('is found further down or up, and later hunks move with it', () => {
    const moved = `0\n0\n0\n${TEXT}${TEXT}`;
    const hunks = [hunk(1, [' a', '+x', ' b']), hunk(5, [' a', '+y', ' b'])];
    expect(applyHunks('f.c', moved, hunks).text).toBe('0\n0\n0\na\nx\nb\nc\nd\na\ny\nb\nc\nd\n');
  });

  test('fits where a mail changed white space, and leaves the context as it was', () => {
    const { text } = applyHunks('f.c', '\tif (x)\n\t\ty();\n', [hunk(1, [' if (x)', '+  z();'])]);
    expect(text).toBe('\tif (x)\n  z();\n\t\ty();\n');
  });

  test('that has no place is told with the line that differs', () => {
    const hunks = [hunk(1, [' a']), hunk(2, [' b', '-z'])];
    expect(() => applyHunks('f.c', TEXT, hunks)).toThrow(
      new ApplyError(
        'f.c',
        'hunk 2 of 2 does not apply; at line 3 it expects `z`, and the tree has `c`.',
      ),
    );
  });

  test('taken back gives the text of before', () => {
    const line = fc.constantFrom('a', 'b', '}');
    const parts = fc.tuple(fc.array(line), fc.array(line, { minLength: 1 }), fc.array(line));
    fc.assert(
      fc.property(parts, fc.array(line), ([before, old, after], fresh) => {
        const text = [...before, ...old, ...after].map((each) => `${each}\n`).join('');
        const there = [hunk(before.length + 1, [...side('-', old), ...side('+', fresh)])];
        const back = [
          hunk(before.length + (fresh.length === 0 ? 0 : 1), [
            ...side('-', fresh),
            ...side('+', old),
          ]),
        ];
        expect(applyHunks('f.c', applyHunks('f.c', text, there).text, back).text).toBe(text);
      }),
    );
  });
});

describe('a file that a patch', () => {
  const tree = new Map([['there.c', TEXT]]);
  const base = { binary: false, hunks: [hunk(0, ['+new'])] };

  test('adds is new', () => {
    expect(applyChange(tree, 'new.c', { ...base, kind: 'added' }).text).toBe('new\n');
    expect(() => applyChange(tree, 'there.c', { ...base, kind: 'added' })).toThrow(
      'the tree has it already',
    );
  });

  test('changes has to be there', () => {
    expect(() => applyChange(tree, 'new.c', { ...base, kind: 'modified' })).toThrow(
      'new.c: the patch changes this file, and the tree does not have it.',
    );
  });

  test('deletes is gone', () => {
    const hunks = [hunk(1, ['-a', '-b', '-c', '-d'])];
    expect(applyChange(tree, 'there.c', { ...base, kind: 'deleted', hunks }).text).toBeUndefined();
  });
});
