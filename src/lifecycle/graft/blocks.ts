import type { Unit } from './units.ts';

/**
 * Index of the unit that opened the block a unit is in (for `else` and `end`: that they belong to).
 * `hunks`: the hunk of each unit, where those of several stand in one list. Between two hunks blocks open
 * and close unseen, so only the function's own brace belongs to a block of an earlier hunk.
 */
export function parents(
  units: readonly Unit[],
  hunks: readonly number[] = [],
): (number | undefined)[] {
  let stack: number[] = [];
  let frameAt: number | undefined;
  return units.map((unit, index) => {
    stack = hunks[index] === hunks[index - 1] ? stack : [];
    if (unit.kind === 'end') {
      return stack.pop() ?? (unit.word === 'function' ? frameAt : undefined);
    }
    const parent = stack.at(-1);
    if (unit.kind === 'open') {
      stack.push(index);
      frameAt = unit.word === 'function' ? index : frameAt;
    }
    return parent;
  });
}

/** Whether every block is closed, none twice, `else` stands in an `if` once, and one block holds all. */
export function isBalanced(units: readonly Unit[]): boolean {
  const stack: string[] = [];
  for (const [at, unit] of units.entries()) {
    if (at > 0 && stack.length === 0) {
      return false;
    }
    if (unit.kind === 'open') {
      stack.push(unit.word);
    } else if (unit.kind === 'else') {
      if (stack.pop() !== 'if') {
        return false;
      }
      stack.push('else');
    } else if (unit.kind === 'end' && stack.pop() === undefined) {
      return false;
    }
  }
  return stack.length === 0;
}
