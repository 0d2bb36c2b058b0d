import type { Runtime } from '../runtime.ts';
import { once } from './value.ts';

/** Register a function for the end of the program (C11 §7.22.4.2). */
export function atExit(rt: Runtime, handler: number, site: number): void {
  handlers(rt).push({ handler, site });
}

/** Run what was registered, last first; a handler may register more. */
export function runAtExit(rt: Runtime): void {
  const list = handlers(rt);
  for (let next = list.pop(); next !== undefined; next = list.pop()) {
    rt.call(next.handler, [], next.site);
  }
}

function handlers(rt: Runtime): { readonly handler: number; readonly site: number }[] {
  return once(rt, 'atexit', () => []);
}
