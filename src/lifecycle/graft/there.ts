import { alignFunction, type FunctionAlignment, type Renames } from './align.ts';
import { renamed } from './names.ts';
import type { Step } from './script.ts';
import type { Shown } from './shown.ts';
import { spell, type Tok } from './text.ts';
import type { Unit } from './units.ts';

/** Tests for null and zero are spelled in several ways: `!p`, `p == NULL`, `n != 0`, `p ? true : false`. */
const TEST = /^(!|!=|==|NULL|0|true|false|\?|:|[()])$/;

function gist(tokens: readonly Tok[]): string {
  return spell(tokens.filter(({ text }) => !TEST.test(text)));
}

/**
 * Whether two statements say the same, however they spell a test. Which way a test goes does not count: one
 * that a patch turns round is the model's before as well as after, and so never counts as new.
 */
function isSame(unit: Unit | undefined, there: Unit | undefined, renames: Renames): boolean {
  return (
    unit !== undefined &&
    there !== undefined &&
    gist(renamed(unit.tokens, renames)) === gist(there.tokens)
  );
}

/** A call, or a test of one: short statements like `return;` stand everywhere. */
function isTelling(tokens: readonly Tok[]): boolean {
  return tokens.some(
    ({ kind, text }, at) =>
      kind === 'identifier' &&
      tokens[at + 1]?.text === '(' &&
      !/^(if|for|while|switch)$/.test(text),
  );
}

/** As many tokens as `a->b->c = d;` has: shorter assignments stand in many places. */
const LONG = 8;

/** Whether the model sets the same deep field to the same value in a place of its own. */
function isSetElsewhere(
  unit: Unit | undefined,
  model: readonly Unit[],
  taken: ReadonlySet<number | undefined>,
  renames: Renames,
): boolean {
  const isSetting =
    unit?.kind === 'simple' &&
    unit.tokens.length >= LONG &&
    unit.tokens.some(({ text }) => text === '=') &&
    !isTelling(unit.tokens);
  return isSetting && model.some((there, m) => !taken.has(m) && isSame(unit, there, renames));
}

/**
 * Whether all or a part of what the patch puts in stands in the model already, as statements of their own,
 * between the same neighbours.
 */
export function whatIsThere(
  pre: Shown,
  post: Shown,
  model: readonly Unit[],
  steps: readonly Step[],
  aligned: FunctionAlignment,
  isFixed: (name: string) => boolean,
): 'all' | 'part' | 'none' {
  const { of, renames } = alignFunction(post, model, isFixed);
  const taken = new Set(
    aligned.of.filter((m, p) => isSame(pre.units[p], model[m ?? -1], aligned.renames)),
  );
  const fresh = steps.flatMap((step) =>
    step.kind === 'insert' || step.kind === 'replace' ? [step.q] : [],
  );
  const solid = fresh.filter((q) => (post.units[q]?.tokens.length ?? 0) > 2);
  const there = solid.filter(
    (q) =>
      (isSame(post.units[q], model[of[q] ?? -1], renames) && !taken.has(of[q])) ||
      isSetElsewhere(post.units[q], model, taken, renames),
  );
  if (there.length > 0 && there.length === solid.length) {
    return 'all';
  }
  const units = there.flatMap((q) => post.units[q] ?? []);
  return units.some(({ tokens }) => isTelling(tokens) || tokens.length >= LONG) ? 'part' : 'none';
}
