import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { lex } from '../../../src/c/lex.ts';
import { graft, type GraftResult } from '../../../src/lifecycle/graft/graft.ts';
import { items } from '../../../src/lifecycle/graft/items.ts';
import { modelTokens } from '../../../src/lifecycle/graft/text.ts';
import { unitsOf } from '../../../src/lifecycle/graft/units.ts';
import type { Patch } from '../../../src/series/series.ts';
import { diff } from './diff.ts';

const MODEL = readFileSync('fixtures/graft/model.c', 'utf8');
const UPSTREAM = readFileSync('fixtures/graft/upstream.c', 'utf8');
const resolve = (path: string): string | undefined =>
  path === 'lib/shelf.c' ? 'model/shelf.c' : undefined;

/** Spellings without `#line`, to compare C whatever its layout. */
function tokens(text: string): string {
  const bare = text.replaceAll(/^#line .*$/gm, '');
  return lex('x.c', bare)
    .map((token) => token.text)
    .join(' ');
}

function apply(patch: Patch, model = MODEL): GraftResult {
  return graft(new Map([['model/shelf.c', model]]), patch, resolve);
}

function output(result: GraftResult): string {
  return result.files.get('model/shelf.c') ?? '';
}

function replaced(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

const REF = '    book_ref(book);\n';
const REMOVE = '    LIST_REMOVE(&shelf->books, book, link);\n';
const UNREF = '    book_unref(book);\n';
const guarded = (call: string): string =>
  `    if (shelf->owner != book->owner) {\n    ${call}    }\n`;

/** Name; what changes upstream; what must change in the model where that reads differently. */
const CASES: readonly [string, string, string, string?, string?][] = [
  ['a dropped reference', REF, ''],
  ['a doubled drop', UNREF, UNREF + UNREF],
  ['a guard around a statement', REF, guarded(REF)],
  ['a guard around the drop', UNREF, guarded(UNREF)],
  ['two statements swapped', REMOVE + UNREF, UNREF + REMOVE],
  ['a dropped assertion', '    assert(book->shelf == shelf);\n', ''],
  ['a negated assertion', 'assert(book->shelf == shelf)', 'assert(book->shelf != shelf)'],
  ['a condition', 'if (shelf->count == 0)', 'if (shelf->count == 0 && !shelf->dirty)'],
  ['an else-if condition', 'if (shelf->count < 0)', 'if (shelf->count <= 0)'],
  ['an argument', 'shelf_commit(shelf, 0, 0)', 'shelf_commit(shelf, 1, 0)'],
  ['the second of two alike calls', 'release(shelf->index)', 'release(shelf->cover)'],
  [
    'an early return',
    '    assert(book->shelf == shelf);\n',
    '    if (!book->shelf) {\n        return;\n    }\n    assert(book->shelf == shelf);\n',
  ],
  [
    'a statement with locals',
    '            hit = 1;\n',
    '            hit = other->weight;\n',
    '            found = 1;\n',
    '            found = walk->weight;\n',
  ],
  [
    'a loop',
    'LIST_FOREACH(other,',
    'LIST_FOREACH_REVERSE(other,',
    'LIST_FOREACH(walk,',
    'LIST_FOREACH_REVERSE(walk,',
  ],
  [
    'a split condition',
    'other->weight >\n            book->weight',
    'other->weight >=\n            book->weight',
    'walk->weight > book->weight',
    'walk->weight >= book->weight',
  ],
  ['a new local and its use', UNREF, '    Owner *last = book->owner;\n    owner_unref(last);\n'],
  ['an unwrapped loop', '    book_release(shelf->spare);\n', ''],
  ['an emptied body', '        owner_unref(book->owner);\n', ''],
];

describe('edits of statements', () => {
  test.each(CASES)('%s', (_name, from, to, modelFrom = from, modelTo = to) => {
    const result = apply(diff('lib/shelf.c', UPSTREAM, replaced(UPSTREAM, from, to)));
    expect(result.notMapped).toEqual([]);
    expect(tokens(output(result))).toBe(tokens(replaced(MODEL, modelFrom, modelTo)));
  });

  test.each(CASES)('%s, and taken back', (_name, from, to) => {
    const changed = replaced(UPSTREAM, from, to);
    const there = output(apply(diff('lib/shelf.c', UPSTREAM, changed)));
    const back = apply(diff('lib/shelf.c', changed, UPSTREAM), there);
    expect(back.notMapped).toEqual([]);
    expect(tokens(output(back))).toBe(tokens(MODEL));
  });
});

describe('no edit', () => {
  test.each([
    ['a comment', '     * Readers keep the owner alive.\n', '     * The owner lives on.\n'],
    ['white space', UNREF, '      book_unref( book );\n'],
    ['a renamed local', 'other', 'peer'],
  ])('%s', (_name, from, to) => {
    const result = apply(diff('lib/shelf.c', UPSTREAM, UPSTREAM.replaceAll(from, to)));
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped).toEqual([]);
    expect(result.functions).toEqual([]);
  });

  test('a hunk of nothing but comment', () => {
    const text = `${UPSTREAM}${'/* one */\n'.repeat(4)}/* two */\n${'/* one */\n'.repeat(4)}`;
    const result = apply(diff('lib/shelf.c', text, text.replace('two', 'three')));
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped).toEqual([]);
    expect(result.added).toMatchObject([{ code: false, text: '/* three */' }]);
  });

  test('a file that the model does not have', () => {
    const result = apply(diff('lib/other.c', 'int a;\n', 'int b;\n'));
    expect(output(result)).toBe(MODEL);
    expect(result.added).toEqual([]);
  });
});

