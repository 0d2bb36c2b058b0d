import { DEFAULT_BOUNDS } from './execution.ts';
import { describeAddress, freeFaultOf } from './memory-fault.ts';
import { GRANULE, MemoryObject } from './memory-object.ts';
import type { ObjectKind } from './memory-object.ts';
import { Stop } from './stop.ts';

/** Bases are above 2^31, so that V8 never has to change how the field is represented. */
const FIRST_GRANULE = 32768;
/** Addresses stay below 2^47. */
const LAST_GRANULE = 2 ** 31 - 1;
const MIN_CAPACITY = 16;
const CLASSES = 32 * 9;
/** Sizes up to this one find their capacity and class in tables. */
const SMALL = 1024;
const PAGE_SHIFT = 12;
const PAGE = 1 << PAGE_SHIFT;
/** A store marks the page of its first byte only; an unaligned one may reach this far into the next. */
const OVERHANG = 16;

/** What making an object costs, in bytes moved: it is kept for ever, so that every stale pointer is known. */
const OBJECT_WORK = 1024;

/** Of a page: it was stored to, and nobody asked since; somebody did. */
export const STORED = 1;
const ASKED = 2;

/** The state that `restore` goes back to. */
export interface Snapshot {
  readonly top: number;
  readonly next: number;
  readonly live: number;
  readonly deaths: number;
  readonly data: Uint8Array;
  readonly shadow: Uint8Array;
}

/**
 * Objects and their backing bytes.
 *
 *     address  = granule * 65536 + offset        objects[granule] -> MemoryObject | undefined
 *     data     [ object.at ... object.at + size ]  the byte; 0 while it is uninitialized
 *     shadow   [ object.at ... object.at + size ]  1 when initialized
 *
 * Addresses are never used again; backing space is, through free lists by size class.
 */
export class MemoryArena {
  readonly objects: (MemoryObject | undefined)[];
  protected data: Uint8Array;
  protected shadow: Uint8Array;
  protected view: DataView;
  protected shadowView: DataView;
  private dataWords: Float64Array;
  private shadowWords: Float64Array;
  /** A byte for each page of `data`, not 0 where it was stored to since the last snapshot or restore. */
  protected dirty: Uint8Array;
  /** What there was when `hasChanged` was last asked. */
  private asked = { next: 0, live: 0 };
  private readonly bound: number;
  private readonly freeLists: number[][];
  private top: number;
  private next: number;
  private live: number;
  /** Objects older than the newest snapshot that died since, so that restore can revive them. */
  private readonly deaths: MemoryObject[];
  private snapshots: Snapshot[];
  private work = Infinity;

  /** `bound`: the bytes that all living objects may have together. */
  constructor(bound: number = DEFAULT_BOUNDS.bytes) {
    this.objects = Array.from<MemoryObject | undefined>({ length: FIRST_GRANULE });
    this.data = new Uint8Array(PAGE * 16);
    this.shadow = new Uint8Array(PAGE * 16);
    this.view = new DataView(this.data.buffer);
    this.shadowView = new DataView(this.shadow.buffer);
    this.dataWords = new Float64Array(this.data.buffer);
    this.shadowWords = new Float64Array(this.shadow.buffer);
    this.dirty = new Uint8Array(16);
    this.bound = bound;
    this.freeLists = Array.from({ length: CLASSES }, () => []);
    this.top = 0;
    this.next = FIRST_GRANULE;
    this.live = 0;
    this.deaths = [];
    this.snapshots = [];
  }

  get liveBytes(): number {
    return this.live;
  }

  /**
   * From here on, so many bytes may be moved at once (memset, strlen, new objects): steps count loops and calls of C
   * only, and one call may move the whole memory.
   */
  allowWork(bytes: number): void {
    this.work = bytes;
  }

  /** Stop `non-termination` when the work that was allowed is done. */
  spend(bytes: number, site: number): void {
    this.work -= bytes;
    if (this.work < 0) {
      throw new Stop('non-termination', 'the bound on bytes moved was reached', site);
    }
  }

