import { faultOf } from './memory-fault.ts';
import type { Access } from './memory-fault.ts';
import { MemoryArena, STORED } from './memory-arena.ts';
import { unreachableHeapBlocks } from './memory-reach.ts';
import { decodeUtf8 } from './memory-text.ts';
import type { MemoryObject } from './memory-object.ts';
import { Stop } from './stop.ts';

const ALL_4 = 0x01010101;
const ALL_2 = 0x0101;
const TWO_32 = 2 ** 32;

/**
 * The memory of one C program: typed, checked loads and stores. `a` is an address, `s` the number of the source
 * position, which goes into the Stop. Loads stop with `uninitialized-read`; both with `null-dereference` (below 65536),
 * `out-of-bounds` and `use-after-free`. Nothing has to be aligned. Integers of 64 and 128 bits are BigInt.
 *
 * Every method makes the same few steps, and is small, so that V8 puts it into the generated code that calls it.
 */
export class Memory extends MemoryArena {
  i8(a: number, s: number): number {
    const i = this.readable(a, 1, s);
    if (this.shadow[i] !== 1) {
      throw this.uninitialized(a, 1, s);
    }
    return this.view.getInt8(i);
  }

  u8(a: number, s: number): number {
    const i = this.readable(a, 1, s);
    if (this.shadow[i] !== 1) {
      throw this.uninitialized(a, 1, s);
    }
    return this.view.getUint8(i);
  }

  i16(a: number, s: number): number {
    const i = this.readable(a, 2, s);
    if (this.shadowView.getUint16(i, true) !== ALL_2) {
      throw this.uninitialized(a, 2, s);
    }
    return this.view.getInt16(i, true);
  }

  u16(a: number, s: number): number {
    const i = this.readable(a, 2, s);
    if (this.shadowView.getUint16(i, true) !== ALL_2) {
      throw this.uninitialized(a, 2, s);
    }
    return this.view.getUint16(i, true);
  }

  i32(a: number, s: number): number {
    const i = this.readable(a, 4, s);
    if (this.shadowView.getUint32(i, true) !== ALL_4) {
      throw this.uninitialized(a, 4, s);
    }
    return this.view.getInt32(i, true);
  }

  u32(a: number, s: number): number {
    const i = this.readable(a, 4, s);
    if (this.shadowView.getUint32(i, true) !== ALL_4) {
      throw this.uninitialized(a, 4, s);
    }
    return this.view.getUint32(i, true);
  }

  i64(a: number, s: number): bigint {
    return this.view.getBigInt64(this.initialized8(a, s), true);
  }

  u64(a: number, s: number): bigint {
    return this.view.getBigUint64(this.initialized8(a, s), true);
  }

  i128(a: number, s: number): bigint {
    const low = this.u64(a, s);
    return (this.i64(a + 8, s) << 64n) | low;
  }

  u128(a: number, s: number): bigint {
    const low = this.u64(a, s);
    return (this.u64(a + 8, s) << 64n) | low;
  }

  /** A word with the top bit set (`(void *)-1`) comes out as that negative number, and goes back in as the same word. */
  ptr(a: number, s: number): number {
    const i = this.initialized8(a, s);
    return this.view.getInt32(i + 4, true) * TWO_32 + this.view.getUint32(i, true);
  }

  f32(a: number, s: number): number {
    const i = this.readable(a, 4, s);
    if (this.shadowView.getUint32(i, true) !== ALL_4) {
      throw this.uninitialized(a, 4, s);
    }
    return this.view.getFloat32(i, true);
  }

  f64(a: number, s: number): number {
    return this.view.getFloat64(this.initialized8(a, s), true);
  }

  /** `rawU*`: what bit-fields need, a unit of which only some bits were ever stored; uninitialized bytes read as 0. */
  rawU8(a: number, s: number): number {
    return this.view.getUint8(this.readable(a, 1, s));
  }

  rawU16(a: number, s: number): number {
    return this.view.getUint16(this.readable(a, 2, s), true);
  }

  rawU32(a: number, s: number): number {
    return this.view.getUint32(this.readable(a, 4, s), true);
  }

  rawU64(a: number, s: number): bigint {
    return this.view.getBigUint64(this.readable(a, 8, s), true);
  }

  /** A bit-field of a packed record that lies across the units of its type. */
  bits(a: number, shift: number, width: number, signed: boolean, s: number): bigint {
    let value = 0n;
    for (let at = (shift + width - 1) >> 3; at >= shift >> 3; at--) {
      value = (value << 8n) | BigInt(this.rawU8(a + at, s));
    }
    value >>= BigInt(shift & 7);
    return signed ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
  }

  wbits(a: number, shift: number, width: number, value: bigint, s: number): void {
    let rest = BigInt.asUintN(width, value) << BigInt(shift & 7);
    let mask = ((1n << BigInt(width)) - 1n) << BigInt(shift & 7);
    for (let at = shift >> 3; mask > 0n; at++) {
      this.w8(a + at, (this.rawU8(a + at, s) & Number(~mask & 255n)) | Number(rest & 255n), s);
      rest >>= 8n;
      mask >>= 8n;
    }
  }

  w8(a: number, value: number, s: number): void {
    const i = this.writable(a, 1, s);
    this.shadow[i] = 1;
    this.view.setInt8(i, value);
  }

  w16(a: number, value: number, s: number): void {
    const i = this.writable(a, 2, s);
    this.shadowView.setUint16(i, ALL_2, true);
    this.view.setInt16(i, value, true);
  }

  w32(a: number, value: number, s: number): void {
    const i = this.writable(a, 4, s);
    this.shadowView.setUint32(i, ALL_4, true);
    this.view.setInt32(i, value, true);
  }

