/** What an object is: decides who may free it, who may write to it, and whether it is a root when leaks are sought. */
export type ObjectKind = 'heap' | 'static' | 'stack' | 'string' | 'function';

/** An address space slot; every object starts on one. */
export const GRANULE = 65536;

/** `limit` and `writeLimit` of an object that is dead or may not be accessed: no access fits below it. */
const NO_ACCESS = -1;

/** One C object. Plain and monomorphic, since every load and store reads it. */
export class MemoryObject {
  /** The first address; a multiple of GRANULE. */
  readonly base: number;
  readonly size: number;
  /** Where its bytes lie in the linear heap. */
  readonly at: number;
  readonly capacity: number;
  readonly kind: ObjectKind;
  /** What messages call it. */
  name: string;
  alive: boolean;
  /** Bytes that may be read; -1 when dead, so that one comparison sees both bounds and lifetime. */
  limit: number;
  /** Bytes that may be written; -1 when dead or read-only. */
  writeLimit: number;

  constructor(
    base: number,
    size: number,
    at: number,
    capacity: number,
    kind: ObjectKind,
    name: string,
  ) {
    this.base = base;
    this.size = size;
    this.at = at;
    this.capacity = capacity;
    this.kind = kind;
    this.name = name;
    this.alive = true;
    this.limit = size;
    this.writeLimit = isReadOnly(kind) ? NO_ACCESS : size;
  }

  kill(): void {
    this.alive = false;
    this.limit = NO_ACCESS;
    this.writeLimit = NO_ACCESS;
  }

  revive(): void {
    this.alive = true;
    this.limit = this.size;
    this.writeLimit = isReadOnly(this.kind) ? NO_ACCESS : this.size;
  }
}

export function isReadOnly(kind: ObjectKind): boolean {
  return kind === 'string' || kind === 'function';
}
