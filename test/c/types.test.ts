import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { preprocess } from '../../src/c/preprocess.ts';
import { parseTranslationUnit } from '../../src/c/parse.ts';
import {
  INT,
  LLONG,
  LONG,
  UINT,
  ULLONG,
  ULONG,
  usualArithmetic,
  wrapInteger,
} from '../../src/c/type-rules.ts';
import { printType } from '../../src/c/dump-type.ts';
import { globalOf, parseClean, parseSource } from './parse-source.ts';

const CORPUS = 'test/c/types-corpus.c';
const hasGcc = spawnSync('gcc', ['--version']).status === 0;
if (!hasGcc) {
  process.stderr.write('SKIPPED: the corpus of types under gcc, because there is no gcc\n');
}

describe('types, conversions and constants', () => {
  test('every assertion of the corpus holds', () => {
    const text = readFileSync(CORPUS, 'utf8');
    const { tokens } = preprocess({
      main: CORPUS,
      fs: { read: (path) => (path === CORPUS ? text : undefined) },
      include: [],
    });
    const unit = parseTranslationUnit(tokens);
    expect(unit.errors.map((error) => error.toString())).toEqual([]);
    expect(tokens.filter((token) => token.text === '_Static_assert').length).toBeGreaterThan(130);
  });

  test('and does under gcc', () => {
    if (!hasGcc) {
      return;
    }
    const { status, stderr } = spawnSync('gcc', ['-std=gnu17', '-w', '-fsyntax-only', CORPUS], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test('an assertion that fails, and one that is not constant, are errors at their place', () => {
    const unit = parseSource('int i;\n_Static_assert(1 > 2, "order");\n_Static_assert(i, "");\n');
    expect(unit.errors.map((error) => error.toString())).toEqual([
      'test.c:2:1: static assertion failed: "order"',
      'test.c:3:1: expression in static assertion is not constant',
    ]);
  });

  test('usual arithmetic conversions across ranks and signs (C11 §6.3.1.8)', () => {
    expect(usualArithmetic(LONG, UINT)).toBe(LONG);
    expect(usualArithmetic(LLONG, ULONG)).toBe(ULLONG);
    expect(usualArithmetic(INT, UINT)).toBe(UINT);
  });

  test('integers wrap to their type', () => {
    expect(wrapInteger(-1n, UINT)).toBe(0xffffffffn);
    expect(wrapInteger(1n << 31n, INT)).toBe(-(1n << 31n));
    expect(wrapInteger(256n, { kind: 'bool' })).toBe(1n);
  });

  test.each([
    'int *(*v)(char, ...)',
    'int (*v)[3]',
    'int *v[3]',
    'const char *v',
    'struct s *v',
    'void (*(*v)(int))(void)',
    'unsigned long long v[2][3]',
  ])('prints %s as it was declared', (declaration) => {
    const unit = parseClean(`struct s; extern ${declaration};`);
    expect(printType(globalOf(unit, 'v').type, 'v')).toBe(declaration);
  });
});
