import type { BuiltinTable, Runtime } from '../runtime.ts';
import { num } from './value.ts';

interface Elements {
  readonly rt: Runtime;
  readonly site: number;
  readonly base: number;
  readonly size: number;
  /** Called with the addresses of two elements, and the closure's data where there is any. */
  readonly compare: (a: number, b: number) => number;
}

/** C11 §7.22.5. */
export const SORT: BuiltinTable = {
  qsort: (rt, site, [base, count, size, compare]) => {
    sort(elements(rt, site, num(base), num(size), num(compare), []), num(count));
    return undefined;
  },
  qsort_r: (rt, site, [base, count, size, compare, data]) => {
    sort(elements(rt, site, num(base), num(size), num(compare), [num(data)]), num(count));
    return undefined;
  },
  bsearch: (rt, site, [key, base, count, size, compare]) => {
    const { compare: order } = elements(rt, site, num(base), num(size), num(compare), []);
    let low = 0;
    let high = num(count);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const at = num(base) + middle * num(size);
      const result = order(num(key), at);
      if (result === 0) {
        return at;
      }
      [low, high] = result < 0 ? [low, middle] : [middle + 1, high];
    }
    return 0;
  },
};

function elements(
  rt: Runtime,
  site: number,
  base: number,
  size: number,
  compare: number,
  data: readonly number[],
): Elements {
  return {
    rt,
    site,
    base,
    size,
    compare: (a, b) => num(rt.call(compare, [a, b, ...data], site)),
  };
}

/**
 * A merge sort, as glibc's was for decades: stable, so that programs that lean on it run as they do there. The array
 * stays as it is until the order is known, so that the comparison sees each element at one address.
 */
function sort(array: Elements, count: number): void {
  const order = merged(array, 0, count);
  const { rt, site, base, size } = array;
  if (count === 0 || size === 0) {
    return;
  }
  const copy = rt.memory.allocate(count * size, 'stack', '(qsort)', site);
  rt.memory.copy(copy, base, count * size, site);
  for (const [to, from] of order.entries()) {
    rt.memory.copy(base + to * size, copy + from * size, size, site);
  }
  rt.memory.release(copy);
}

/** The indices `from` to `to` in order. */
function merged(array: Elements, from: number, to: number): number[] {
  if (to - from <= 1) {
    return to === from ? [] : [from];
  }
  const middle = from + Math.floor((to - from) / 2);
  const left = merged(array, from, middle);
  const right = merged(array, middle, to);
  const result: number[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const [a = 0, b = 0] = [left[l], right[r]];
    const takeLeft = array.compare(array.base + a * array.size, array.base + b * array.size) <= 0;
    result.push(takeLeft ? a : b);
    [l, r] = takeLeft ? [l + 1, r] : [l, r + 1];
  }
  return [...result, ...left.slice(l), ...right.slice(r)];
}
