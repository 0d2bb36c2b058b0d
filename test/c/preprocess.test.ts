import { describe, expect, test } from '@jest/globals';
import { expand, run } from './preprocess-run.ts';

/** C11 §6.10.3.5. */
describe('the examples of the standard', () => {
  test('EXAMPLE 3: rescanning', () => {
    const definitions = `
      #define x 3
      #define f(a) f(x * (a))
      #undef x
      #define x 2
      #define g f
      #define z z[0]
      #define h g(~
      #define m(a) a(w)
      #define w 0,1
      #define t(a) a
      #define p() int
      #define q(x) x
      #define r(x,y) x ## y
      #define str(x) # x
    `;
    expect(expand(`${definitions} f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);`)).toBe(
      'f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ;',
    );
    expect(expand(`${definitions} g(x+(3,4)-w) | h 5) & m\n(f)^m(m);`)).toBe(
      'f ( 2 * ( 2 + ( 3 , 4 ) - 0 , 1 ) ) | f ( 2 * ( ~ 5 ) ) & f ( 2 * ( 0 , 1 ) ) ^ m ( 0 , 1 ) ;',
    );
    expect(expand(`${definitions} p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };`)).toBe(
      'int i [ ] = { 1 , 23 , 4 , 5 , } ;',
    );
    expect(expand(`${definitions} { str(hello), str() };`)).toBe('{ "hello" , "" } ;');
  });

  test('EXAMPLE 4: # and ##', () => {
    const definitions = String.raw`
      #define str(s) # s
      #define xstr(s) str(s)
      #define debug(s, t) printf("x" # s "= %d, x" # t "= %s", \
                              x ## s, x ## t)
      #define INCFILE(n) vers ## n
      #define glue(a, b) a ## b
      #define xglue(a, b) glue(a, b)
      #define HIGHLOW "hello"
      #define LOW LOW ", world"
    `;
    expect(expand(`${definitions} debug(1, 2);`)).toBe(
      'printf ( "x" "1" "= %d, x" "2" "= %s" , x1 , x2 ) ;',
    );
    expect(
      expand(
        String.raw`${definitions} fputs(str(strncmp("abc\0d", "abc", '\4') // this goes away
          == 0) str(: @\n), s);`,
      ),
    ).toBe(String.raw`fputs ( "strncmp(\"abc\\0d\", \"abc\", '\\4') == 0" ": @\n" , s ) ;`);
    expect(expand(`${definitions} xstr(INCFILE(2).h)`)).toBe('"vers2.h"');
    expect(expand(`${definitions} glue(HIGH, LOW); xglue(HIGH, LOW)`)).toBe(
      '"hello" ; "hello" ", world"',
    );
  });

  test('hash_hash: a ## that was made is no operator (§6.10.3.3 EXAMPLE)', () => {
    const definitions = `
      #define hash_hash # ## #
      #define mkstr(a) # a
      #define in_between(a) mkstr(a)
      #define join(c, d) in_between(c hash_hash d)
    `;
    expect(expand(`${definitions} join(x, y)`)).toBe('"x ## y"');
  });

  test('EXAMPLE 5: placemarkers', () => {
    expect(
      expand(`#define t(x,y,z) x ## y ## z
        { t(1,2,3), t(,4,5), t(6,,7), t(8,9,), t(10,,), t(,11,), t(,,12), t(,,) };`),
    ).toBe('{ 123 , 45 , 67 , 89 , 10 , 11 , 12 , } ;');
  });

  test('EXAMPLE 7: variable arguments', () => {
    const definitions = `
      #define debug(...) fprintf(stderr, __VA_ARGS__)
      #define showlist(...) puts(#__VA_ARGS__)
      #define report(test, ...) ((test)?puts(#test): printf(__VA_ARGS__))
    `;
    expect(expand(`${definitions} debug("Flag"); debug("X = %d\\n", x);`)).toBe(
      'fprintf ( stderr , "Flag" ) ; fprintf ( stderr , "X = %d\\n" , x ) ;',
    );
    expect(expand(`${definitions} showlist(The first, second, and third items.);`)).toBe(
      'puts ( "The first, second, and third items." ) ;',
    );
    expect(expand(`${definitions} report(x>y, "x is %d but y is %d", x, y);`)).toBe(
      '( ( x > y ) ? puts ( "x>y" ) : printf ( "x is %d but y is %d" , x , y ) ) ;',
    );
  });
});