describe('where a hunk begins', () => {
  test('a heading that is a label names no function', () => {
    const from = '    shelf_commit(shelf, hit, n);\n';
    const patch = diff(
      'lib/shelf.c',
      UPSTREAM,
      replaced(UPSTREAM, from, `${from}    shelf_tidy(shelf);\n`),
    );
    const [file] = patch.files;
    const hunks = file?.hunks.map((hunk) => ({ ...hunk, section: 'out:' })) ?? [];
    const files = file === undefined ? [] : [{ ...file, hunks }];
    const result = apply({ ...patch, files });
    expect(result.notMapped).toEqual([]);
    expect(result.functions).toEqual(['shelf_insert']);
  });

  test('behind the do of a loop', () => {
    const loop =
      'void wait(Shelf *s)\n{\n    do {\n        read(s);\n/**/\n/**/\n/**/\n    } while (!try(s));\n}\n';
    const changed = loop.replace('!try', 'try');
    const result = apply(diff('lib/shelf.c', loop, changed), loop);
    expect(result.notMapped).toEqual([]);
    expect(tokens(output(result))).toBe(tokens(changed));
  });
});

describe('file level', () => {
  test('a helper in front of its caller', () => {
    const helper = 'static void book_drop(Book *book)\n{\n    owner_unref(book->owner);\n}\n\n';
    const head = 'void book_unref(Book *book)\n{\n';
    const changed = replaced(UPSTREAM, head, helper + head).replace(
      '        owner_unref(book->owner);\n    }\n}\n\nstatic void shelf',
      '        book_drop(book);\n    }\n}\n\nstatic void shelf',
    );
    const result = apply(diff('lib/shelf.c', UPSTREAM, changed));
    expect(result.notMapped).toEqual([]);
    expect(result.functions.toSorted()).toEqual(['book_drop', 'book_unref']);
    const text = output(result);
    expect(text.indexOf('book_drop(Book')).toBeLessThan(text.indexOf('book_drop(book)'));
  });

  test('a renamed function and its call', () => {
    const changed = UPSTREAM.replaceAll('book_release', 'book_free');
    const result = apply(diff('lib/shelf.c', UPSTREAM, changed));
    expect(tokens(output(result))).toBe(tokens(MODEL.replaceAll('book_release', 'book_free')));
  });

  test('a static variable that becomes public', () => {
    const changed = replaced(UPSTREAM, 'static unsigned open', 'unsigned open');
    const result = apply(diff('lib/shelf.c', UPSTREAM, changed));
    expect(tokens(output(result))).toBe(tokens(MODEL.replace('static unsigned', 'unsigned')));
  });

  test('parameters that the model calls otherwise', () => {
    const renamed = UPSTREAM.replaceAll(
      'shelf_remove(Shelf *shelf',
      'shelf_remove(Shelf *from',
    ).replace('    assert(book->shelf == shelf);\n', '    assert(book->shelf == from);\n');
    const line = '    book->shelf = NULL;\n';
    const after = renamed.replace(line, `${line}    shelf_sort(from);\n`);
    const result = apply(diff('lib/shelf.c', renamed, after));
    expect(result.notMapped).toEqual([]);
    expect(tokens(output(result))).toBe(
      tokens(replaced(MODEL, line, `${line}    shelf_sort(shelf);\n`)),
    );
  });

  test('a table of which the end is out of sight', () => {
    const rows = ['static const char *const kinds[] = {\n', '    "a",\n', '    "b",\n', '};\n'];
    const model = rows.join('');
    const before = [rows[0], '    "a",\n', '    "b",\n', '    "c",\n', '    "d",\n', '};\n'].join(
      '',
    );
    const result = apply(
      diff('lib/shelf.c', before, before.replace('    "a"', '    "new"')),
      model,
    );
    expect(output(result)).toBe(model);
    expect(result.notMapped.map(({ reason }) => reason)).toContain('its end is not visible');
  });

  test('the rest of a macro is nothing of what it stands in', () => {
    const macro = 'struct Book {\n    int weight;\n};\n\n#define MAKE(x) \\\n';
    const rest = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
      (name) => `    int x##_${name}(void); \\\n`,
    );
    const before = `${macro}${rest.join('')}    int x\n`;
    const model = 'struct Book {\n    int weight;\n};\n';
    const result = apply(diff('lib/shelf.c', before, before.replace('_e(void)', '_e(int)')), model);
    expect(output(result)).toBe(model);
  });

  test('a prototype of a type that the model does not have', () => {
    const line = 'static unsigned open_shelves;\n';
    const after = replaced(
      UPSTREAM,
      line,
      `${line}void shelf_paint(Shelf *shelf, Colour *colour);\n`,
    );
    const model = `typedef struct Shelf Shelf;\n${MODEL}`;
    expect(output(apply(diff('lib/shelf.c', UPSTREAM, after), model))).toBe(model);
  });

  test('a field', () => {
    const before = 'struct Book {\n    char *title;\n    int weight;\n    bool enabled;\n};\n';
    const after = before.replace('    int weight;\n', '    int weight;\n    bool lent;\n');
    const model = 'struct Book {\n    char *title;\n    Owner *owner;\n    int weight;\n};\n';
    const result = apply(diff('lib/shelf.c', before, after), model);
    expect(tokens(output(result))).toBe(
      tokens(model.replace('int weight;', 'int weight; bool lent;')),
    );
  });
});

