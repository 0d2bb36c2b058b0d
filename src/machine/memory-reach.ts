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
  for (const object of arena.everyObject()) {
    if (object.alive && object.kind === 'heap') {
      lost.add(object);
    } else if (object.alive && (object.kind === 'static' || object.kind === 'stack')) {
      todo.push(object);
    }
  }
  for (let object = todo.pop(); object !== undefined; object = todo.pop()) {
    for (let offset = 0; offset + 8 <= object.size; offset += 8) {
      const at = object.at + offset;
      const target = objectAt(
        arena.objects,
        view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true),
      );
      if (target !== undefined && lost.delete(target)) {
        todo.push(target);
      }
    }
  }
  return [...lost];
}
