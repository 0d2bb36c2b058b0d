import { describe, expect, test } from '@jest/globals';
import { readSeries } from '../../src/series/read.ts';
import type { Patch } from '../../src/series/series.ts';
import { commentsOf } from '../../src/wording/comments.ts';
import { documentOf, messageOf } from '../../src/wording/documents.ts';
import { maskNamed, wordsOf } from '../../src/wording/identifiers.ts';
import { joinLines } from '../../src/wording/prose.ts';
import type { Paragraph } from '../../src/wording/prose.ts';

/** A patch of one hunk whose lines are given with their marks. */
async function patchOf(path: string, lines: readonly string[], message = ''): Promise<Patch> {
  const old = lines.filter((line) => !line.startsWith('+')).length;
  const now = lines.filter((line) => !line.startsWith('-')).length;
  const head = `From: A <a@example.org>\nSubject: [PATCH] area: change it\n\n${message}\n---\n`;
  const diff = `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -10,${old} +10,${now} @@\n`;
  const { series, errors } = await readSeries(
    'x',
    Buffer.from(`${head}${diff}${lines.join('\n')}\n`),
  );
  expect(errors).toEqual([]);
  return series[0]?.patches[0] as Patch;
}

function texts(paragraphs: readonly Paragraph[]): string[] {
  return paragraphs.map((paragraph) => joinLines(paragraph).text);
}

async function comments(...lines: string[]): Promise<string[]> {
  const patch = await patchOf('a.c', lines);
  return texts(
    patch.files.flatMap(({ hunks }) => hunks.flatMap((hunk) => commentsOf('a.c', hunk))),
  );
}

describe('comments', () => {
  test('lines are joined to paragraphs', async () => {
    expect(
      await comments(
        '+/*',
        '+ * One text',
        '+ * on two lines.',
        '+ *',
        '+ * Another.',
        '+ */',
        '+int a;',
      ),
    ).toEqual(['One text on two lines.', 'Another.']);
  });

  test('a hunk may begin inside of one', async () => {
    expect(await comments('  * It goes', '+ * on here.', '  */', ' int a;')).toEqual([
      'It goes on here.',
    ]);
  });

  test('only what is added counts, and what a string says is none', async () => {
    expect(
      await comments(' /* Old. */', '+puts("/* no comment */");', "+char c = '\"'; /* New one. */"),
    ).toEqual(['New one.']);
  });

  test('line comments go on, code between them parts them', async () => {
    expect(await comments('+// One text', '+// goes on.', '+int a;', '+// Another.')).toEqual([
      'One text goes on.',
      'Another.',
    ]);
  });

  test('code, tables, drawings and licences inside of comments are left out', async () => {
    expect(
      await comments(
        '+/*',
        '+ * SPDX-License-Identifier: MIT',
        '+ * Say this.',
        '+ *     foo(bar);',
        '+ * | a | b |',
        '+ * +---+---+',
        '+ */',
      ),
    ).toEqual(['Say this.']);
  });

  test('items are paragraphs of their own, without their marks', async () => {
    expect(
      await comments('+/*', '+ * (1) one thing', '+ * - another', '+ * @size: how large', '+ */'),
    ).toEqual(['one thing', 'another', 'how large']);
  });
});

test('a document has headings, literals, directives and tables that are none', async () => {
  const lines = [
    '+Heading',
    '+=======',
    '+',
    '+Some text that',
    '+goes on::',
    '+',
    '+  $ command line',
    '+',
    '+.. note::',
    '+   hidden',
    '+',
    '+====  ====',
    '+More text.',
  ];
  const patch = await patchOf('docs/a.rst', lines);
  const found = patch.files.flatMap(({ hunks }) => hunks.flatMap((hunk) => documentOf('a', hunk)));
  expect(texts(found)).toEqual(['Some text that goes on::', 'More text.']);
});

test('a message has trailers, quotations, code and a diffstat that are none', async () => {
  const message = [
    'Some text.',
    '',
    '> somebody else said',
    '    code here',
    ' a.c | 7 ++',
    '- an item that',
    '  goes on',
    '',
    'Fixes: 0123456789ab ("some thing")',
    'Signed-off-by: A <a@example.org>',
  ];
  const patch = await patchOf('a.c', ['+int a;'], message.join('\n'));
  const found = messageOf(patch);
  expect(texts(found)).toEqual(['change it', 'Some text.', 'an item that goes on']);
  expect(found.map(({ lines }) => lines.map(({ line }) => line))).toEqual([[0], [1], [6, 7]]);
});

test.each([
  ['the foo_bar of mr->container', 'the X of X'],
  ['call memory_region_ref() twice', 'call X twice'],
  ['see https://example.org/a_b.', 'see X'],
  ['the MR at 0x1000 or `a b`', 'the X at X or X'],
  ['by Jane Doeson. It is', 'by X X. It is'],
  ['plain words, and more', 'plain words, and more'],
])('what is named is masked: %s', (text, masked) => {
  expect(maskNamed(text).text).toBe(masked);
});

test('what is masked keeps its place', () => {
  const { text, origin } = maskNamed('the foo_bar 😀 end');
  expect(text).toBe('the X 😀 end');
  expect(origin.at(Array.from(text).indexOf('e', 4))).toBe('the foo_bar 😀 '.length);
});

test('words of the code and of old lines are known', async () => {
  const patch = await patchOf('hw/frobnic.c', ['-/* oldwurd */', '+int memSlotz_x; /* newwurd */']);
  const words = wordsOf(patch.files);
  expect(['frobnic', 'oldwurd', 'slotz', 'newwurd'].map((word) => words.has(word))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