describe('what is reported', () => {
  test('grafted lines keep the line of the patch', () => {
    const changed = replaced(UPSTREAM, REF, guarded(REF));
    const result = apply(diff('lib/shelf.c', UPSTREAM, changed));
    const line = changed.split('\n').findIndex((text) => text.includes('shelf->owner')) + 1;
    const found = modelTokens('model/shelf.c', output(result)).filter(
      (token) => token.file === 'lib/shelf.c' && token.line === line,
    );
    expect(found.map((token) => token.text).join('')).toContain('if(shelf->owner!=book->owner)');
  });

  test('a statement that the model does not have', () => {
    const other = replaced(UPSTREAM, REF, `${REF}    book_log(book->log);\n`);
    const result = apply(diff('lib/shelf.c', other, UPSTREAM));
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped).toMatchObject([
      { path: 'lib/shelf.c', side: 'LEFT', text: '    book_log(book->log);' },
    ]);
  });

  test('a local that the hunk does not show the meaning of', () => {
    const changed = replaced(UPSTREAM, 'hit = 1;', 'hit = n > 1;');
    const result = apply(diff('lib/shelf.c', UPSTREAM, changed));
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped.map(({ reason }) => reason)).toContain(
      "n has no counterpart in the model's function",
    );
  });

  test.each([
    ['an unclosed comment between closed ones', `${UNREF}    x(); /* a\n`.repeat(2)],
    ['endless nesting', '    if (a) {\n'.repeat(20_000)],
    ['endless chains', '    if (a)\n'.repeat(20_000)],
    ['endless brackets', `    int x = a${'['.repeat(20_000)}0${']'.repeat(20_000)};\n`],
    ['endless else', `    ${'if (a) {} else '.repeat(20_000)};\n`],
    ['stray closing braces', '}\n}}))\n'],
    ['a huge function', '    owner_ref(a);\n'.repeat(5000)],
  ])('hostile: %s', (_name, added) => {
    const changed = replaced(UPSTREAM, UNREF, UNREF + added);
    const result = apply(diff('lib/shelf.c', UPSTREAM, changed));
    expect(() => tokens(output(result))).not.toThrow();
    expect(result.added.length).toBeGreaterThan(0);
  });

  test('a function that the model does not have', () => {
    const before = `${UPSTREAM}\nvoid shelf_paint(Shelf *shelf)\n{\n    paint(shelf);\n}\n`;
    const result = apply(
      diff('lib/shelf.c', before, before.replace('paint(shelf);', 'dry(shelf);')),
    );
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped.map(({ reason }) => reason)).toContain(
      'the model has no function shelf_paint',
    );
  });

  test('a change that the model has already', () => {
    const without = UPSTREAM.replace(UNREF, '');
    const result = apply(diff('lib/shelf.c', without, UPSTREAM));
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped.map(({ reason }) => reason)).toEqual([
      'the model already has this change',
    ]);
  });

  test('a function taken apart that the model has in parts', () => {
    const head = 'void shelf_clear(Shelf *shelf)\n{\n';
    const last = '    book_release(shelf->spare);\n';
    const parts = replaced(
      replaced(UPSTREAM, head, head.replace('void', 'static void').replace('clear', 'drain')),
      last,
      `}\n\n${head}    shelf_drain(shelf);\n${last}`,
    );
    const model = output(apply(diff('lib/shelf.c', UPSTREAM, parts)));
    expect(model).toContain('shelf_drain(shelf);');
    const result = apply(diff('lib/shelf.c', UPSTREAM, parts), model);
    expect(output(result)).toBe(model);
    expect(new Set(result.notMapped.map(({ reason }) => reason))).toEqual(
      new Set(['the model already has this change']),
    );
  });

  test('a change that the model has with a test spelled otherwise', () => {
    const guard = '    if (shelf->index != NULL) {\n        book_ref(shelf->index);\n    }\n';
    const model = replaced(
      MODEL,
      '    book_release(shelf->index);\n',
      `${guard}    book_release(shelf->index);\n`,
    );
    const added = replaced(
      UPSTREAM,
      '    book_release(shelf->index);\n',
      `${guard.replace(' != NULL', '')}    book_release(shelf->index);\n`,
    );
    const result = apply(diff('lib/shelf.c', UPSTREAM, added), model);
    expect(output(result)).toBe(model);
    expect(new Set(result.notMapped.map(({ reason }) => reason))).toEqual(
      new Set(['the model already has this change']),
    );
  });

  test('the rest of a change of which the model has a part', () => {
    const without = UPSTREAM.replace(UNREF, '').replace(REF, '');
    const model = MODEL.replace(REF, '');
    const result = apply(diff('lib/shelf.c', without, UPSTREAM), model);
    expect(output(result)).toBe(model);
    expect(result.notMapped.map(({ reason }) => reason)).toEqual([
      'the model already has a part of this change',
      'the model already has this change',
    ]);
  });

  test('a statement whose like the model has in another order', () => {
    const one = '    open_shelves = 0;\n';
    const two = '    full_shelves = 0;\n';
    const globals = 'static unsigned open_shelves;\n';
    const more = `${globals}static unsigned full_shelves;\n`;
    const last = '    book_release(shelf->index);\n';
    const upstream = replaced(replaced(UPSTREAM, globals, more), last, one + two + last);
    const model = replaced(replaced(MODEL, globals, more), last, two + one + last);
    const result = apply(diff('lib/shelf.c', upstream, upstream.replace(two, '')), model);
    expect(output(result)).toContain(one.trim());
  });

  test('a change of which the model has a part within the function', () => {
    const begin = '    shelf_begin(shelf);\n    assert';
    const without = replaced(UPSTREAM, '    shelf_begin(shelf);\n\n    assert', '    assert');
    const more = replaced(UPSTREAM, UNREF, `    shelf->dirty = shelf->count;\n${UNREF}`);
    expect(MODEL).toContain(begin);
    const result = apply(diff('lib/shelf.c', without, more));
    expect(output(result)).toBe(MODEL);
    expect(new Set(result.notMapped.map(({ reason }) => reason))).toEqual(
      new Set(['the model already has a part of this change']),
    );
  });

  test('a deep field that the model sets so in another place', () => {
    const deep = '    shelf->index->shelf->count = 0;\n';
    const model = replaced(MODEL, UNREF, `    if (shelf->dirty) {\n    ${deep}    }\n${UNREF}`);
    const begin = '    assert(book->shelf == shelf);\n    book->shelf';
    const more = replaced(UPSTREAM, begin, begin.replace('\n', `\n${deep}`));
    const result = apply(diff('lib/shelf.c', UPSTREAM, more), model);
    expect(output(result)).toBe(model);
    expect(result.notMapped.map(({ reason }) => reason)).toEqual([
      'the model already has this change',
    ]);
  });

  test('a loop with a variable of its own', () => {
    const loop = `    for (int i = 0, n = 2; i < n; i++) {\n        book_ref(book);\n    }\n`;
    const result = apply(diff('lib/shelf.c', UPSTREAM, replaced(UPSTREAM, UNREF, loop + UNREF)));
    expect(result.notMapped).toEqual([]);
    expect(tokens(output(result))).toBe(tokens(replaced(MODEL, UNREF, loop + UNREF)));
  });

  test('a function that makes a call which the model’s does not', () => {
    const release = '    book_release(shelf->spare);\n';
    const other = replaced(UPSTREAM, release, `    book_ref(shelf->spare);\n${release}`);
    const more = replaced(other, release, `${release}    shelf->spare = NULL;\n`);
    const result = apply(diff('lib/shelf.c', other, more));
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped.map(({ reason }) => reason)).toEqual([
      "the model's function is another one: it does not call book_ref",
    ]);
  });

  test('a function of which a part cannot be placed', () => {
    const more = replaced(UPSTREAM, REMOVE, `    book_release(shelf->last);\n${REMOVE}`);
    const less = replaced(UPSTREAM, UNREF, `${UNREF}    book_ref(shelf->spare);\n`);
    const result = apply(diff('lib/shelf.c', more, less));
    expect(output(result)).toBe(MODEL);
    expect(result.notMapped.map(({ reason }) => reason)).toContain(
      'what is changed along with it in the function could not be placed',
    );
  });
});

