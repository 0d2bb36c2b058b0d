import type { Step } from './script.ts';
import type { Shown } from './shown.ts';
import { spell, type Tok } from './text.ts';
import type { Unit } from './units.ts';

/** Tokens of the patch that could not be placed, and why. */
export interface Failure {
  readonly side: 'old' | 'new';
  readonly tokens: readonly Tok[];
  readonly reason: string;
}

/**
 * What one hunk takes out and another could not put in, and the other way round. A statement is moved as a
 * whole or not at all: half of it would be a fault that the patch does not have.
 */
export function halfMoves(
  steps: readonly Step[],
  pre: Shown,
  post: Shown,
  failures: readonly Failure[],
): { takenOut: number[]; putIn: Unit[] } {
  const failed = (side: Failure['side']): Set<string> =>
    new Set(failures.flatMap((each) => (each.side === side ? [spell(each.tokens)] : [])));
  const lost = failed('new');
  const doubled = failed('old');
  const takenOut = steps.flatMap((step) => (step.kind === 'delete' ? [step.p] : []));
  const putIn = steps.flatMap((step) => (step.kind === 'insert' ? [step.q] : []));
  return {
    takenOut: takenOut.filter((p) => lost.has(spell(pre.units[p]?.tokens ?? []))),
    putIn: putIn.flatMap((q) => {
      const unit = post.units[q];
      return unit !== undefined && doubled.has(spell(unit.tokens)) ? [unit] : [];
    }),
  };
}
