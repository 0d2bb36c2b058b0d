import { describe, expect, test } from '@jest/globals';
import { parseTranslationUnit } from '../../src/c/parse.ts';
import { preprocess } from '../../src/c/preprocess.ts';
import type { Execution } from '../../src/machine/execution.ts';
import { DEFAULT_BOUNDS } from '../../src/machine/execution.ts';
import { linkProgram, type ProgramOptions, type RunOptions } from '../../src/machine/program.ts';

const DECLARATIONS = `
void *malloc(unsigned long);
void free(void *);
int printf(const char *, ...);
typedef struct { long slot[8]; } jmp_buf[1];
int setjmp(jmp_buf);
void longjmp(jmp_buf, int);
unsigned lifecycle_choose(unsigned n, const char *what);
`;

function program(source: string, options: Partial<ProgramOptions> = {}) {
  const text = `${DECLARATIONS}\n#line 1 "t.c"\n${source}`;
  const fs = { read: (path: string) => (path === 't.c' ? text : undefined) };
  const unit = parseTranslationUnit(preprocess({ main: 't.c', fs, include: [] }).tokens);
  expect(unit.errors.map(String)).toEqual([]);
  return linkProgram([unit], { policy: { stubs: [] }, ...options });
}

function run(source: string, options: Partial<RunOptions> = {}): Execution {
  return program(source).run({ entry: 'main', ...options });
}

function where({ at }: Execution): string {
  return at === undefined ? '' : `${at.location.file}:${at.location.line} ${at.function}`;
}

describe('values', () => {
  test.each([
    ['int main(void) { return (unsigned char)300; }', 44],
    ['int main(void) { int x = 2147483647; x++; return x < 0; }', 1],
    ['int main(void) { unsigned long x = -1; return x == 18446744073709551615UL; }', 1],
    ['int main(void) { return (int)((1L << 40) >> 38); }', 4],
    ['int main(void) { return -7 / 2 == -3 && -7 % 2 == -1; }', 1],
    ['int main(void) { double d = 2.5; return (int)(d * 4); }', 10],
    [
      'struct s { unsigned a:3; int b:5; }; int main(void) { struct s s = { 9, -3 }; return s.a == 1 && s.b == -3; }',
      1,
    ],
    ['int main(void) { int a[3] = { [1] = 4 }; return a[0] + a[1] * 2 + a[2]; }', 8],
    ['int main(void) { return ({ int x = 3; x * x; }); }', 9],
    [
      'int f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2); } int main(void) { return f(10); }',
      55,
    ],
    ['int main(void) { int i = 0; again: if (i < 7) { i++; goto again; } return i; }', 7],
    [
      'int main(void) { int n = 5, s = 0; switch (n) { case 0: do { s++; case 5: s += 2; } while (--n > 3); } return s; }',
      5,
    ],
    ['static int v = 3; static int *p = &v; int main(void) { return *p; }', 3],
    [
      'struct s { long a, b; }; struct s f(void) { return (struct s){ 4, 5 }; } int main(void) { return f().b; }',
      5,
    ],
    [
      'static void up(int *x) { *x += 0; v_ran(); } int v; void v_ran(void) { v = 6; } int main(void) { { __attribute__((cleanup(up))) int x = 1; } return v; }',
      6,
    ],
    [
      'jmp_buf b; void f(void) { longjmp(b, 8); } int main(void) { int r = setjmp(b); if (r == 0) { f(); } return r; }',
      8,
    ],
  ])('%s', (source, status) => {
    const execution = run(source.includes('v_ran();') ? `void v_ran(void);\n${source}` : source);
    expect([execution.outcome, execution.message, execution.exitStatus]).toEqual([
      'clean',
      '',
      status,
    ]);
  });
});

