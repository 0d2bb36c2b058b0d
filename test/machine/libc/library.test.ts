import { describe, expect, test } from '@jest/globals';
import { LIBC, runAtExit } from '../../../src/machine/libc/index.ts';
import { Exit } from '../../../src/machine/stop.ts';
import { Fake, SITE, stopOf } from './fake.ts';

function buffer(rt: Fake, text: string, size = text.length + 1): number {
  const to = rt.room(size);
  rt.memory.writeBytes(to, Buffer.from(`${text}\0`), SITE);
  return to;
}

describe('string.h', () => {
  test.each<[string, (bigint | number | string)[], number | bigint]>([
    ['strlen', ['hello'], 5n],
    ['strnlen', ['hello', 3n], 3n],
    ['strspn', ['aabbc', 'ab'], 4n],
    ['strcspn', ['aabbc', 'bc'], 2n],
    ['abs', [-5], 5],
    ['labs', [-5n], 5n],
    ['ffs', [8], 4],
    ['isalpha', [65], 1],
    ['isalpha', [-1], 0],
    ['toupper', [97], 65],
    ['atoi', ['  -42xyz'], -42],
    ['atof', ['2.5e1x'], 25],
    ['pow', [2, 10], 1024],
    ['round', [-2.5], -3],
    ['rint', [2.5], 2],
    ['fmod', [-7, 3], -1],
    ['lround', [2.5], 3n],
    ['sqrtf', [2], Math.fround(Math.SQRT2)],
    ['ldexp', [1, -1074], 5e-324],
    ['remainder', [7, 4], -1],
  ])('%s(%j)', (name, args, expected) => {
    expect(new Fake().run(name, ...args)).toBe(expected);
  });

  test.each([
    ['strcmp', 'abc', 'abd', -1],
    ['strcmp', 'b', 'abd', 1],
    ['strcmp', 'ab', 'ab', 0],
    ['strcmp', 'ab', 'abc', -1],
    ['strcmp', 'a', '\u00e9', -1],
    ['strcasecmp', 'HeLLo', 'hEllO', 0],
  ])('%s(%j, %j)', (name, a, b, sign) => {
    expect(Math.sign(Number(new Fake().run(name, a, b)))).toBe(sign);
  });

  test('strncmp looks no further than it must', () => {
    const rt = new Fake();
    const room = rt.room(2);
    rt.memory.writeBytes(room, Buffer.from('ab'), SITE);
    expect(rt.run('strncmp', room, 'abc', 2n)).toBe(0);
    expect(stopOf(() => rt.run('strcmp', room, 'abc'))).toMatchObject({ kind: 'out-of-bounds' });
  });

  test('memcpy takes uninitialized bytes along, memcmp does not', () => {
    const rt = new Fake();
    const [a, b] = [rt.room(8), rt.room(8)];
    expect(rt.run('memcpy', a, b, 8n)).toBe(a);
    expect(stopOf(() => rt.run('memcmp', a, b, 8n))).toMatchObject({
      kind: 'uninitialized-read',
    });
    rt.run('memset', a, 511, 8n);
    expect(rt.memory.u8(a + 7, SITE)).toBe(255);
    expect(stopOf(() => rt.run('memset', a, 0, 9n))).toMatchObject({
      kind: 'out-of-bounds',
      site: SITE,
    });
  });

  test('strcpy into too little room is out of bounds; strncpy pads and need not end', () => {
    const rt = new Fake();
    const to = rt.room(4);
    expect(stopOf(() => rt.run('strcpy', to, 'four'))).toMatchObject({ kind: 'out-of-bounds' });
    rt.run('strncpy', to, 'four', 4n);
    expect([...rt.memory.bytes(to, 4, SITE)]).toEqual([...Buffer.from('four')]);
    rt.run('strncpy', to, 'a', 4n);
    expect([...rt.memory.bytes(to, 4, SITE)]).toEqual([97, 0, 0, 0]);
  });

  test('strcat, strncat, strchr, strrchr, strstr, strpbrk, strdup', () => {
    const rt = new Fake();
    const to = buffer(rt, 'ab', 16);
    rt.run('strcat', to, 'cd');
    rt.run('strncat', to, 'efgh', 2n);
    expect(rt.string(to)).toBe('abcdef');
    expect(rt.run('strchr', to, 99)).toBe(to + 2);
    expect(rt.run('strchr', to, 0)).toBe(to + 6);
    expect(rt.run('strchr', to, 120)).toBe(0);
    expect(rt.run('strrchr', to, 102)).toBe(to + 5);
    expect(rt.run('strstr', to, 'cd')).toBe(to + 2);
    expect(rt.run('strstr', to, 'x')).toBe(0);
    expect(rt.run('strpbrk', to, 'xd')).toBe(to + 3);
    const copy = rt.run('strdup', to);
    expect(rt.string(copy)).toBe('abcdef');
    expect(rt.memory.describe(Number(copy))).toBe('strdup(7)');
  });

  test('strtok and strsep', () => {
    const rt = new Fake();
    const text = buffer(rt, ',,a,b;c');
    const tokens: string[] = [];
    for (let token = rt.run('strtok', text, ',;'); token !== 0; token = rt.run('strtok', 0, ',;')) {
      tokens.push(rt.string(token));
    }
    expect(tokens).toEqual(['a', 'b', 'c']);
    const pointer = rt.room(8);
    rt.memory.wptr(pointer, buffer(rt, 'x::y'), SITE);
    const fields = [1, 2, 3].map(() => rt.string(rt.run('strsep', pointer, ':')));
    expect(fields).toEqual(['x', '', 'y']);
    expect(rt.run('strsep', pointer, ':')).toBe(0);
  });
});

