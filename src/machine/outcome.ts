/**
 * The closed catalogue of how an execution can end, ordered by harm; `unsupported` stands apart.
 * Every entry has the rule that it breaks.
 */
export const OUTCOMES = {
  clean: { harm: 0, rule: 'nothing was broken' },
  leak: { harm: 1, rule: 'an object was never finalized, or a heap block was lost' },
  invariant: { harm: 1, rule: 'an invariant of the rule pack does not hold' },
  assertion: { harm: 2, rule: 'the program stopped itself: assert, g_assert, abort' },
  'non-termination': { harm: 2, rule: 'the bound on steps was reached' },
  'out-of-memory': { harm: 2, rule: 'the bound on bytes was reached' },
  'stack-overflow': { harm: 2, rule: 'the bound on call depth was reached' },
  'division-by-zero': { harm: 2, rule: 'C11 6.5.5p5' },
  'null-dereference': { harm: 3, rule: 'C11 6.5.3.2p4' },
  'uninitialized-read': { harm: 3, rule: 'C11 6.3.2.1p2, 6.7.9p10' },
  'out-of-bounds': { harm: 3, rule: 'C11 6.5.6p8' },
  'refcount-underflow': { harm: 3, rule: 'a reference was dropped that nobody held' },
  'double-free': { harm: 3, rule: 'C11 7.22.3.3p2' },
  'dangling-reference': { harm: 3, rule: 'a living object links to a finalized one' },
  'use-after-free': { harm: 3, rule: 'C11 6.2.4p2' },
  unsupported: { harm: -1, rule: 'the machine does not know this' },
} as const;

export type OutcomeKind = keyof typeof OUTCOMES;

/** 0 clean, 1 leak and invariant, 2 a stop, 3 memory gone wrong; -1 for unsupported. */
export function harmOf(kind: OutcomeKind): number {
  return OUTCOMES[kind].harm;
}
