import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { lex } from '../../../src/c/lex.ts';
import { graft, type GraftResult } from '../../../src/lifecycle/graft/graft.ts';
import { items } from '../../../src/lifecycle/graft/items.ts';
import { modelTokens } from '../../../src/lifecycle/graft/text.ts';
import { type Unit, unitsOf } from '../../../src/lifecycle/graft/units.ts';
import { diff } from './diff.ts';

/** `@` stands for a comment that upstream has and that is long enough to part two hunks. */
const SHELF = `
static void shelf_finalize(Object *obj)
{
    Shelf *shelf = SHELF(obj);

    assert(!shelf->room);

@
    shelf->open = false;
    shelf_begin();
    while (!LIST_EMPTY(&shelf->books)) {
        Book *book = LIST_FIRST(&shelf->books);
        shelf_remove(shelf, book);
    }
    shelf_commit();

@
    shelf->close(shelf);
    free(shelf->name);
}

static void shelf_show(Shelf *shelf, View *next)
{
    View *old = shelf->view;

    if (old) {
        view_ref(old);
    }

    view_ref(next);

    if (!LIST_EMPTY(&shelf->readers)) {
        View empty = { .count = 0 }, *seen = old;

        if (!seen) {
            seen = &empty;
        }
        shelf_tell(shelf, seen, next);
    }
@
    shelf->view = next;
    if (old) {
        view_unref(old);
    }

    /* The readers are gone. */
@
    if (old) {
        view_unref(old);
    }
}

static int shelf_count(Shelf *shelf)
{
    int i, count = 0;

    for (i = 0; i < shelf->size; i++) {
        count += book_pages(shelf->book[i]);
    }
@
    for (i = 0; i < shelf->size; i++) {
        book_note(shelf->book[i], count);
        count += book_pages(shelf->spare[i]);
    }
@
    return count;
}
`;
const COMMENT = Array.from({ length: 7 }, (_, at) => `    /* ${String(at)} */\n`).join('');
const MODEL = SHELF.replaceAll('@\n', '');
const UPSTREAM = SHELF.replaceAll('@\n', COMMENT);

