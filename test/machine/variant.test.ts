import { describe, expect, test } from '@jest/globals';
import { kinOf } from '../../src/c/kin.ts';
import { parseTranslationUnit } from '../../src/c/parse.ts';
import type { UnitState } from '../../src/c/parse-context.ts';
import { preprocess } from '../../src/c/preprocess.ts';
import { linkProgram, type Program } from '../../src/machine/program.ts';

function unit(text: string): UnitState {
  const fs = { read: (path: string) => (path === 't.c' ? text : undefined) };
  return parseTranslationUnit(preprocess({ main: 't.c', fs, include: [] }).tokens);
}

function link(of: UnitState): Program {
  return linkProgram([of], { policy: { stubs: [] }, leaks: true, cover: () => true });
}

function end(program: Program): object {
  const { at, outcome, message, exitStatus, stdout, covered, functions, steps } = program.run({
    entry: 'main',
  });
  const lines = new Set([...covered].toSorted());
  return { at, outcome, message, exitStatus, stdout, covered: lines, functions, steps };
}

const FIRST = `
void *malloc(unsigned long);
void free(void *);
int printf(const char *, ...);
static int count = 3;
static int *kept = &count;
static const char *name(void) { return "first"; }
static int drop(int by) {
  static int calls;
  calls += 1;
  *kept -= by;
  return calls;
}
static int (*hook)(int) = drop;
__attribute__((constructor)) static void begin(void) { count += 10; }
int twice(int x) { return 2 * x; }
int main(void) {
  char *block = malloc(4);
  printf("%s %d\\n", name(), hook(twice(1)));
  free(block);
  return count + block[0] * 0;
}
`;

const LINES = `int printf(const char *, ...);
int f(void) { return 1; }
int g(void) { return __LINE__; }
int main(void) {
  int *p = 0;
  printf("%d", g());
  return *p;
}`;

describe('a version of a program that was linked before', () => {
  test.each([
    ['another body', (text: string) => text.replace('"first"', '"second"')],
    ['a body of more lines', (text: string) => text.replace('calls += 1;', 'calls += 1;\n\n\n')],
    ['another body of what is called through a pointer', (text) => text.replace('-= by', '+= by')],
    ['another constructor', (text) => text.replace('+= 10', '+= 20')],
    ['another body of what everybody sees', (text) => text.replace('2 * x', '3 * x')],
    [
      'a new static function that calls, and sees objects of, the first',
      (text) =>
        text
          .replace('int twice(', 'static int more(int x) { return x + drop(count); }\nint twice(')
          .replace('2 * x', 'more(x)'),
    ],
    ['a mended body', (text) => text.replace('count + block[0] * 0', 'count')],
    ['nothing', (text) => text],
  ] as const satisfies [string, (text: string) => string][])(
    'runs as it would by itself, with %s',
    (_, edit) => {
      const [first, second] = [unit(FIRST), unit(edit(FIRST))];
      const kin = kinOf([first], [second]);
      if (kin === undefined) {
        throw new Error('they are no kin');
      }
      const shared = link(first);
      const variant = shared.variant(kin);
      const [one, other] = [end(link(first)), end(link(second))];
      for (const program of [shared, variant, variant, shared, variant]) {
        expect(end(program)).toEqual(program === shared ? one : other);
      }
    },
  );

  test('compiles what moved, or has the number of its line in it, as it should', () => {
    const [first, second] = [unit(LINES), unit(LINES.replace('return 1', '\n\n return 1'))];
    const kin = kinOf([first], [second]);
    expect(kin?.others.size).toBe(2);
    expect([...(kin?.shifts.values() ?? [])]).toEqual([2]);
    const variant = kin && link(first).variant(kin);
    expect(variant && end(variant)).toEqual(end(link(second)));
    expect(variant && end(variant)).toMatchObject({ stdout: '5', at: { location: { line: 9 } } });
  });
});

test.each([
  ['an object', 'count = 3', 'count = 4'],
  ['a type', 'static int *kept', 'static long *kept'],
  ['a function that all units see', 'int twice(', 'int more(void) { return 1; }\nint twice('],
  [
    'a constructor',
    'int twice(',
    '__attribute__((constructor)) static void more(void) {}\nint twice(',
  ],
  ['a function without a body', 'int twice(int x) { return 2 * x; }', 'int twice(int x);'],
  ['linkage', 'static int drop(', 'int drop('],
  ['code that does not parse', 'static int *kept', 'static int int *kept'],
])('units that differ in %s are no versions of one another', (_, old, now) => {
  expect(FIRST).toContain(old);
  expect(kinOf([unit(FIRST)], [unit(FIRST.replace(old, now))])).toBeUndefined();
});
