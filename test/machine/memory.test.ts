import { describe, expect, test } from '@jest/globals';
import { Memory } from '../../src/machine/memory.ts';
import { Stop } from '../../src/machine/stop.ts';

function stopOf(run: () => unknown): Stop {
  try {
    run();
  } catch (error) {
    if (error instanceof Stop) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was stopped');
}

describe('typed access', () => {
  test('what is stored is loaded, at any alignment', () => {
    const m = new Memory();
    const a = m.allocate(64, 'heap', 'D1') + 1;
    m.w8(a, 0xff, 1);
    m.w16(a + 1, 0x8001, 1);
    m.w32(a + 3, -2, 1);
    m.w64(a + 7, -3n, 1);
    m.wf32(a + 15, 1.5, 1);
    m.wf64(a + 19, Math.PI, 1);
    m.w128(a + 27, -(2n ** 100n), 1);
    expect([m.i8(a, 1), m.u8(a, 1), m.i16(a + 1, 1), m.u16(a + 1, 1)]).toEqual([
      -1, 255, -32767, 0x8001,
    ]);
    expect([m.i32(a + 3, 1), m.u32(a + 3, 1)]).toEqual([-2, 0xfffffffe]);
    expect([m.i64(a + 7, 1), m.u64(a + 7, 1)]).toEqual([-3n, 2n ** 64n - 3n]);
    expect([m.f32(a + 15, 1), m.f64(a + 19, 1)]).toEqual([1.5, Math.PI]);
    expect([m.i128(a + 27, 1), m.u128(a + 27, 1)]).toEqual([
      -(2n ** 100n),
      2n ** 128n - 2n ** 100n,
    ]);
  });

  test.each([0, 2 ** 31, 2 ** 46 + 8, -1, -4096])('pointer %d survives memory', (value) => {
    const m = new Memory();
    const a = m.allocate(8, 'stack', 'p');
    m.wptr(a, value, 1);
    expect(m.ptr(a, 1)).toBe(value);
    expect(m.i64(a, 1)).toBe(BigInt(value));
  });
});

describe('faults', () => {
  test.each<[string, (m: Memory, a: number) => unknown, string, string]>([
    ['null', (m) => m.u32(0, 7), 'null-dereference', '4-byte read at NULL'],
    ['null field', (m) => m.w8(64, 1, 7), 'null-dereference', '1-byte write at NULL+0x40'],
    [
      'unwritten',
      (m, a) => m.u8(a, 7),
      'uninitialized-read',
      '1-byte read of uninitialized bytes at D1',
    ],
    [
      'past the end',
      (m, a) => m.w32(a + 13, 1, 7),
      'out-of-bounds',
      '4-byte write at D1+0xd, outside the 16 bytes of D1',
    ],
    [
      'next granule',
      (m, a) => m.w8(a + 65536, 1, 7),
      'out-of-bounds',
      '1-byte write at 0x80010000, where there is no object',
    ],
    [
      'before',
      (m, a) => m.u8(a - 1, 7),
      'out-of-bounds',
      '1-byte read at 0x7fffffff, where there is no object',
    ],
    [
      '(void *)-1',
      (m) => m.u8(-1, 7),
      'out-of-bounds',
      '1-byte read at -0x1, where there is no object',
    ],
    [
      'an address that wraps to a granule',
      (m, a) => m.u8(a + 2 ** 48, 7),
      'out-of-bounds',
      '1-byte read at 0x1000080000000, where there is no object',
    ],
    [
      'a negative one that wraps',
      (m, a) => m.u8(a - 2 ** 48, 7),
      'out-of-bounds',
      '1-byte read at -0xffff80000000, where there is no object',
    ],
    [
      'inner free',
      (m, a) => m.free(a + 8, 7),
      'out-of-bounds',
      'free of D1+0x8, which is not the start of a heap block',
    ],
  ])('%s', (_name, run, kind, detail) => {
    const m = new Memory();
    const stop = stopOf(() => run(m, m.allocate(16, 'heap', 'D1')));
    expect(stop).toMatchObject({ kind, detail, site: 7 });
  });

  test('the dead stay dead, also when their space is used again', () => {
    const m = new Memory();
    const a = m.allocate(16, 'heap', 'D1');
    m.w32(a, 1, 1);
    m.free(a, 1);
    const b = m.allocate(16, 'heap', 'D2');
    expect(b).not.toBe(a);
    expect(stopOf(() => m.u32(b, 2)).kind).toBe('uninitialized-read');
    expect(stopOf(() => m.u32(a, 3))).toMatchObject({
      kind: 'use-after-free',
      detail: '4-byte read at D1 (freed)',
    });
    expect(stopOf(() => m.free(a, 4)).kind).toBe('double-free');
    expect(() => m.free(0, 5)).not.toThrow();
    const local = m.allocate(4, 'stack', 'x');
    expect(stopOf(() => m.free(local, 6)).kind).toBe('out-of-bounds');
    m.release(local);
    expect(stopOf(() => m.w32(local, 1, 6)).detail).toBe('4-byte write at x (out of scope)');
  });

  test('string literals are read, not written', () => {
    const m = new Memory();
    const a = m.allocate(3, 'string', '"hi"');
    m.initialize(a, Uint8Array.of(104, 105, 0));
    expect(m.string(a, 1)).toBe('hi');
    expect(stopOf(() => m.w8(a, 1, 1))).toMatchObject({
      kind: 'out-of-bounds',
      detail: '1-byte write at "hi", a string literal, which is read-only',
    });
  });

  test('a string without its NUL', () => {
    const m = new Memory();
    const a = m.allocate(4, 'heap', 'D1');
    m.fill(a, 65, 3, 1);
    expect(stopOf(() => m.cString(a, 1))).toMatchObject({ kind: 'uninitialized-read' });
    m.w8(a + 3, 65, 1);
    expect(stopOf(() => m.cString(a, 1))).toMatchObject({ kind: 'out-of-bounds' });
  });

  test('the bound is seen before anything grows', () => {
    const m = new Memory(1024);
    const a = m.allocate(1000, 'heap', 'D1');
    expect(stopOf(() => m.allocate(2 ** 40, 'heap', 'D2')).kind).toBe('out-of-memory');
    expect(stopOf(() => m.allocate(25, 'heap', 'D2')).kind).toBe('out-of-memory');
    m.free(a, 1);
    expect(m.liveBytes).toBe(0);
    expect(() => m.allocate(1024, 'heap', 'D2')).not.toThrow();
  });
});

describe('blocks of bytes', () => {
  test('copy carries what is uninitialized, and may overlap', () => {
    const m = new Memory();
    const a = m.allocate(16, 'heap', 'D1');
    m.writeBytes(a, Uint8Array.of(1, 2, 3), 1);
    m.copy(a + 1, a, 4, 1);
    expect([...m.bytes(a, 4, 1)]).toEqual([1, 1, 2, 3]);
    expect(stopOf(() => m.bytes(a, 5, 1)).detail).toContain('D1+0x4');
    expect(m.rawU64(a, 1)).toBe(0x03020101n);
  });

  test('utf-8, well-formed and not', () => {
    const m = new Memory();
    const a = m.allocateZeroed(16, 'heap', 'D1');
    m.writeBytes(a, new TextEncoder().encode('é€😀'), 1);
    expect(m.string(a, 1)).toBe('é€😀');
    m.writeBytes(a, Uint8Array.of(0x41, 0xc0, 0x80, 0xff, 0), 1);
    expect(m.string(a, 1)).toBe('A\uFFFD\uFFFD\uFFFD');
  });

  test('memory that grew keeps its bytes', () => {
    const m = new Memory();
    const first = m.allocate(8, 'heap', 'D0');
    m.w64(first, 42n, 1);
    for (let i = 1; i < 200; i++) {
      m.w32(m.allocate(5000 + i, 'heap', `D${i}`) + 4990, i, 1);
    }
    expect(m.u64(first, 1)).toBe(42n);
  });
});

test('whether anything changed is told once, and snapshots are none the wiser', () => {
  const m = new Memory();
  const a = m.allocate(8, 'heap', 'D1');
  m.w32(a, 1, 1);
  const snapshot = m.snapshot();
  m.hasChanged();
  const told = (change: () => void): boolean[] => {
    change();
    return [m.hasChanged(), m.hasChanged()];
  };
  let other = 0;
  expect(told(() => m.u32(a, 1))).toEqual([false, false]);
  expect(told(() => m.w32(a, 2, 1))).toEqual([true, false]);
  expect(told(() => (other = m.allocate(8, 'heap', 'D2')))).toEqual([true, false]);
  expect(told(() => m.free(other, 1))).toEqual([true, false]);
  m.restore(snapshot);
  expect(m.u32(a, 1)).toBe(1);
});

describe('snapshots', () => {
  test('bytes, shadow, lifetimes, addresses and accounts come back', () => {
    const m = new Memory();
    const a = m.allocate(5000, 'heap', 'D1');
    m.w32(a, 7, 1);
    const snapshot = m.snapshot();
    const seen: number[] = [];
    for (let round = 0; round < 3; round++) {
      m.w64(a + 4092, -1n, 1);
      m.w32(a, 8, 1);
      m.free(a, 1);
      const b = m.allocate(5000, 'heap', 'D2');
      m.fill(b, 9, 5000, 1);
      seen.push(b);
      m.restore(snapshot);
      expect(m.u32(a, 1)).toBe(7);
      expect(stopOf(() => m.u8(a + 4092, 1)).kind).toBe('uninitialized-read');
      expect(stopOf(() => m.u8(a + 4099, 1)).kind).toBe('uninitialized-read');
      expect(m.rawU64(a + 4092, 1)).toBe(0n);
      expect(stopOf(() => m.u8(b, 1)).detail).toContain('where there is no object');
      expect(m.liveBytes).toBe(5000);
    }
    expect(new Set(seen).size).toBe(1);
  });

  test('an older one makes the newer one void', () => {
    const m = new Memory();
    const a = m.allocateZeroed(8, 'static', 'g');
    const older = m.snapshot();
    m.w32(a, 1, 1);
    const h = m.allocate(8, 'heap', 'D1');
    const newer = m.snapshot();
    m.w32(a, 2, 1);
    m.free(h, 1);
    m.restore(newer);
    expect(m.u32(a, 1)).toBe(1);
    m.free(h, 1);
    m.restore(older);
    expect(m.u32(a, 1)).toBe(0);
    expect(() => m.restore(newer)).toThrow('void');
  });
});

describe('lost blocks', () => {
  test('interior pointers and chains keep, cycles and dead stack do not', () => {
    const m = new Memory();
    const root = m.allocateZeroed(16, 'static', 'root');
    const [a, b, c, d, e] = ['A', 'B', 'C', 'D', 'E'].map((name) =>
      m.allocateZeroed(24, 'heap', name),
    );
    if (
      a === undefined ||
      b === undefined ||
      c === undefined ||
      d === undefined ||
      e === undefined
    ) {
      throw new Error('five blocks');
    }
    m.wptr(root + 8, a + 5, 1);
    m.wptr(a + 16, b, 1);
    m.wptr(c, d, 1);
    m.wptr(d, c, 1);
    const local = m.allocate(8, 'stack', 'p');
    m.wptr(local, e, 1);
    expect(m.unreachableHeapBlocks().map((o) => o.name)).toEqual(['C', 'D']);
    m.release(local);
    expect(m.unreachableHeapBlocks().map((o) => o.name)).toEqual(['C', 'D', 'E']);
  });
});
