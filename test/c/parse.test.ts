import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { TranslationUnit } from '../../src/c/ast.ts';
import { parseTranslationUnit } from '../../src/c/parse.ts';
import { preprocess } from '../../src/c/preprocess.ts';
import { CError } from '../../src/c/source.ts';
import type { Token } from '../../src/c/token.ts';
import { bodyOf, globalOf, parseClean, parseSource } from './parse-source.ts';

const CORPUS = 'test/c/parse-corpus.c';

function corpusTokens(): readonly Token[] {
  const text = readFileSync(CORPUS, 'utf8');
  const fs = { read: (path: string) => (path === CORPUS ? text : undefined) };
  return preprocess({ main: CORPUS, fs, include: [] }).tokens;
}

/** Everything that is wrong with a unit, bodies included. Anything but a CError is a bug and thrown. */
function allErrors(unit: TranslationUnit): string[] {
  const errors = [...unit.errors];
  for (const variable of unit.globals.values()) {
    try {
      variable.body?.get();
    } catch (error) {
      if (!(error instanceof CError)) {
        throw error;
      }
      errors.push(error);
    }
  }
  return errors.map((error) => error.toString());
}

function errorOf(text: string): string {
  return allErrors(parseSource(text)).join('; ');
}

describe('parse', () => {
  test('understands every construct of the corpus', () => {
    expect(allErrors(parseTranslationUnit(corpusTokens()))).toEqual([]);
  });

  test('which gcc compiles and runs without a failed check', () => {
    if (spawnSync('gcc', ['--version']).status !== 0) {
      process.stderr.write('SKIPPED: the corpus under gcc, because there is no gcc\n');
    }
    const run = spawnSync('gcc', ['-std=gnu17', '-w', '-fsyntax-only', CORPUS], {
      encoding: 'utf8',
    });
    expect(run.error === undefined ? run.stderr : '').toBe('');
  });

  test('never throws anything but CError, whatever tokens are missing or doubled', () => {
    const tokens = corpusTokens();
    const edit = fc.record({
      at: fc.nat(tokens.length - 2),
      drop: fc.nat(3),
      from: fc.nat(tokens.length - 2),
      add: fc.nat(2),
    });
    fc.assert(
      fc.property(edit, ({ at, drop, from, add }) => {
        const edited = [...tokens];
        edited.splice(
          at,
          Math.min(drop, tokens.length - 1 - at),
          ...tokens.slice(from, Math.min(from + add, tokens.length - 1)),
        );
        expect(Array.isArray(allErrors(parseTranslationUnit(edited)))).toBe(true);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test('skips what it does not understand, and goes on behind it', () => {
    const unit = parseSource(
      'int a; frobnicate struct; int b; int f(void) { return b; } void g(int 3) { } int c;',
    );
    expect(unit.errors).toHaveLength(2);
    expect(['a', 'b', 'f', 'c'].map((name) => unit.globals.has(name))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('an error in a body is thrown by that body, each time', () => {
    const unit = parseClean('int f(void) { return nothing; } int g(void) { return 1; }');
    expect(() => bodyOf(unit, 'f')).toThrow("'nothing' undeclared");
    expect(() => bodyOf(unit, 'f')).toThrow("'nothing' undeclared");
    expect(bodyOf(unit, 'g').block.body).toHaveLength(1);
    expect(bodyOf(unit, 'g')).toBe(bodyOf(unit, 'g'));
  });

  test('knows which variables need memory', () => {
    const unit = parseClean(
      'int g(int *); int f(int a, int b) { int c = a, d[2], e; g(&e); d[0] = b; return c; }',
    );
    const { params, locals } = bodyOf(unit, 'f');
    const taken = [...params, ...locals].filter((variable) => variable.addressTaken);
    expect(taken.map(({ name }) => name)).toEqual(['d', 'e']);
  });

  test('all declarations of a name are one variable', () => {
    const unit = parseClean(
      'extern int a[]; int *p = a; int a[3]; int f(); int f(int x) { return x; } static int s(void) __attribute__((noreturn));',
    );
    expect(globalOf(unit, 'a')).toMatchObject({
      defined: true,
      type: { kind: 'array', length: 3 },
    });
    expect(globalOf(unit, 'f').type).toMatchObject({ unprototyped: false });
    expect([...globalOf(unit, 's').attributes]).toEqual(['noreturn']);
  });

  test.each([
    ['int f(void) { int g(void) { return 1; } return g(); }', 'unsupported: nested function'],
    ['_Complex double z;', 'unsupported: complex numbers'],
    ['char a[-1];', 'size of array is negative'],
    ['struct s { int x; struct s y; };', 'incomplete type'],
    ['int f(void) { 1 = 2; }', 'lvalue required'],
    [
      'struct s { int b : 3; } v; int *f(void) { return &v.b; }',
      'cannot take address of bit-field',
    ],
    ['int f(int); int g(void) { return f(1, 2); }', '2 arguments where 1 are expected'],
    ['struct a { int x; } v; int f(void) { return v + 1; }', 'invalid operands'],
    ['int f(void) { case 1: return 0; }', 'not within a switch'],
    ['int x = 08;', 'invalid digit in octal'],
    ['int a; char a;', 'conflicting types'],
    ['int f(Missing *m);', "unknown type name 'Missing'"],
    ['Missing *m;', "unknown type name 'Missing'"],
    ['int x; if (x) { x = 1; }', "expected a declaration before 'if'"],
    ['int f(void) { return 1', "'{' has no counterpart"],
    ['int f(void) { g(; }', "'(' has no counterpart"],
    ['int a[] = { [0 ... 999999] = 1 };', 'more than 500000 values'],
    ['int a[999][999] = { [0 ... 998] = { [0 ... 998] = 1 } };', 'more than 500000 values'],
    [`int x = ${'('.repeat(50000)}1${')'.repeat(50000)};`, 'nested too deeply'],
    [`void f(void) ${'{'.repeat(50000)}${'}'.repeat(50000)}`, 'nested too deeply'],
    [`int x = 1${'+1'.repeat(50000)};`, 'expression too long'],
    [`int ${'('.repeat(50000)}x${')'.repeat(50000)};`, 'nested too deeply'],
    [`int x = ${'-'.repeat(1)}${'~'.repeat(50000)}1;`, 'nested too deeply'],
    [`int x${'[1]'.repeat(1)} = ${'{'.repeat(50000)}1${'}'.repeat(50000)};`, 'nested too deeply'],
  ])('refuses %.60s', (text, message) => {
    expect(errorOf(text)).toContain(message);
  });
});