describe('macros', () => {
  test('a function-like name without parentheses stays', () => {
    expect(expand('#define f(x) x\nf; f\n(1) (f)(2)')).toBe('f ; 1 ( f ) ( 2 )');
  });

  test('a call may begin in a replacement and end in the file, as in gcc', () => {
    expect(expand('#define f(a) a*g\n#define g(a) f(a)\nf(2)(9)')).toBe('2 * 9 * g');
    expect(expand('#define NIL(x) x\n#define G0(a) NIL(G1)(a)\n#define G1(a) NIL(a)\nG0(42)')).toBe(
      '42',
    );
  });

  test('mutual recursion ends', () => {
    expect(expand('#define A B\n#define B A\nA B')).toBe('A B');
    expect(expand('#define s(x) s x\ns(s(1)) (2)')).toBe('s s 1 ( 2 )');
  });

  test.each([
    [
      '#define e(f, ...) p(f, ## __VA_ARGS__)',
      'e(1) e(1,) e(1,2,3)',
      'p ( 1 ) p ( 1 , ) p ( 1 , 2 , 3 )',
    ],
    ['#define e(f, a...) p(f, ##a)', 'e(1) e(1,2,3)', 'p ( 1 ) p ( 1 , 2 , 3 )'],
    ['#define e(...) p(0, ##__VA_ARGS__)', 'e() e(1)', 'p ( 0 ) p ( 0 , 1 )'],
    ['#define e(...) f(0 __VA_OPT__(,) __VA_ARGS__)', 'e() e(1,2)', 'f ( 0 ) f ( 0 , 1 , 2 )'],
    ['#define e(X, ...) __VA_OPT__(a X ## X) ## b', 'e(, 1)', 'a b'],
    ['#define e(X, Y, ...) __VA_OPT__(X ## Y, __VA_ARGS__)', 'e(a, b, c, d)', 'ab , c , d'],
  ])('%s', (definition, text, expected) => {
    expect(expand(`${definition}\n${text}`)).toBe(expected);
  });

  test('push_macro and pop_macro, also by _Pragma', () => {
    expect(
      expand(`#define X 1
        #pragma push_macro("X")
        #undef X
        #define X 2
        X _Pragma("pop_macro(\\"X\\")") X`),
    ).toBe('2 1');
  });

  test('directives inside the arguments of a macro are carried out', () => {
    expect(expand('#define f(...) [__VA_ARGS__]\nf(a\n#ifdef f\nb\n#else\nc\n#endif\n)')).toBe(
      '[ a b ]',
    );
  });

  test('__LINE__, __FILE__ and __COUNTER__; __func__ is not touched', () => {
    expect(
      expand('#define L __LINE__\nL __LINE__\n L __FILE__ __COUNTER__ __COUNTER__ __func__'),
    ).toBe('2 2 3 "main.c" 0 1 __func__');
  });

  test('defines of the caller, and a prelude before them all', () => {
    expect(
      expand('A F(1) P', { defines: { A: '7', 'F(x)': 'x+x' }, prelude: '#define P A\n' }),
    ).toBe('7 1 + 1 7');
  });

  test.each([
    ['#define f(a) a\n\n  f(1, 2)', 'takes 1 argument, but 2 given', 3],
    ['#define f(a) a\nf(1', 'unterminated argument list', 2],
    ['#define f(a) #b\nf(1)', "'#' is not followed by a macro parameter", 1],
    ['#define f ## a\nf', "'##' cannot be at either end", 1],
    ['#define 3 4', 'must be an identifier', 1],
  ])('%j is an error: %s', (text, message, line) => {
    expect(() => expand(text)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        location: expect.objectContaining({ line }),
      }),
    );
  });

  test.each([
    [
      'doubling replacement lists',
      '#define a0 x x\n',
      (n: number) => `#define a${n} a${n - 1} a${n - 1}\n`,
      'a30',
    ],
    [
      'doubling spellings',
      '#define d(x) x##x\n#define e(x) d(x)\n',
      () => '',
      `${'e('.repeat(40)}a${')'.repeat(40)}`,
    ],
    ['deep arguments', '#define d(x) x\n', () => '', `${'d('.repeat(9000)}a${')'.repeat(9000)}`],
  ])('%s end with an error', (_, start, line, use) => {
    const lines = Array.from({ length: 30 }, (__, index) => line(index + 1)).join('');
    expect(() => expand(`${start}${lines}${use}`)).toThrow(/too (?:many|long|deep)/u);
  });
});

describe('locations', () => {
  test('a token out of a macro stands where the outermost macro is used, and says where it is spelled', () => {
    const { tokens } = run({ 'main.c': '#define in(x) (x)\n#define out in(a)\n  b out' });
    expect(
      tokens.map(({ text, location, spelled }) => [text, location.column, spelled?.line]),
    ).toEqual([
      ['b', 3, undefined],
      ['(', 5, 1],
      ['a', 5, 2],
      [')', 5, 1],
      ['', 8, undefined],
    ]);
  });

  test('#line and line markers rename what follows, in errors and in macros as well', () => {
    const text = '#line 100 "x.c"\na __LINE__\n# 7 "y.h" 1\n#define M b\nM __FILE__';
    const { tokens } = run({ 'main.c': text });
    expect(
      tokens
        .slice(0, 4)
        .map(({ text: spelling, location }) => [spelling, location.file, location.line]),
    ).toEqual([
      ['a', 'x.c', 100],
      ['100', 'x.c', 100],
      ['b', 'y.h', 8],
      ['"y.h"', 'y.h', 8],
    ]);
    expect(tokens[2]?.spelled).toEqual({ file: 'y.h', line: 7, column: 11 });
  });
});
