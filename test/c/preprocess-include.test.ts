import { describe, expect, test } from '@jest/globals';
import { lex } from '../../src/c/lex.ts';
import { createLexCache, preprocess, presumeLocations } from '../../src/c/preprocess.ts';
import { dumpTokens, printTokens } from '../../src/c/print-tokens.ts';
import { run } from './preprocess-run.ts';

function words(files: Readonly<Record<string, string>>): string {
  return run(files)
    .tokens.map((token) => token.text)
    .join(' ')
    .trim();
}

describe('#include', () => {
  test('"x" looks beside the includer first, <x> in the folders only', () => {
    const files = {
      'main.c': '#include "sub/a.h"\n',
      'sub/a.h': '#include "b.h"\n#include <b.h>\n#include "../c.h"',
      'sub/b.h': 'beside',
      'include/b.h': 'folder',
      'c.h': 'above',
    };
    expect(words(files)).toBe('beside folder above');
    expect(run(files).included).toEqual(['main.c', 'sub/a.h', 'sub/b.h', 'include/b.h', 'c.h']);
  });

  test('include_next goes on behind the folder of the file', () => {
    const files = {
      'main.c': '#include <a.h>\n#if __has_include_next(<a.h>)\nno\n#endif',
      'include/a.h': 'one\n#include_next <a.h>\n',
      'more/a.h': 'two\n#include_next <a.h>\n',
    };
    expect(words(files)).toMatch(/^one two/u);
    expect(run(files).missing).toEqual([
      { path: 'a.h', location: { file: 'more/a.h', line: 2, column: 1 } },
    ]);
  });

  test('a macro may name the header; one that only a build defines is missing', () => {
    const files = {
      'main.c':
        '#define H <a.h>\n#define Q "b.h"\n#include H\n#include Q\n#include CONFIG_TARGET\nend',
      'include/a.h': 'a',
      'include/b.h': 'b',
    };
    expect(words(files)).toBe('a b end');
    expect(run(files).missing.map(({ path }) => path)).toEqual(['CONFIG_TARGET']);
  });

  test('guards and #pragma once keep a header from being read twice', () => {
    const files = {
      'main.c':
        '#include "a.h"\n#include "a.h"\n#include "o.h"\n#include "./o.h"\n#include "n.h"\n#include "n.h"',
      'a.h': '/* c */\n#ifndef A_H\n#define A_H\na\n#endif /* A_H */\n',
      'o.h': '#pragma once\no',
      'n.h': '#ifndef N_H\n#define N_H\nn\n#endif\nm',
    };
    expect(words(files)).toBe('a o n m m');
  });

  test('a header that includes itself without end is an error', () => {
    expect(() => words({ 'main.c': '#include "main.c"' })).toThrow('nested deeper than 200');
  });

  test('forced headers come first', () => {
    const files = { 'main.c': 'X', 'include/f.h': '#define X 1\n' };
    const { tokens } = run(files, { forced: ['f.h'] });
    expect(tokens[0]?.text).toBe('1');
  });

  test('runs that share a cache share tokens, unless the text differs, and not their macros', () => {
    const cache = createLexCache();
    const before = { 'main.c': '#include "a.h"\nM', 'a.h': '#define M 1\nint x;' };
    const after = { ...before, 'main.c': '#define M 0\nM\n#include "a.h"\nM' };
    const first = run(before, { cache });
    const second = run(after, { cache });
    expect(second.tokens[1]).toBe(first.tokens[0]);
    expect(second.tokens.map(({ text }) => text)).toEqual(['0', 'int', 'x', ';', '1', '']);
    const third = run({ ...before, 'a.h': '#define M 2\n' }, { cache });
    expect(third.tokens.map(({ text }) => text)).toEqual(['2', '']);
  });

  test('an error leaves the shared definitions usable', () => {
    const cache = createLexCache();
    const header = '#define f(x) g(x)\n#define g(x, y) x\n';
    expect(() => run({ 'main.c': '#include "a.h"\nf(1)', 'a.h': header }, { cache })).toThrow(
      'macro "g"',
    );
    const { tokens } = run(
      { 'main.c': '#include "a.h"\n#undef g\nf(1)', 'a.h': header },
      { cache },
    );
    expect(tokens.map(({ text }) => text).join('')).toBe('g(1)');
  });

  test('a main file that does not exist is an error', () => {
    expect(() => preprocess({ main: 'x.c', fs: { read: () => undefined }, include: [] })).toThrow(
      'there is no such file',
    );
  });
});

describe('presumeLocations', () => {
  test('applies line markers and drops them', () => {
    const tokens = presumeLocations(lex('a.c', 'a\n# 10 "b.c"\nb\n#line 3\nc\n#define d'));
    expect(tokens.map(({ text, location: { file, line } }) => `${text}@${file}:${line}`)).toEqual([
      'a@a.c:1',
      'b@b.c:10',
      'c@b.c:3',
      '#@b.c:4',
      'define@b.c:4',
      'd@b.c:4',
      '@b.c:4',
    ]);
  });
});

describe('printing', () => {
  test('what is printed reads as the same tokens at the same places', () => {
    const { tokens } = run({
      'main.c':
        '#include "a.h"\n#define minus -\n#define p(x) x-minus x\nint\n\n  b = p(1);\n\n\n\n\n\n\n\n\n\n\n\nc # d;',
      'a.h': 'struct s { int "a\\\\"; };\n',
    });
    const again = presumeLocations(lex('out.c', printTokens(tokens)));
    const shape = (list: typeof tokens): string[] =>
      list.map(({ text, location: { file, line } }) => `${text}@${file}:${line}`).slice(0, -1);
    expect(shape(again)).toEqual(shape(tokens));
  });

  test('dumpTokens: one a line', () => {
    expect(dumpTokens(lex('a.c', 'int "x"'))).toBe(
      'a.c:1:1 identifier int\na.c:1:5 string "x"\na.c:1:8 eof\n',
    );
  });
});
