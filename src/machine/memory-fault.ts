import { GRANULE, isReadOnly } from './memory-object.ts';
import type { MemoryObject } from './memory-object.ts';
import { Stop } from './stop.ts';

export type Access = 'read' | 'write';

type Objects = readonly (MemoryObject | undefined)[];

/** The object whose granules hold `address`, dead or alive. */
export function objectAt(objects: Objects, address: number): MemoryObject | undefined {
  const object = objects[Math.floor(address / GRANULE)];
  return object !== undefined && address >= object.base ? object : undefined;
}

/** `D1+0x40`, `NULL`, `D1+0x40 (freed)`; a bare hexadecimal address where no object is. */
export function describeAddress(objects: Objects, address: number): string {
  if (address === 0) {
    return 'NULL';
  }
  const object = objectAt(objects, address);
  if (object === undefined) {
    return hex(address);
  }
  const offset = address - object.base;
  const place = offset === 0 ? object.name : `${object.name}+${hex(offset)}`;
  return object.alive ? place : `${place} (${deathOf(object)})`;
}

/** Why an access of `size` bytes that failed the fast check is wrong; found out only now, since it happens once. */
export function faultOf(
  objects: Objects,
  address: number,
  size: number,
  access: Access,
  site: number,
): Stop {
  if (address >= 0 && address < GRANULE) {
    const offset = address === 0 ? 'NULL' : `NULL+${hex(address)}`;
    return new Stop('null-dereference', `${size}-byte ${access} at ${offset}`, site);
  }
  const place = describeAddress(objects, address);
  const object = objectAt(objects, address);
  if (object === undefined) {
    return new Stop(
      'out-of-bounds',
      `${size}-byte ${access} at ${place}, where there is no object`,
      site,
    );
  }
  if (!object.alive) {
    const message = `${size}-byte ${access} at ${place}`;
    return new Stop('use-after-free', message, site);
  }
  return new Stop(
    'out-of-bounds',
    `${size}-byte ${access} at ${place}, ${boundsReason(object, address, size)}`,
    site,
  );
}

function boundsReason(object: MemoryObject, address: number, size: number): string {
  const fits = address - object.base + size <= object.size;
  if (fits && isReadOnly(object.kind)) {
    return object.kind === 'string'
      ? 'a string literal, which is read-only'
      : 'a function, which is no data';
  }
  return `outside the ${object.size} bytes of ${object.name}`;
}

/** Why `free(address)` is wrong. */
export function freeFaultOf(objects: Objects, address: number, site: number): Stop {
  const object = objectAt(objects, address);
  const place = describeAddress(objects, address);
  if (object?.kind === 'heap' && object.base === address && !object.alive) {
    return new Stop('double-free', `free of ${place} for the second time`, site);
  }
  return new Stop(
    'out-of-bounds',
    `free of ${place}, which is not the start of a heap block`,
    site,
  );
}

function deathOf(object: MemoryObject): string {
  return object.kind === 'heap' ? 'freed' : 'out of scope';
}

function hex(value: number): string {
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}