  w64(a: number, value: bigint, s: number): void {
    const i = this.writable8(a, s);
    this.view.setBigUint64(i, value, true);
  }

  w128(a: number, value: bigint, s: number): void {
    const i = this.writable(a, 16, s);
    this.shadow.fill(1, i, i + 16);
    this.view.setBigUint64(i, value, true);
    this.view.setBigUint64(i + 8, value >> 64n, true);
  }

  wptr(a: number, value: number, s: number): void {
    const i = this.writable8(a, s);
    this.view.setUint32(i, value % TWO_32, true);
    this.view.setUint32(i + 4, Math.floor(value / TWO_32), true);
  }

  wf32(a: number, value: number, s: number): void {
    const i = this.writable(a, 4, s);
    this.shadowView.setUint32(i, ALL_4, true);
    this.view.setFloat32(i, value, true);
  }

  wf64(a: number, value: number, s: number): void {
    const i = this.writable8(a, s);
    this.view.setFloat64(i, value, true);
  }

  /** memmove; what is uninitialized stays so at its new place. Nothing is looked at when `n` is 0. */
  copy(dst: number, src: number, n: number, s: number): void {
    if (n > 0) {
      this.spend(n, s);
      const from = this.readable(src, n, s);
      const to = this.writable(dst, n, s);
      this.data.copyWithin(to, from, from + n);
      this.shadow.copyWithin(to, from, from + n);
      this.markDirty(to, n);
    }
  }

  fill(dst: number, byte: number, n: number, s: number): void {
    if (n > 0) {
      this.spend(n, s);
      const i = this.writable(dst, n, s);
      this.data.fill(byte, i, i + n);
      this.shadow.fill(1, i, i + n);
      this.markDirty(i, n);
    }
  }

  /** What an object held is indeterminate from here on. */
  forget(a: number, n: number): void {
    if (n > 0) {
      const i = this.writable(a, n, 0);
      this.data.fill(0, i, i + n);
      this.shadow.fill(0, i, i + n);
      this.markDirty(i, n);
    }
  }

  writeBytes(dst: number, bytes: Uint8Array, s: number): void {
    if (bytes.length > 0) {
      this.put(this.writable(dst, bytes.length, s), bytes);
    }
  }

  /** As `writeBytes`, also into a string literal: how the program's image is laid down before it runs. */
  initialize(dst: number, bytes: Uint8Array): void {
    if (bytes.length > 0) {
      this.put(this.readable(dst, bytes.length, 0), bytes);
    }
  }

  /** A view, not a copy: good until the next store or allocation. */
  bytes(a: number, n: number, s: number): Uint8Array {
    if (n <= 0) {
      return new Uint8Array(0);
    }
    this.spend(n, s);
    const i = this.readable(a, n, s);
    const hole = this.shadow.subarray(i, i + n).indexOf(0);
    if (hole >= 0) {
      throw this.uninitialized(a + hole, 1, s);
    }
    return this.data.subarray(i, i + n);
  }

  /** The bytes before the NUL, as a view; stops where the object or its initialized bytes end first. */
  cString(a: number, s: number): Uint8Array {
    const start = this.readable(a, 1, s);
    const object = this.objects[(a / 65536) | 0];
    const end = object === undefined ? start : object.at + object.limit;
    for (let i = start; i < end; i++) {
      if (this.shadow[i] !== 1) {
        throw this.uninitialized(a + i - start, 1, s);
      }
      if (this.data[i] === 0) {
        this.spend(i - start, s);
        return this.data.subarray(start, i);
      }
    }
    throw faultOf(this.objects, a + end - start, 1, 'read', s);
  }

  /** UTF-8; what is not becomes U+FFFD. */
  string(a: number, s: number): string {
    return decodeUtf8(this.cString(a, s));
  }

  /** Living heap blocks that nothing living points into; see memory-reach.ts. */
  unreachableHeapBlocks(): MemoryObject[] {
    return unreachableHeapBlocks(this, this.view);
  }

  private readable(a: number, n: number, s: number): number {
    const object = this.objects[(a / 65536) | 0];
    if (object !== undefined) {
      const offset = a - object.base;
      if (offset >= 0 && offset + n <= object.limit) {
        return object.at + offset;
      }
    }
    throw this.fault(a, n, 'read', s);
  }

  private writable(a: number, n: number, s: number): number {
    const object = this.objects[(a / 65536) | 0];
    if (object !== undefined) {
      const offset = a - object.base;
      if (offset >= 0 && offset + n <= object.writeLimit) {
        const i = object.at + offset;
        this.dirty[i >>> 12] = STORED;
        return i;
      }
    }
    throw this.fault(a, n, 'write', s);
  }

  private initialized8(a: number, s: number): number {
    const i = this.readable(a, 8, s);
    const shadow = this.shadowView;
    if (shadow.getUint32(i, true) !== ALL_4 || shadow.getUint32(i + 4, true) !== ALL_4) {
      throw this.uninitialized(a, 8, s);
    }
    return i;
  }

  private writable8(a: number, s: number): number {
    const i = this.writable(a, 8, s);
    this.shadowView.setUint32(i, ALL_4, true);
    this.shadowView.setUint32(i + 4, ALL_4, true);
    return i;
  }

  private put(i: number, bytes: Uint8Array): void {
    this.data.set(bytes, i);
    this.shadow.fill(1, i, i + bytes.length);
    this.markDirty(i, bytes.length);
  }

  private fault(a: number, n: number, access: Access, s: number): Stop {
    return faultOf(this.objects, a, n, access, s);
  }

  private uninitialized(a: number, n: number, s: number): Stop {
    return new Stop(
      'uninitialized-read',
      `${n}-byte read of uninitialized bytes at ${this.describe(a)}`,
      s,
    );
  }
}
