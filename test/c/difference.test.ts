import { describe, expect, test } from '@jest/globals';
import { changedFunctions } from '../../src/c/difference.ts';
import { UnitCache } from '../../src/c/headers.ts';

const HEADER = '#define check(x) ((x) ? 0 : fail(__LINE__))\nint fail(int line);\n';
const BASE = `#include "h.h"
static int count;
int one(int x) { return check(x); }
static int two(int x) { return one(x) + count; }
`;

/** What changes between the base and a text; `header` where that is another as well. */
function changes(text: string, header: string = HEADER): string[] | undefined {
  const cache = new UnitCache({ include: ['.'] });
  const unit = (main: string, h: string) =>
    cache.unit('m.c', { read: (path) => ({ 'm.c': main, 'h.h': h })[path] });
  const changed = changedFunctions(unit(BASE, HEADER), unit(text, header));
  return changed && [...changed];
}

describe('what changes between two versions of a unit', () => {
  test('is nothing where only lines, comments and blanks do', () => {
    expect(changes(BASE)).toEqual([]);
    expect(changes(BASE.replace('int one', '\n\n/* first */\nint  one'))).toEqual([]);
  });

  test.each([
    ['a body', BASE.replace('+ count', '- count'), ['two']],
    ['a new function', `${BASE}int three(void) { return 3; }\n`, ['three']],
    ['a function that is gone', BASE.replace(/^static int two.*\n/mu, ''), ['two']],
    [
      'parameters',
      BASE.replace('one(int x)', 'one(int y)').replace('check(x)', 'check(y)'),
      ['one'],
    ],
  ])('is %s', (_name, text, functions) => {
    expect(changes(text)).toEqual(functions);
  });

  test.each([
    ['an object', BASE.replace('int count;', 'int count = 1;')],
    ['a type', BASE.replace('static int count', 'struct s { int x; };\nstatic int count')],
    ['a file that does not parse', `${BASE}int (;\n`],
  ])('is not to be told by functions where %s differs', (_name, text) => {
    expect(changes(text)).toBeUndefined();
  });

  test('is not to be told by functions where headers differ', () => {
    expect(changes(BASE, `${HEADER}\nint more;\n`)).toBeUndefined();
  });
});