describe('outcomes', () => {
  test.each([
    ['int main(void) {\n int *p = 0;\n return *p; }', 'null-dereference', 't.c:3 main'],
    [
      'int main(void) { int *p = malloc(8); *p = 1; free(p);\n return *p; }',
      'use-after-free',
      't.c:2 main',
    ],
    [
      'int main(void) { char *p = malloc(8); free(p);\n free(p); return 0; }',
      'double-free',
      't.c:2 main',
    ],
    ['int main(void) { int a[2] = { 0 };\n return a[2]; }', 'out-of-bounds', 't.c:2 main'],
    ['int main(void) { int x;\n return x; }', 'uninitialized-read', 't.c:2 main'],
    ['int zero; int main(void) {\n return 1 / zero; }', 'division-by-zero', 't.c:2 main'],
    ['int main(void) {\n for (;;) { } }', 'non-termination', 't.c:2 main'],
    [
      'int f(int x) { return f(x + 1) + 1; } int main(void) { return f(0); }',
      'stack-overflow',
      't.c:1 f',
    ],
    ['void nowhere(void); int main(void) {\n nowhere(); return 0; }', 'unsupported', 't.c:2 main'],
    [
      'int *f(void) { int x = 1; int *p = &x; return p; } int main(void) {\n return *f(); }',
      'use-after-free',
      't.c:2 main',
    ],
    [
      'int main(void) { unsigned long n = 1UL << 40;\n char *p = malloc(n); p[0] = 1; return 0; }',
      'out-of-memory',
      't.c:2 main',
    ],
  ])('%s', (source, outcome, at) => {
    const execution = run(source);
    expect([execution.outcome, where(execution)]).toEqual([outcome, at]);
  });

  test('an unfreed block that nothing points to is a leak only where leaks are asked for', () => {
    const source = 'int main(void) { malloc(3); return 0; }';
    expect(program(source).run({ entry: 'main' }).outcome).toBe('clean');
    expect(program(source, { leaks: true }).run({ entry: 'main' }).outcome).toBe('leak');
  });
});

describe('choices', () => {
  const source = `static int runs;
int main(void) { runs++; unsigned a = lifecycle_choose(2, "a"); unsigned b = a ? lifecycle_choose(3, "b") : 7;
  return runs * 100 + a * 10 + b; }`;

  test('every combination runs once, from the same start', () => {
    const { paths, cut } = program(source).explore({ entry: 'main' });
    expect(paths.map(({ exitStatus }) => exitStatus)).toEqual([107, 110, 111, 112]);
    expect(cut).toBe(false);
  });

  test('a path is replayed by its choices', () => {
    expect(program(source).run({ entry: 'main', choices: [1, 2] }).exitStatus).toBe(112);
  });

  test('the bound on paths says that it cut', () => {
    const bounds = { ...DEFAULT_BOUNDS, paths: 2 };
    const { paths, cut } = program(source).explore({ entry: 'main', bounds });
    expect([paths.length, cut]).toEqual([2, true]);
  });
});

describe('evidence', () => {
  test('a traced execution has its calls, with the line of the call', () => {
    const source =
      'static int twice(int x) {\n return x * 2; }\nint main(void) {\n return twice(4); }';
    const { trace } = program(source, { trace: true }).run({ entry: 'main' });
    const calls = trace.flatMap((event) =>
      event.kind === 'call'
        ? [`${event.callee}(${event.args.join()}) at ${event.site.location.line}`]
        : [],
    );
    expect(calls.at(-1)).toBe('twice(4) at 4');
  });

  test('covered lines are those that ran', () => {
    const source =
      'int main(void) {\n int x = 1;\n if (x) {\n x = 2;\n } else {\n x = 3;\n }\n return 0; }';
    const { covered } = program(source, { cover: (file) => file === 't.c' }).run({
      entry: 'main',
    });
    expect([...covered].toSorted()).toEqual(['t.c:1', 't.c:2', 't.c:3', 't.c:4', 't.c:8']);
  });
});

test.each([
  ['a constructor that aborts', 'abort();', 'assertion'],
  ['one that exits', 'exit(3);', 'unsupported'],
])('%s ends every execution', (_, statement, outcome) => {
  const source = `void abort(void); void exit(int);
    __attribute__((constructor)) static void begin(void) { ${statement} }
    int main(void) { return 0; }`;
  const begun = program(source);
  const ends = [1, 2].map(() => begun.run({ entry: 'main' }).outcome);
  expect(ends).toEqual([outcome, outcome]);
});

