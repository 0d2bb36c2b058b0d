import type { Bounds, Choice, Execution } from './execution.ts';

/** What exploring all choices found. */
export interface Exploration {
  /** One execution a path, depth first, in the order of their choices; what was skipped is left out. */
  readonly paths: readonly Execution[];
  /** True when the bound on paths left some out. */
  readonly cut: boolean;
}

/** So many paths may be skipped for each that the bound allows: they end before they do anything. */
const SKIPS = 16;

/** Run every combination of choices, depth first: each run extends a prefix with zeros. */
export function explore(
  run: (prefix: readonly number[]) => Execution,
  bounds: Pick<Bounds, 'paths'>,
): Exploration {
  const paths: Execution[] = [];
  let prefix: readonly number[] | undefined = [];
  for (let skipped = 0; prefix !== undefined;) {
    if (paths.length >= bounds.paths || skipped >= bounds.paths * SKIPS) {
      return { paths, cut: true };
    }
    const execution: Execution = run(prefix);
    if (execution.skipped === true) {
      skipped++;
    } else {
      paths.push(execution);
    }
    prefix = next(execution.choices);
  }
  return { paths, cut: false };
}

/** The next path in depth-first order: the last choice that has an untried answer takes it. */
function next(choices: readonly Choice[]): readonly number[] | undefined {
  for (let index = choices.length - 1; index >= 0; index--) {
    const choice = choices[index];
    if (choice !== undefined && choice.taken + 1 < choice.n) {
      return [...choices.slice(0, index).map(({ taken }) => taken), choice.taken + 1];
    }
  }
  return undefined;
}