describe('stdlib.h', () => {
  test('malloc, calloc, realloc, free', () => {
    const rt = new Fake();
    const block = Number(rt.run('malloc', 24n));
    expect(rt.memory.describe(block)).toBe('malloc(24)');
    expect(stopOf(() => rt.memory.u8(block, 1))).toMatchObject({ kind: 'uninitialized-read' });
    rt.memory.w32(block, 42, 1);
    const larger = Number(rt.run('realloc', block, 48n));
    expect(rt.memory.i32(larger, 1)).toBe(42);
    expect(stopOf(() => rt.memory.u8(block, 1))).toMatchObject({ kind: 'use-after-free' });
    rt.run('free', larger);
    expect(stopOf(() => rt.run('free', larger))).toMatchObject({ kind: 'double-free', site: SITE });
    expect(stopOf(() => rt.run('realloc', larger, 8n))).toMatchObject({ kind: 'double-free' });
    expect(rt.memory.u64(Number(rt.run('calloc', 2n, 8n)) + 8, 1)).toBe(0n);
    expect(rt.run('malloc', 2n ** 64n - 1n)).toBe(0);
    expect(stopOf(() => rt.run('malloc', 2n ** 40n))).toMatchObject({ kind: 'out-of-memory' });
  });

  test.each<[string, string, number, bigint, number, number]>([
    ['strtol', ' -0x1fz', 0, -31n, 6, 0],
    ['strtol', '077', 0, 63n, 3, 0],
    ['strtol', '0x', 16, 0n, 1, 0],
    ['strtol', 'zz', 36, 1295n, 2, 0],
    ['strtol', 'abc', 10, 0n, 0, 0],
    ['strtol', '9223372036854775808', 10, 2n ** 63n - 1n, 19, 34],
    ['strtol', '-9223372036854775809', 10, -(2n ** 63n), 20, 34],
    ['strtoul', '-1', 10, 2n ** 64n - 1n, 2, 0],
    ['strtoul', '99999999999999999999', 10, 2n ** 64n - 1n, 20, 34],
    ['strtol', '1', 1, 0n, 0, 22],
  ])('%s(%j, end, %d)', (name, text, base, value, length, errno) => {
    const rt = new Fake();
    const end = rt.room(8);
    const start = rt.text(text);
    expect(rt.run(name, start, end, base)).toBe(value);
    expect(rt.memory.ptr(end, SITE) - start).toBe(length);
    expect(rt.memory.i32(Number(rt.run('__errno_location')), SITE)).toBe(errno);
  });

  test.each<[string, number, number]>([
    [' 1.5e3x', 1500, 6],
    ['-.5', -0.5, 3],
    ['1e', 1, 1],
    ['0x1.8p1', 3, 7],
    ['0xg', 0, 1],
    ['-inf', -Infinity, 4],
    ['.', 0, 0],
  ])('strtod(%j)', (text, value, length) => {
    const rt = new Fake();
    const end = rt.room(8);
    const start = rt.text(text);
    expect(rt.run('strtod', start, end)).toBe(value);
    expect(rt.memory.ptr(end, SITE) - start).toBe(length);
  });

  test('qsort is stable, and bsearch finds', () => {
    const rt = new Fake();
    const values = [5, 3, 9, 1, 3, 7];
    const array = rt.room(8 * values.length);
    for (const [index, value] of values.entries()) {
      rt.memory.w32(array + 8 * index, value, SITE);
      rt.memory.w32(array + 8 * index + 4, index, SITE);
    }
    function key(address: number | bigint | undefined): number {
      return rt.memory.i32(Number(address), SITE);
    }
    const compare = rt.function((a, b) => key(a) - key(b));
    rt.run('qsort', array, 6n, 8n, compare);
    const sorted = values.map((_, at) => [key(array + 8 * at), key(array + 8 * at + 4)]);
    expect(sorted).toEqual([
      [1, 3],
      [3, 1],
      [3, 4],
      [5, 0],
      [7, 5],
      [9, 2],
    ]);
    const wanted = rt.room(4);
    rt.memory.w32(wanted, 7, SITE);
    expect(rt.run('bsearch', wanted, array, 6n, 8n, compare)).toBe(array + 32);
    rt.memory.w32(wanted, 6, SITE);
    expect(rt.run('bsearch', wanted, array, 6n, 8n, compare)).toBe(0);
  });

  test('rand gives what glibc gives', () => {
    const rt = new Fake();
    expect([rt.run('rand'), rt.run('rand')]).toEqual([1804289383, 846930886]);
    rt.run('srand', 42);
    expect(rt.run('rand')).toBe(71876166);
  });

  test('div stores its parts where the caller wants the record', () => {
    const rt = new Fake();
    const to = rt.room(8);
    expect(rt.run('div', to, -7, 2)).toBe(to);
    expect([rt.memory.i32(to, SITE), rt.memory.i32(to + 4, SITE)]).toEqual([-3, -1]);
    expect(stopOf(() => rt.run('div', to, 1, 0))).toMatchObject({ kind: 'division-by-zero' });
  });

  test('exit runs the handlers, last first; abort and assert stop', () => {
    const rt = new Fake();
    const order: string[] = [];
    rt.run(
      'atexit',
      rt.function(() => void order.push('first')),
    );
    rt.run(
      'atexit',
      rt.function(() => void order.push('second')),
    );
    expect(stopOf(() => rt.run('exit', 259))).toEqual(new Exit(3));
    expect(order).toEqual(['second', 'first']);
    runAtExit(rt);
    expect(order).toHaveLength(2);
    expect(stopOf(() => rt.run('abort'))).toMatchObject({
      kind: 'assertion',
      detail: 'abort() was called',
      site: SITE,
    });
    expect(stopOf(() => rt.run('__assert_fail', 'a == b', 'x.c', 12, 'main'))).toMatchObject({
      kind: 'assertion',
      detail: "Assertion 'a == b' failed",
    });
  });
});