  /** A new object of `size` uninitialized bytes; its address. Stop `out-of-memory` before the bound is passed. */
  allocate(size: number, kind: ObjectKind, name: string, site = 0): number {
    if (!(this.live + size <= this.bound)) {
      throw new Stop(
        'out-of-memory',
        `${size} bytes for ${name}, with ${this.live} of ${this.bound} in use`,
        site,
      );
    }
    this.spend(size + OBJECT_WORK, site);
    const granules = Math.max(1, Math.ceil(size / GRANULE));
    if (this.next + granules >= LAST_GRANULE) {
      throw new Stop('out-of-memory', `no address is left for ${name}`, site);
    }
    const capacity = size <= SMALL ? (CAPACITIES[size] ?? 0) : capacityOf(size);
    const at = this.freeLists[classOf(size)]?.pop() ?? this.extend(capacity);
    this.clear(at, capacity);
    this.markDirty(at, capacity);
    const object = new MemoryObject(this.next * GRANULE, size, at, capacity, kind, name);
    this.place(object, granules);
    this.live += size;
    return object.base;
  }

  /** As `allocate`, with all bytes 0 and initialized. */
  allocateZeroed(size: number, kind: ObjectKind, name: string, site = 0): number {
    const address = this.allocate(size, kind, name, site);
    const at = this.objects[address / GRANULE]?.at ?? 0;
    this.shadow.fill(1, at, at + size);
    return address;
  }

  /** C11 7.22.3.3: heap blocks only, by their first address; null does nothing. */
  free(address: number, site: number): void {
    if (address === 0) {
      return;
    }
    const object = this.objects[Math.floor(address / GRANULE)];
    if (
      object === undefined ||
      object.base !== address ||
      object.kind !== 'heap' ||
      !object.alive
    ) {
      throw freeFaultOf(this.objects, address, site);
    }
    this.bury(object);
  }

  /** The lifetime of a stack object ends; any later access is a use after free. */
  release(address: number): void {
    const object = this.objects[(address / GRANULE) | 0];
    if (object?.base !== address || !object.alive) {
      throw new Error(`release of ${this.describe(address)}, which is not a living object`);
    }
    this.bury(object);
  }

  /** `D1+0x40`, `NULL`; `(freed)` or `(out of scope)` is added for the dead. */
  describe(address: number): string {
    return describeAddress(this.objects, address);
  }

  /** What messages call the object that starts at this address from now on. */
  rename(address: number, name: string): void {
    const object = this.objects[Math.floor(address / GRANULE)];
    if (object !== undefined && object.base === address) {
      object.name = name;
    }
  }

  /** Whether the address lies in a living object. */
  isAlive(address: number): boolean {
    const object = this.objects[Math.floor(address / GRANULE)];
    return object !== undefined && address >= object.base && address - object.base < object.limit;
  }

  /** The little-endian number in these bytes of a living object; undefined where they are not all there and initialized. */
  peek(address: number, bytes: number): number | undefined {
    const object = this.objects[Math.floor(address / GRANULE)];
    const offset = address - (object?.base ?? 0);
    if (object === undefined || offset < 0 || offset + bytes > object.limit) {
      return undefined;
    }
    let value = 0;
    for (let at = object.at + offset + bytes - 1; at >= object.at + offset; at--) {
      if (this.shadow[at] !== 1) {
        return undefined;
      }
      value = value * 256 + (this.data[at] ?? 0);
    }
    return value;
  }

  /** Every living object, in order of its address. */
  livingObjects(): MemoryObject[] {
    const living: MemoryObject[] = [];
    let last: MemoryObject | undefined;
    for (let granule = FIRST_GRANULE; granule < this.next; granule++) {
      const object = this.objects[granule];
      if (object !== undefined && object !== last && object.alive) {
        living.push(object);
      }
      last = object;
    }
    return living;
  }

  snapshot(): Snapshot {
    const { top, next, live } = this;
    const data = this.data.slice(0, top);
    const shadow = this.shadow.slice(0, top);
    const snapshot = { top, next, live, deaths: this.deaths.length, data, shadow };
    this.snapshots.push(snapshot);
    this.startFrom(snapshot);
    return snapshot;
  }

  /**
   * Back to `snapshot`, as often as wanted; snapshots that were taken after it are gone.
   * Copies the pages that were stored to, so it costs what changed, not what there is.
   */
  restore(snapshot: Snapshot): void {
    const index = this.snapshots.lastIndexOf(snapshot);
    if (index < 0) {
      throw new Error(
        'restore of a snapshot of another memory, or of one that an earlier restore made void',
      );
    }
    const newest = index === this.snapshots.length - 1;
    this.restoreBytes(snapshot, newest);
    this.objects.fill(undefined, snapshot.next, this.next);
    while (this.deaths.length > snapshot.deaths) {
      this.deaths.pop()?.revive();
    }
    this.top = snapshot.top;
    this.next = snapshot.next;
    this.live = snapshot.live;
    this.snapshots.length = index + 1;
    this.startFrom(snapshot);
  }

