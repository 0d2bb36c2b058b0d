import { describe, expect, test } from '@jest/globals';
import type { TranslationUnit } from '../../src/c/ast.ts';
import { UnitCache } from '../../src/c/headers.ts';
import { isRecord } from '../../src/c/type-rules.ts';

const HEADER = `
#ifndef H
#define H
struct open;
struct closed { int a; };
enum { SEVEN = 7 };
int shared(struct open *o);
static int hidden(void);
static inline int twice(int x) { return x + x + SEVEN; }
#endif
`;

function fs(files: Record<string, string>): { read(path: string): string | undefined } {
  return { read: (path) => files[path] };
}

function errors(unit: TranslationUnit): string[] {
  return unit.errors.map((error) => error.message);
}

function sizeOf(unit: TranslationUnit, name: string): number | undefined {
  const type = unit.globals.get(name)?.type;
  return type !== undefined && isRecord(type) ? type.size : undefined;
}

describe('units that begin with the same headers', () => {
  const cache = new UnitCache({ include: ['.'] });
  const files = fs({
    'h.h': HEADER,
    'one.c': '#include "h.h"\nint shared(struct open *o) { return twice(1); }\nint own;',
    'two.c': '#include "h.h"\nint other(void) { return shared(0); }',
    'static.c': '#include "h.h"\nint before;\nstatic int hidden(void) { return 1; }',
    'again.c': '#include "h.h"\nstruct closed { int a; };',
    'int.c': '#include "h.h"\nstruct open { int x; };\nstruct open o;',
    'same.c': '#include "h.h"\nstruct open { int x; };\nstruct open o;',
    'long.c': '#include "h.h"\nstruct open { long x, y; };\nstruct open o;',
    'late.c': 'int first;\n#include "h.h"\nint x = SEVEN;',
    'missing.c': '#include "h.h"\n#include "none.h"\nint y = SEVEN;',
  });
  const unit = (path: string): TranslationUnit => cache.unit(path, files);

  test('share them, and keep what they add to themselves', () => {
    const [one, two] = [unit('one.c'), unit('two.c')];
    expect(one.head).toBeDefined();
    expect(one.head).toBe(two.head);
    expect(one.globals.get('shared')?.body?.get().block.body).toHaveLength(1);
    expect(two.globals.get('shared')?.body).toBeUndefined();
    expect(one.head?.globals.get('shared')?.body).toBeUndefined();
    expect(two.globals.get('other')?.body?.get().block.body).toHaveLength(1);
    expect([...one.globals.keys()]).toEqual(['shared', 'own']);
  });

  test('share them with what a patch makes of one of them', () => {
    const text = files.read('one.c') ?? '';
    const patched = cache.unit('one.c', {
      read: (path) => (path === 'one.c' ? `${text}\nint more;` : files.read(path)),
    });
    expect(patched.globals.has('more')).toBe(true);
    expect(patched.head).toBe(unit('one.c').head);
  });

  test('are parsed once for the same texts, and again for others', () => {
    expect(unit('one.c')).toBe(unit('one.c'));
    const changed = fs({ 'h.h': HEADER.replace('7', '8'), 'one.c': files.read('one.c') ?? '' });
    const other = cache.unit('one.c', changed);
    expect(other).not.toBe(unit('one.c'));
    expect(other.head).not.toBe(unit('one.c').head);
  });

  test('have headers of their own where they say more of a static function', () => {
    expect(unit('static.c').head).toBeUndefined();
    expect(errors(unit('static.c'))).toEqual([]);
    expect(unit('static.c').globals.get('hidden')?.body).toBeDefined();
  });

  test('may complete a record alike, and have headers of their own where they differ', () => {
    expect(unit('int.c').head).toBe(unit('same.c').head);
    expect(unit('long.c').head).toBeUndefined();
    expect(['int.c', 'same.c', 'long.c'].map((path) => sizeOf(unit(path), 'o'))).toEqual([
      4, 4, 16,
    ]);
    expect(errors(unit('same.c'))).toEqual([]);
  });

  test('may complete a record with one of their own, which then is one type as well', () => {
    const text = `#include "h.h"
      typedef struct part { int x; } part;
      struct open { part p; };
      part take(struct open *o) { part p = o->p; return p; }`;
    const both = ['', ' '].map((blank) =>
      cache.unit('part.c', {
        read: (path) =>
          path === 'part.c' ? text + blank : files.read(path)?.replace('SEVEN', 'S'),
      }),
    );
    expect(both[0]?.head).toBe(both[1]?.head);
    for (const each of both) {
      expect(each.globals.get('take')?.body?.get().block.body).toHaveLength(2);
    }
  });

  test('may not define again what the headers define', () => {
    expect(errors(unit('again.c'))).toEqual(["redefinition of 'struct closed'"]);
  });

  test('share nothing behind a declaration, nor a header that is not there', () => {
    expect(unit('late.c').head).toBeUndefined();
    expect(unit('missing.c').head).toBe(unit('one.c').head);
    expect(errors(unit('missing.c'))).toEqual([]);
  });
});