function tokens(text: string): string {
  const bare = text.replaceAll(/^#line .*$/gm, '');
  return lex('x.c', bare)
    .map((token) => token.text)
    .join(' ');
}

function apply(before: string, after: string, model = MODEL): GraftResult {
  return graft(new Map([['m.c', model]]), diff('u.c', before, after), () => 'm.c');
}

function output(result: GraftResult): string {
  return tokens(result.files.get('m.c') ?? '');
}

type Edit = readonly [from: string, to: string];

/** `@` in an edit is the comment upstream and nothing in the model. */
function edited(text: string, edits: readonly Edit[], comment: string): string {
  return edits.reduce((result, [from, to]) => {
    const found = from.replaceAll('@\n', comment);
    expect(result.split(found)).toHaveLength(2);
    return result.replace(found, () => to.replaceAll('@\n', comment));
  }, text);
}

const NO_ASSERT: Edit = ['    assert(!shelf->room);\n\n', ''];
const LOOP = '        shelf_remove(shelf, book);\n    }\n';
const LEAVE =
  '    if (shelf->room) {\n        assert(shelf->room->owner == shelf->owner);\n        room_remove(shelf->room, shelf);\n    }\n';
const LAST =
  '    /* The readers are gone. */\n@\n    if (old) {\n        view_unref(old);\n    }\n';

const CASES: readonly (readonly [name: string, edits: readonly Edit[]])[] = [
  ['code behind a loop whose head is out of sight', [NO_ASSERT, [LOOP, LOOP + LEAVE]]],
  ['a call behind such a loop', [NO_ASSERT, [LOOP, `${LOOP}    shelf_leave(shelf);\n`]]],
  [
    'an assertion moved to the end',
    [
      NO_ASSERT,
      ['    free(shelf->name);\n', '    free(shelf->name);\n    assert(!shelf->room);\n'],
    ],
  ],
  [
    'a statement moved over a loop',
    [
      ['    shelf->open = false;\n', ''],
      ['    shelf_commit();\n', '    shelf_commit();\n    shelf->open = false;\n'],
    ],
  ],
  [
    'two guards that read alike, one taken out',
    [
      ['    if (old) {\n        view_ref(old);\n    }\n\n', ''],
      [LAST, '    /* The readers are gone. */\n@\n'],
    ],
  ],
  [
    'a reference taken later',
    [
      ['    view_ref(next);\n', ''],
      ['    shelf->view = next;\n', '    view_ref(next);\n    shelf->view = next;\n'],
    ],
  ],
  [
    'two loops that begin alike',
    [
      [
        '    int i, count = 0;\n\n    for (i = 0; i < shelf->size; i++) {\n',
        '    int i, count = 0;\n\n    for (i = 0; i < shelf->size; i++) {\n        book_open(shelf->book[i]);\n',
      ],
      [
        'shelf->spare[i]);\n    }\n',
        'shelf->spare[i]);\n        book_shut(shelf->spare[i]);\n    }\n',
      ],
    ],
  ],
];

/** A function that the model does not have. */
function painting(body: string): string {
  return `\nstatic void shelf_paint(Shelf *shelf)\n{\n${body}}\n`;
}

describe('several hunks of one function', () => {
  test.each(CASES)('%s', (_name, edits) => {
    const result = apply(UPSTREAM, edited(UPSTREAM, edits, COMMENT));
    expect(result.notMapped).toEqual([]);
    expect(output(result)).toBe(tokens(edited(MODEL, edits, '')));
  });

  test.each(CASES)('%s, and taken back', (_name, edits) => {
    const changed = edited(UPSTREAM, edits, COMMENT);
    const there = apply(UPSTREAM, changed).files.get('m.c') ?? '';
    const back = apply(changed, UPSTREAM, there);
    expect(output(back)).toBe(back.notMapped.length === 0 ? tokens(MODEL) : tokens(there));
  });

  test('a statement that one hunk only removes, among comments', () => {
    const wide = UPSTREAM.replace('    free(shelf->name)', `${COMMENT}$&`);
    const edits: Edit[] = [['    shelf->close(shelf);\n', '']];
    const result = apply(wide, edited(wide, edits, COMMENT));
    expect(result.notMapped).toEqual([]);
    expect(output(result)).toBe(tokens(edited(MODEL, edits, '')));
  });

  test('half of a move is not made', () => {
    const sorted = `    shelf_sort(shelf);\n${COMMENT}    return count;`;
    const upstream = UPSTREAM.replace('    return count;', () => sorted);
    const edits: Edit[] = [
      ['        count += book_pages(shelf->spare[i]);\n', ''],
      [
        '    shelf_sort(shelf);\n',
        '    shelf_sort(shelf);\n    count += book_pages(shelf->spare[i]);\n',
      ],
    ];
    const result = apply(upstream, edited(upstream, edits, COMMENT));
    expect(output(result)).toBe(tokens(MODEL));
    expect(result.notMapped.map(({ side, text }) => `${side} ${text.trim()}`).toSorted()).toEqual([
      'LEFT count += book_pages(shelf->spare[i]);',
      'RIGHT count += book_pages(shelf->spare[i]);',
    ]);
  });

  test.each([
    ['a statement goes', '    view_ref(next);\n', ''],
    [
      'a statement comes',
      '    shelf->close(shelf);\n',
      '    shelf->close(shelf);\n    paint(next);\n',
    ],
  ])('%s, and its other half is in a function that the model has not', (_name, from, to) => {
    const [before, after] = to === '' ? ['', '    view_ref(next);\n'] : ['    paint(next);\n', ''];
    const old = `${UPSTREAM}${painting(`    dry(shelf);\n${before}`)}`;
    const next = `${UPSTREAM.replace(from, () => to)}${painting(`    dry(shelf);\n${after}`)}`;
    const result = apply(old, next);
    expect(output(result)).toBe(tokens(MODEL));
    expect(result.notMapped.map(({ side }) => side).toSorted()).toEqual(['LEFT', 'RIGHT']);
  });

  test('a heading that is a label names the function that has it', () => {
    const labelled = MODEL.replace('    shelf->view = next;\n', 'done:\n$&').replace(
      '    view_ref(next);\n',
      '    if (next == old) {\n        goto done;\n    }\n$&',
    );
    const upstream = labelled.replace(
      '    shelf->view = next;\n',
      `${COMMENT}${COMMENT}$&${COMMENT}`,
    );
    const from = '    shelf->view = next;\n';
    const patch = diff('u.c', upstream, upstream.replace(from, `${from}    shelf_sort(shelf);\n`));
    const files = patch.files.map((file) => ({
      ...file,
      hunks: file.hunks.map((hunk) => ({ ...hunk, section: 'done:' })),
    }));
    const result = graft(new Map([['m.c', labelled]]), { ...patch, files }, () => 'm.c');
    expect(result.notMapped).toEqual([]);
    expect(result.functions).toEqual(['shelf_show']);
  });
});

/** Numbers from 0 to below n, the same in every run. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

interface Lines {
  readonly from: number;
  readonly count: number;
  readonly text: readonly string[];
}

/** The lines of statements that have theirs for themselves and can be taken away. */
function movable(text: string, units: readonly Unit[]): Lines[] {
  const lines = text.split('\n');
  return units.flatMap((unit) => {
    const [first] = unit.tokens;
    const last = unit.tokens.at(-1)?.line;
    if (unit.kind !== 'simple' || !first?.startsLine || last === undefined) {
      return [];
    }
    const isJump = /^(return|goto|break|continue)$/.test(first.text);
    const own = lines.slice(first.line - 1, last);
    return isJump ? [] : [{ from: first.line - 1, count: own.length, text: own }];
  });
}

/** Statement `a` taken away and put behind `b`. */
function moved(text: string, a: Lines, b: Lines): string {
  const lines: (string | undefined)[] = text.split('\n');
  const behind = b.from + b.count;
  lines.fill(undefined, a.from, a.from + a.count);
  const all = [...lines.slice(0, behind), ...a.text, ...lines.slice(behind)];
  return all.filter((line) => line !== undefined).join('\n');
}

function padded(text: string, pads: number): string {
  const comment = Array.from({ length: pads }, () => '    /**/');
  return text
    .split('\n')
    .flatMap((line) => (line.endsWith(';') ? [line, ...comment] : [line]))
    .join('\n');
}

describe('statements of the embedded model moved within their function', () => {
  const folder = 'rules/memory-region/model';
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(system\/memory|qom\/object)\.c$/.test(path),
  );
  const rows = sources.flatMap((path) => [0, 2, 3].map((pads) => [path, pads] as const));

  test.each(rows)('%s, %d lines of comment between statements', (path, pads) => {
    const text = readFileSync(`${folder}/${path}`, 'utf8');
    const pick = numbers(pads + 1);
    const counts = { right: 0, refused: 0, wrong: 0 };
    for (const item of items(modelTokens(path, text))) {
      const start = item.tokens[0]?.start ?? 0;
      const model = `${text.slice(start, item.tokens.at(-1)?.end)}\n`;
      const before = padded(model, pads);
      const [own] = items(modelTokens(path, before));
      const places = movable(before, own?.kind === 'function' ? unitsOf(own.body) : []);
      const a = places[pick(places.length)];
      const b = places[pick(places.length)];
      if (a !== undefined && b !== undefined && a !== b) {
        const after = moved(before, a, b);
        const result = apply(before, after, model);
        const isRight = output(result) === tokens(after);
        const isSame = output(result) === tokens(model) && result.notMapped.length > 0;
        counts[isRight ? 'right' : isSame ? 'refused' : 'wrong']++;
      }
    }
    expect(counts.wrong).toBe(0);
    expect(counts.right).toBeGreaterThan(20);
    expect(counts.refused / counts.right).toBeLessThan(0.1);
  });
});