describe('files', () => {
  test('what is written can be read, line by line', () => {
    const rt = new Fake();
    const file = Number(rt.run('fopen', 'a.txt', 'w'));
    rt.run('fprintf', file, 'one\n%d\n', rt.area(22n));
    rt.run('fclose', file);
    expect(stopOf(() => rt.run('fputs', 'x', file))).toMatchObject({ kind: 'use-after-free' });
    const again = Number(rt.run('fopen', 'a.txt', 'r'));
    const line = rt.room(16);
    expect(rt.run('fgets', line, 16, again)).toBe(line);
    expect(rt.string(line)).toBe('one\n');
    expect(rt.run('fgetc', again)).toBe(50);
    rt.run('ungetc', 51, again);
    expect(rt.run('ftell', again)).toBe(4n);
    rt.run('fgets', line, 16, again);
    expect(rt.string(line)).toBe('32\n');
    expect(rt.run('feof', again)).toBe(0);
    expect(rt.run('fgetc', again)).toBe(-1);
    expect(rt.run('feof', again)).toBe(1);
    rt.run('fseek', again, -3n, 2);
    expect(rt.run('fread', line, 1n, 8n, again)).toBe(3n);
    expect(rt.run('fopen', 'missing', 'r')).toBe(0);
    rt.run('perror', 'missing');
    expect(rt.output(2)).toBe('missing: No such file or directory\n');
  });

  test('stdin comes from the state; stdout and stderr go to the machine', () => {
    const rt = new Fake();
    rt.state.set('stdin', Buffer.from('ab 12'));
    expect([rt.run('getchar'), rt.run('getchar')]).toEqual([97, 98]);
    const to = rt.room(4);
    expect(rt.run('scanf', '%d', rt.area(BigInt(to)))).toBe(1);
    expect(rt.memory.i32(to, SITE)).toBe(12);
    expect(rt.run('getchar')).toBe(-1);
    rt.run('puts', 'out');
    rt.run('fputs', 'err', Number(rt.run('__lc_stderr')));
    rt.run('write', 1, rt.text('raw'), 3n);
    expect([rt.output(1), rt.output(2)]).toEqual(['out\nraw', 'err']);
  });
});

