import type { FunctionAlignment } from './align.ts';
import type { Step } from './script.ts';
import type { Shown } from './shown.ts';
import type { Unit } from './units.ts';

/** A function as the patch shows it, beside the model's. */
export interface Matched {
  readonly pre: Shown;
  readonly post: Shown;
  readonly model: readonly Unit[];
  readonly steps: readonly Step[];
  readonly aligned: FunctionAlignment;
}

/** Why the model's counterpart of a statement cannot be told; undefined when it can. */
export function doubtOf({ of, ambiguous }: FunctionAlignment, p: number): string | undefined {
  if (of[p] === undefined) {
    return "no statement of the model's function corresponds to it";
  }
  return ambiguous.has(p)
    ? "several statements of the model's function correspond to it equally well"
    : undefined;
}

/**
 * The index of the model's unit before which a new one belongs: inside the function's braces, by the
 * counterparts of its neighbours in the hunk; undefined where that cannot be told.
 * `q`: its index in the post-image; `at`: that of the step that brings it.
 */
export function gapFor(matched: Matched, q: number, at: number): number | undefined {
  const gap = anyGap(matched, q, at);
  return gap === undefined || gap < 1 || gap >= matched.model.length ? undefined : gap;
}

function anyGap(matched: Matched, q: number, at: number): number | undefined {
  const { pre, post, model } = matched;
  const hunk = post.hunks[q];
  const before = neighbour(matched, at, -1, hunk);
  const m = counterpart(matched, before);
  const next = counterpart(matched, neighbour(matched, at, 1, hunk));
  const opens = before !== undefined && pre.units[before]?.kind !== 'declaration';
  if (post.units[q]?.kind === 'declaration') {
    const isHead = before === undefined || !opens || pre.units[before]?.kind === 'open';
    if (m !== undefined) {
      return isHead ? behindDeclarations(model, m + 1) : m + 1;
    }
    return next === undefined || isHead ? behindDeclarations(model, 1) : next;
  }
  if (m === undefined || before === undefined) {
    return next !== undefined && model[next]?.kind === 'declaration'
      ? behindDeclarations(model, next)
      : next;
  }
  const start = opens ? m + 1 : behindDeclarations(model, m + 1);
  const between = next === undefined ? [] : model.slice(start, next);
  const free = between.every((other) => other.kind === 'declaration');
  return next !== undefined && next >= start && free ? next : start;
}

/** The next statement of the pre-image that way, if it is in the same hunk. */
function neighbour(
  { pre, steps }: Matched,
  at: number,
  way: 1 | -1,
  hunk: number | undefined,
): number | undefined {
  for (let k = at + way; k >= 0 && k < steps.length; k += way) {
    const step = steps[k];
    if (step !== undefined && step.kind !== 'insert') {
      return pre.hunks[step.p] === hunk ? step.p : undefined;
    }
  }
  return undefined;
}

function counterpart({ aligned }: Matched, p: number | undefined): number | undefined {
  return p === undefined || doubtOf(aligned, p) !== undefined ? undefined : aligned.of[p];
}

function behindDeclarations(model: readonly Unit[], m: number): number {
  let gap = m;
  while (model[gap]?.kind === 'declaration') {
    gap++;
  }
  return gap;
}
