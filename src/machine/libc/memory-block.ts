import type { BuiltinTable, Runtime } from '../runtime.ts';
import { ERRNO } from './error-text.ts';
import { num, setErrno } from './value.ts';

/** glibc refuses what does not fit a ptrdiff_t, before it looks for memory. */
const LARGEST = 2 ** 63;

/** A heap block, named by the call that made it; 0 with ENOMEM where no block could ever be as large. */
export function heapBlock(
  rt: Runtime,
  site: number,
  size: number,
  name: string,
  zeroed = false,
): number {
  if (size >= LARGEST) {
    setErrno(rt, site, ERRNO.ENOMEM);
    return 0;
  }
  return zeroed
    ? rt.memory.allocateZeroed(size, 'heap', name, site)
    : rt.memory.allocate(size, 'heap', name, site);
}

/** Bytes of the living heap block that starts at `address`; undefined when there is none. */
export function blockSize(rt: Runtime, address: number): number | undefined {
  const object = rt.memory.objects[Math.floor(address / 65536)];
  return object?.base === address && object.alive && object.kind === 'heap'
    ? object.size
    : undefined;
}

/** C11 §7.22.3.5, and glibc's free where the new size is 0. */
export function reallocate(
  rt: Runtime,
  site: number,
  old: number,
  size: number,
  name = `realloc(${size})`,
): number {
  if (old === 0) {
    return heapBlock(rt, site, size, name);
  }
  const had = blockSize(rt, old);
  if (had === undefined || size === 0) {
    rt.memory.free(old, site);
    return 0;
  }
  const block = heapBlock(rt, site, size, name);
  if (block !== 0) {
    rt.memory.copy(block, old, Math.min(had, size), site);
    rt.memory.free(old, site);
  }
  return block;
}

/** C11 §7.22.3 and its kin. Every block starts on a multiple of 65536, so alignment needs no care. */
export const MEMORY_BLOCK: BuiltinTable = {
  malloc: (rt, site, [size]) => heapBlock(rt, site, num(size), `malloc(${num(size)})`),
  calloc: (rt, site, [count, size]) =>
    heapBlock(rt, site, num(count) * num(size), `calloc(${num(count)}, ${num(size)})`, true),
  realloc: (rt, site, [old, size]) => reallocate(rt, site, num(old), num(size)),
  reallocarray: (rt, site, [old, count, size]) =>
    reallocate(rt, site, num(old), num(count) * num(size)),
  free: (rt, site, [block]) => {
    rt.memory.free(num(block), site);
    return undefined;
  },
  aligned_alloc: (rt, site, [, size]) =>
    heapBlock(rt, site, num(size), `aligned_alloc(${num(size)})`),
  memalign: (rt, site, [, size]) => heapBlock(rt, site, num(size), `memalign(${num(size)})`),
  valloc: (rt, site, [size]) => heapBlock(rt, site, num(size), `valloc(${num(size)})`),
  posix_memalign: (rt, site, [to, , size]) => {
    rt.memory.wptr(num(to), heapBlock(rt, site, num(size), `posix_memalign(${num(size)})`), site);
    return 0;
  },
  malloc_usable_size: (rt, _site, [block]) => BigInt(blockSize(rt, num(block)) ?? 0),
  malloc_trim: () => 0,
};