  /** Whether anything was stored, begun or ended since this was last asked. */
  hasChanged(): boolean {
    const { next, live, asked, dirty } = this;
    let changed = next !== asked.next || live !== asked.live;
    for (let page = dirty.indexOf(STORED); page >= 0; page = dirty.indexOf(STORED, page + 1)) {
      dirty[page] = ASKED;
      changed = true;
    }
    this.asked = { next, live };
    return changed;
  }

  protected markDirty(at: number, length: number): void {
    const last = (at + length - 1) >>> PAGE_SHIFT;
    for (let page = at >>> PAGE_SHIFT; page <= last; page++) {
      this.dirty[page] = STORED;
    }
  }

  private restoreBytes(snapshot: Snapshot, onlyDirty: boolean): void {
    const { top, data, shadow } = snapshot;
    for (let page = 0, from = 0; from < top; page++, from += PAGE) {
      if (!onlyDirty || this.dirty[page] !== 0) {
        const end = Math.min(top, from + PAGE + OVERHANG);
        this.data.set(data.subarray(from, end), from);
        this.shadow.set(shadow.subarray(from, end), from);
      }
    }
  }

  /** Free space of before the snapshot is left alone from here on: then there are no free lists to put back. */
  private startFrom(snapshot: Snapshot): void {
    this.dirty.fill(0, 0, (snapshot.top >>> PAGE_SHIFT) + 1);
    for (const list of this.freeLists) {
      if (list.length > 0) {
        list.length = 0;
      }
    }
  }

  private bury(object: MemoryObject): void {
    object.kill();
    this.live -= object.size;
    this.freeLists[classOf(object.size)]?.push(object.at);
    const newest = this.snapshots[this.snapshots.length - 1];
    if (newest !== undefined && object.base < newest.next * GRANULE) {
      this.deaths.push(object);
    }
  }

  /** Blocks begin at multiples of 16; for the many small ones a loop is quicker than `fill`. */
  private clear(at: number, capacity: number): void {
    if (capacity > 96) {
      this.data.fill(0, at, at + capacity);
      this.shadow.fill(0, at, at + capacity);
      return;
    }
    for (let word = at >>> 3; word < (at + capacity) >>> 3; word++) {
      this.dataWords[word] = 0;
      this.shadowWords[word] = 0;
    }
  }

  private place(object: MemoryObject, granules: number): void {
    for (let i = 0; i < granules; i++) {
      this.objects[this.next + i] = object;
    }
    this.objects[this.next + granules] = undefined;
    this.next += granules + 1;
  }

  private extend(capacity: number): number {
    const at = this.top;
    this.top += capacity;
    if (this.top > this.data.length) {
      this.grow();
    }
    return at;
  }

  private grow(): void {
    let length = this.data.length;
    while (length < this.top) {
      length *= 2;
    }
    this.data = enlarged(this.data, length);
    this.shadow = enlarged(this.shadow, length);
    this.view = new DataView(this.data.buffer);
    this.shadowView = new DataView(this.shadow.buffer);
    this.dataWords = new Float64Array(this.data.buffer);
    this.shadowWords = new Float64Array(this.shadow.buffer);
    this.dirty = enlarged(this.dirty, length >>> PAGE_SHIFT);
  }
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array {
  const more = new Uint8Array(length);
  more.set(bytes);
  return more;
}

/** Four size classes to each power of two: at most a quarter of a block is slack. */
function capacityOf(size: number): number {
  if (size <= MIN_CAPACITY) {
    return MIN_CAPACITY;
  }
  const step = Math.max(MIN_CAPACITY, 2 ** (29 - Math.clz32(size - 1)));
  return Math.ceil(size / step) * step;
}

function classOf(size: number): number {
  return size <= SMALL ? (SIZE_CLASSES[size] ?? 0) : largeClassOf(size);
}

function largeClassOf(size: number): number {
  const capacity = capacityOf(size);
  const exponent = 31 - Math.clz32(capacity - 1);
  return exponent * 9 + Math.floor((capacity - 1) / 2 ** Math.max(0, exponent - 2));
}

const CAPACITIES = Int32Array.from({ length: SMALL + 1 }, (_, size) => capacityOf(size));
const SIZE_CLASSES = Int32Array.from({ length: SMALL + 1 }, (_, size) => largeClassOf(size));
