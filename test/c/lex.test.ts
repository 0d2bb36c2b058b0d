import { describe, expect, test } from '@jest/globals';
import { lex } from '../../src/c/lex.ts';

function places(text: string): string[] {
  return lex('a.c', text).map(
    ({ text: spelling, location }) => `${spelling}@${location.line}:${location.column}`,
  );
}

function spellings(text: string): string[] {
  return lex('a.c', text)
    .slice(0, -1)
    .map(({ kind, text: spelling }) => `${kind} ${spelling}`);
}

describe('lex', () => {
  test('ends with one eof, even when there is nothing', () => {
    expect(lex('a.c', '')).toMatchObject([{ kind: 'eof', text: '', location: { line: 1 } }]);
    expect(lex('a.c', 'a\n').map(({ kind }) => kind)).toEqual(['identifier', 'eof']);
  });

  test('takes the longest punctuator (C11 §6.4p4)', () => {
    expect(spellings('a+++b ->>>= ... .. ##')).toEqual([
      'identifier a',
      'punctuator ++',
      'punctuator +',
      'identifier b',
      'punctuator ->',
      'punctuator >>=',
      'punctuator ...',
      'punctuator .',
      'punctuator .',
      'punctuator ##',
    ]);
  });

  test('reads digraphs as what they stand for', () => {
    expect(spellings('<: :> <% %> %: %:%:')).toEqual(
      ['[', ']', '{', '}', '#', '##'].map((text) => `punctuator ${text}`),
    );
  });

  test('keeps preprocessing numbers whole (C11 §6.4.8)', () => {
    expect(spellings('1.e+5.f 0x1p-3 1..2 .5 0xe+1')).toEqual(
      ['1.e+5.f', '0x1p-3', '1..2', '.5', '0xe+1'].map((text) => `number ${text}`),
    );
  });

  test('keeps prefixes, quotes and escapes of literals', () => {
    expect(spellings(String.raw`L"a\"b" u8"c" 'd' L'\'' x"y"`)).toEqual([
      String.raw`string L"a\"b"`,
      'string u8"c"',
      "char 'd'",
      String.raw`char L'\''`,
      'identifier x',
      'string "y"',
    ]);
  });

  test('counts lines and columns of the file behind splices and comments', () => {
    expect(places('a\\\nb c\n/* x\n y */ d // e \\\n f\ng')).toEqual([
      'ab@1:1',
      'c@2:3',
      'd@4:7',
      'g@6:1',
      '@6:2',
    ]);
  });

  test('takes CRLF line ends and a byte order mark', () => {
    expect(places('\uFEFFa \\\r\nb\r\nc')).toEqual(['a@1:1', 'b@2:1', 'c@3:1', '@3:2']);
  });

  test('says which tokens start a line; a comment is one space, however long', () => {
    const tokens = lex('a.c', ' a b /* x\n */ c\n  d/**/e');
    expect(tokens.map(({ startsLine }) => startsLine)).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(tokens.map(({ spaceBefore }) => spaceBefore)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test('rejects a comment that is never closed, where it begins', () => {
    expect(() => lex('a.c', 'a\n  /* b')).toThrow(
      expect.objectContaining({ location: { file: 'a.c', line: 2, column: 3 } }),
    );
  });

  test('makes one odd token of a literal that is never closed, as text under #if 0 may have it', () => {
    expect(spellings("don't\nx")).toEqual(['identifier don', "punctuator 't", 'identifier x']);
  });
});
