import { describe, expect, test } from '@jest/globals';
import { expand } from './preprocess-run.ts';

function holds(condition: string): boolean {
  return (
    expand(`#define ONE 1\n#define F(x) x\n#if ${condition}\nyes\n#else\nno\n#endif`) === 'yes'
  );
}

function branches(a: string, b: string): string {
  return `#if ${a}\n1\n#elif ${b}\n2\n# if 1\n3\n#else\nbad\n# endif\n#else /* x\ny */\n4\n#endif\n5`;
}

describe('#if', () => {
  test.each([
    '1',
    'ONE',
    'defined ONE && defined(F) && !defined TWO',
    '-1 > 0u',
    '(0 ? 1u : -1) > 0',
    '1 || (1 / 0)',
    '!(0 && 1 % 0)',
    '1 ? 2 : (3 / 0)',
    '0x7fffffffffffffff + 1 < 0',
    '18446744073709551615u == -1',
    '010 == 8 && 0x10 == 16 && 0b11 == 3',
    "'a' == 97 && '\\n' == 10 && '\\377' < 0 && 'ab' == 24930",
    '-7 / 2 == -3 && -7 % 2 == -1',
    '1 << 3 == 8 && -8 >> 1 == -4',
    'true == 0 && unknown == 0',
    'F(2) == 2',
    '__GNUC__ == 12 && __STDC_VERSION__ == 201710L && __SIZEOF_POINTER__ == 8',
    '__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__',
    '__has_attribute(__cleanup__) && !__has_attribute(enable_if)',
    '__has_builtin(__builtin_expect) && !__has_builtin(__builtin_available)',
    '!__has_include("nowhere.h") && defined __has_include',
    '!__has_feature(address_sanitizer) && !defined __SANITIZE_ADDRESS__ && !defined __SSE2__',
  ])('%s', (condition) => {
    expect(holds(condition)).toBe(true);
  });

  test('defined that a macro makes counts, as in gcc', () => {
    expect(expand('#define A 1\n#define D defined(A) && !defined B\n#if D\nyes\n#endif')).toBe(
      'yes',
    );
  });

  test('branches: one is read, whatever the others hold', () => {
    expect(expand(branches('1', '1/0'))).toBe('1 5');
    expect(expand(branches('0', '1'))).toBe('2 3 5');
    expect(expand(branches('0', '0'))).toBe('4 5');
  });

  test('text that is skipped need not be C', () => {
    expect(expand('#if 0\ndon\'t "\n#error no\n#include <none>\n#foo\n#endif\nx')).toBe('x');
  });

  test.each([
    ['#if 1\nx', 'unterminated #if', 1],
    ['\n#endif', '#endif without #if', 2],
    ['#else\n', '#else without #if', 1],
    ['#if 0\n#else\n#else\n#endif', '#else after #else', 3],
    ['#if 1 / 0\n#endif', 'division by zero', 1],
    ['#if 1 +\n#endif', 'ends where a value was expected', 1],
    ['#if 1.5\n#endif', 'is no integer', 1],
    ['#ifdef\n#endif', 'no macro name', 1],
    ['#foo\n', 'invalid preprocessing directive #foo', 1],
    ["x\n  #error you can't  do that", "#error you can't  do that", 2],
  ])('%j is an error: %s', (text, message, line) => {
    expect(() => expand(text)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        location: expect.objectContaining({ file: 'main.c', line }),
      }),
    );
  });
});
