import type { MemoryArena } from './memory-arena.ts';
import { objectAt } from './memory-fault.ts';
import type { MemoryObject } from './memory-object.ts';

/**
 * The living heap blocks that no aligned word in static objects, living stack objects or other reachable blocks points
 * into. Any address inside a block counts, whatever type the word has: a block that is named here is lost for certain.
 */
export function unreachableHeapBlocks(arena: MemoryArena, view: DataView): MemoryObject[] {
  const lost = new Set<MemoryObject>();
  const todo: MemoryObject[] = [];
  for (const object of arena.livingObjects()) {
    if (object.kind === 'heap') {
      lost.add(object);
    } else if (object.kind === 'static' || object.kind === 'stack') {
      todo.push(object);
    }
  }
  if (lost.size === 0) {
    return [];
  }
  for (let object = todo.pop(); object !== undefined; object = todo.pop()) {
    for (let offset = 0; offset + 8 <= object.size; offset += 8) {
      const at = object.at + offset;
      const [low, high] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
      // No address is below 2^31 or above 2^47: most words are told apart by that.
      if (high >= 32768 || (high === 0 && low < 2 ** 31)) {
        continue;
      }
      const target = objectAt(arena.objects, high * 2 ** 32 + low);
      if (target !== undefined && lost.delete(target)) {
        todo.push(target);
      }
    }
  }
  return [...lost];
}