describe('what is prepared once', () => {
  const source = `
    static int calls; static int *p;
    void ready(void) { calls++; p = malloc(4); *p = 7; }
    int main(void) { calls += 10; *p += 1; return calls * 10 + *p; }`;

  test('stands at the start of every execution', () => {
    const prepared = program(source, { prepare: 'ready' });
    const statuses = [1, 2].map(() => prepared.run({ entry: 'main' }).exitStatus);
    expect(statuses).toEqual([118, 118]);
  });

  test('is covered in every execution', () => {
    const prepared = program(source, { prepare: 'ready', cover: () => true });
    prepared.run({ entry: 'main' });
    expect(prepared.run({ entry: 'main' }).covered).toContain('t.c:3');
  });

  test.each(['__builtin_trap();', 'calls += lifecycle_choose(2, "x");'])(
    'is as if it had not been called where it cannot be shared: %s',
    (statement) => {
      const text = `static int calls; void ready(void) { calls++; ${statement} }
        int main(void) { calls++; ready(); return calls; }`;
      const alone = program(text);
      const prepared = program(text, { prepare: 'ready' });
      expect(prepared.explore({ entry: 'main' })).toEqual(alone.explore({ entry: 'main' }));
    },
  );
});

describe('cases', () => {
  const source = `
    void lifecycle_case(const char *contract, const char *format, ...);
    _Noreturn void lifecycle_skip(void);
    int main(void) {
      unsigned a = lifecycle_choose(3, "a"), b = lifecycle_choose(2, "b");
      if (a == 1) lifecycle_skip();
      lifecycle_case(b ? "tolerated" : "required", "a is %u", a);
      return a;
    }`;

  test('are stated by each path, and those that another one stands for are left out', () => {
    const { paths, cut } = program(source).explore({ entry: 'main' });
    expect(cut).toBe(false);
    expect(paths.map((path) => [path.case?.contract, path.case?.text])).toEqual([
      ['required', 'a is 0'],
      ['tolerated', 'a is 0'],
      ['required', 'a is 2'],
      ['tolerated', 'a is 2'],
    ]);
    expect(program(source).run({ entry: 'main' }).case?.text).toBe('a is 0');
  });

  test('that are left out are bounded as well', () => {
    const endless = `_Noreturn void lifecycle_skip(void);
      int main(void) { for (int i = 0; i < 40; i++) lifecycle_choose(2, "x"); lifecycle_skip(); }`;
    const bounds = { ...DEFAULT_BOUNDS, paths: 2 };
    expect(program(endless).explore({ entry: 'main', bounds })).toEqual({ paths: [], cut: true });
  });
});

describe('one call may move only so much', () => {
  const library = `
    void *memset(void *, int, unsigned long);
    unsigned long strlen(const char *);
    void qsort(void *, unsigned long, unsigned long, int (*)(const void *, const void *));
    int snprintf(char *, unsigned long, const char *, ...);
    static int order(const void *a, const void *b) { return 0; }`;

  test.each([
    ['memset', 'for (;;) memset(p, 1, 1 << 24);', 'non-termination'],
    ['strlen', 'memset(p, 1, (1 << 24) - 1); for (;;) strlen(p);', 'non-termination'],
    ['malloc and free', 'for (;;) free(malloc(1));', 'non-termination'],
    ['output', 'for (;;) printf("%100000d", 1);', 'non-termination'],
    ['qsort', 'for (;;) qsort(p, 1 << 20, 1, order);', 'non-termination'],
    ['a wide field', 'snprintf(0, 0, "%1000000000d", 1);', 'out-of-memory'],
    ['a field too wide for a text', 'snprintf(0, 0, "%.999999999d", 1);', 'out-of-memory'],
  ])('%s', (_name, text, outcome) => {
    const execution = run(
      `${library}\nint main(void) { char *p = malloc(1 << 24); p[(1 << 24) - 1] = 0;\n${text}\nreturn 0; }`,
    );
    expect(execution.outcome).toBe(outcome);
  });
});

test('input comes when it is asked for, output goes at once', () => {
  const source = `
    extern int getchar(void);
    extern long read(int, void *, unsigned long);
    int main(void) {
      char rest[9];
      printf("first?");
      printf("%c", getchar());
      printf("%ld", read(0, rest, 9));
      printf("%ld", read(0, rest, 9));
      printf("%d", getchar());
      return rest[1];
    }`;
  const events: string[] = [];
  const chunks = ['abc', 'xyz'];
  const execution = run(source, {
    stdin: () => {
      const chunk = chunks.shift();
      events.push(`(${chunk ?? 'end'})`);
      return chunk === undefined ? undefined : Buffer.from(chunk);
    },
    output: (fd, bytes) => events.push(`${fd}:${Buffer.from(bytes).toString()}`),
  });
  expect(events.join(' ')).toBe('1:first? (abc) 1:a 1:2 (xyz) 1:3 (end) 1:-1');
  expect([execution.exitStatus, execution.stdout]).toEqual(['y'.charCodeAt(0), '']);
});
