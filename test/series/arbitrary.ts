import fc from 'fast-check';

import type { FileChange, Hunk, HunkLine } from '../../src/series/series.ts';

const words = fc.array(fc.stringMatching(/^[a-z(){};=*&>-]{1,8}$/), { maxLength: 6 });

const text = fc
  .tuple(fc.integer({ min: 0, max: 3 }), words)
  .map(([indent, line]) => (line.length === 0 ? '' : '    '.repeat(indent) + line.join(' ')));

const change = fc.tuple(fc.constantFrom('context', 'added', 'removed'), text);

function numbered(
  changes: readonly (readonly [HunkLine['kind'], string])[],
  oldStart: number,
  shift: number,
): Hunk {
  let [oldLine, newLine] = [oldStart, oldStart + shift];
  const lines = changes.map(([kind, content]): HunkLine => {
    switch (kind) {
      case 'context':
        return { kind, text: content, oldLine: oldLine++, newLine: newLine++ };
      case 'added':
        return { kind, text: content, newLine: newLine++ };
      case 'removed':
        return { kind, text: content, oldLine: oldLine++ };
    }
  });
  const [oldCount, newCount] = [oldLine - oldStart, newLine - oldStart - shift];
  return {
    oldStart,
    oldCount,
    newStart: oldStart + shift,
    newCount,
    section: 'static void f(void)',
    lines,
  };
}

const hunks = fc
  .array(fc.array(change, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 })
  .map((all) => {
    const out: Hunk[] = [];
    let [at, shift] = [10, 0];
    for (const changes of all) {
      const hunk = numbered(changes, at, shift);
      out.push(hunk);
      at += hunk.oldCount + 10;
      shift += hunk.newCount - hunk.oldCount;
    }
    return out;
  });

/** Random changes of up to three files, some with paths that git must quote. */
export const anyFiles: fc.Arbitrary<FileChange[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom('system/memory.c', 'qom/object.c', 'docs/ä"b.rst', 'hw/with blank.c'),
      hunks,
    )
    .map(([path, all]): FileChange => ({
      oldPath: path,
      newPath: path,
      kind: 'modified',
      binary: false,
      oldBlob: '57fb2aec76',
      newBlob: 'a325e97d7b',
      hunks: all,
    })),
  { minLength: 1, maxLength: 3 },
);