describe('every statement of the embedded model', () => {
  const folder = 'rules/memory-region/model';
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(system\/memory|qom\/object)\.c$/.test(path),
  );

  test.each(sources)('%s: taken out one by one', (path) => {
    const text = readFileSync(`${folder}/${path}`, 'utf8');
    const lines = text.split('\n');
    let right = 0;
    let total = 0;
    let wrong = 0;
    for (const item of items(modelTokens(path, text))) {
      const calls = unitsOf(item.kind === 'function' ? item.body : []).filter(
        (unit) => unit.kind === 'simple' && unit.tokens[1]?.text === '(',
      );
      // One statement of each function keeps the test quick; which one differs between functions.
      const unit = calls[total % Math.max(1, calls.length)];
      const first = unit?.tokens[0]?.line;
      const last = unit?.tokens.at(-1)?.line;
      if (first === undefined || last === undefined) {
        continue;
      }
      total++;
      const changed = [...lines.slice(0, first - 1), ...lines.slice(last)].join('\n');
      const result = graft(new Map([['m.c', text]]), diff('u.c', text, changed), () => 'm.c');
      if (tokens(result.files.get('m.c') ?? '') === tokens(changed)) {
        right++;
      } else if (result.notMapped.length === 0) {
        wrong++;
      }
    }
    expect(total).toBeGreaterThan(20);
    expect(wrong).toBe(0);
    expect(right / total).toBeGreaterThan(0.9);
  });
});