describe('sscanf', () => {
  test('integers, words, sets, characters and counts', () => {
    const rt = new Fake();
    const [a, b, word, set, c, n] = [4, 8, 8, 8, 1, 4].map((size) => rt.room(size));
    const places = [a, b, word, set, c, n].map((at) => BigInt(at ?? 0));
    const format = '%d,%lx %7s [%[a-c]] %c%n';
    expect(rt.run('sscanf', '-12,0xff word [abc] xz', format, rt.area(...places))).toBe(5);
    expect(rt.memory.i32(Number(a), SITE)).toBe(-12);
    expect(rt.memory.i64(Number(b), SITE)).toBe(255n);
    expect([rt.string(word), rt.string(set)]).toEqual(['word', 'abc']);
    expect(rt.memory.u8(Number(c), SITE)).toBe(120);
    expect(rt.memory.i32(Number(n), SITE)).toBe(21);
  });

  test('floats, suppression, mismatch and end', () => {
    const rt = new Fake();
    const [f, d] = [rt.room(4), rt.room(8)];
    const area = rt.area(BigInt(f), BigInt(d));
    expect(rt.run('sscanf', '7 1.5 -2e3', '%*d %f %lf', area)).toBe(2);
    expect([rt.memory.f32(f, SITE), rt.memory.f64(d, SITE)]).toEqual([1.5, -2000]);
    expect(rt.run('sscanf', 'x', '%d', area)).toBe(0);
    expect(rt.run('sscanf', '', '%d', area)).toBe(-1);
  });
});

describe('time.h', () => {
  test('the clock is fixed, and breaks down as UTC', () => {
    const rt = new Fake();
    expect(rt.run('time', 0)).toBe(1_577_836_800n);
    const now = rt.room(8);
    rt.memory.w64(now, 951_782_400n, SITE);
    const tm = Number(rt.run('gmtime', now));
    const to = rt.room(64);
    expect(rt.run('strftime', to, 64n, '%Y-%m-%d %H:%M:%S %a %j', tm)).toBe(27n);
    expect(rt.string(to)).toBe('2000-02-29 00:00:00 Tue 060');
    expect(rt.run('mktime', tm)).toBe(951_782_400n);
  });
});

describe('signal.h', () => {
  test('a handler runs; the default ends the program', () => {
    const rt = new Fake();
    const seen: unknown[] = [];
    const handler = rt.function((number) => void seen.push(number));
    expect(rt.run('signal', 10, handler)).toBe(0);
    expect(rt.run('raise', 10)).toBe(0);
    const action = rt.room(144);
    expect(rt.run('sigaction', 10, 0, action)).toBe(0);
    expect(rt.memory.ptr(action, SITE)).toBe(handler);
    rt.memory.wptr(action, 0, SITE);
    rt.run('sigaction', 10, action, 0);
    expect(stopOf(() => rt.run('raise', 10))).toMatchObject({ kind: 'assertion', site: SITE });
    expect(seen).toEqual([10]);
  });
});

test('every builtin is named as C can name it', () => {
  expect([...LIBC.keys()].filter((name) => !/^[A-Za-z_]\w*$/.test(name))).toEqual([]);
  expect(LIBC.size).toBeGreaterThan(300);
});
