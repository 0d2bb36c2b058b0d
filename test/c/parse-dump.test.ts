import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { dumpAst, dumpTypes } from '../../src/c/dump-ast.ts';
import { globalOf, parseSource } from './parse-source.ts';

const FOLDER = 'test/c/parse-golden';
const files = readdirSync(FOLDER);
const sources = files.filter((file) => file.endsWith('.c'));

function expectGolden(path: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(path, text);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `no golden ${path}`).toBe(text);
}

describe('dumps', () => {
  test.each(sources)('%s as a tree and as types', (source) => {
    const unit = parseSource(readFileSync(`${FOLDER}/${source}`, 'utf8'));
    expectGolden(`${FOLDER}/${source}.ast`, dumpAst(unit));
    expectGolden(`${FOLDER}/${source}.types`, dumpTypes(unit));
  });

  test('there is no golden without a source', () => {
    const known = new Set(
      sources.flatMap((source) => [source, `${source}.ast`, `${source}.types`]),
    );
    expect(files.filter((file) => !known.has(file))).toEqual([]);
  });

  test('of one function', () => {
    const unit = parseSource('int add(int a, char b) { return a + b; }');
    expect(dumpAst(globalOf(unit, 'add'))).toBe(
      '(function add "int (int, char)"\n  (params a b)\n  (return (+:int a (cast:int b))))\n',
    );
  });
});
