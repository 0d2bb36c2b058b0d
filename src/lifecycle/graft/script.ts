import type { Shown } from './shown.ts';
import { spell, type Tok } from './text.ts';
import type { Unit } from './units.ts';

/** One step from the pre-image to the post-image, by index. */
export type Step =
  | { readonly kind: 'keep'; readonly p: number; readonly q: number }
  | { readonly kind: 'replace'; readonly p: number; readonly q: number }
  | { readonly kind: 'delete'; readonly p: number }
  | { readonly kind: 'insert'; readonly q: number };

function key(unit: Unit): string {
  return unit.kind === 'end' && unit.tokens.length <= 1
    ? 'end'
    : `${unit.kind} ${spell(unit.tokens)}`;
}

function isContext(a: Unit, b: Unit): boolean {
  const left: Tok | undefined = a.tokens[0];
  const right = b.tokens[0];
  return left?.from !== undefined && left.from === right?.from;
}

/** Two statements that the author is likely to see as one, changed. */
function alike(a: Unit, b: Unit): boolean {
  if (a.kind !== b.kind || (a.kind === 'open' && a.word !== b.word)) {
    return false;
  }
  if (a.kind === 'end' || a.kind === 'else' || a.kind === 'open') {
    return true;
  }
  const left = a.tokens.filter((token) => token.kind !== 'punctuator').map((token) => token.text);
  const right = new Set(b.tokens.map((token) => token.text));
  const shared = left.filter((text) => right.has(text)).length;
  return shared * 2 >= left.length;
}

/**
 * The edit script of a function, context lines first: what the diff shows as unchanged is kept. Hunk by
 * hunk: what one removes and another adds is moved over statements that neither shows.
 */
export function scriptOf(pre: Shown, post: Shown): Step[] {
  const hunks = [...new Set([...pre.hunks, ...post.hunks])].toSorted((a, b) => a - b);
  return hunks.flatMap((hunk) => {
    const [left, p] = partOf(pre, hunk);
    const [right, q] = partOf(post, hunk);
    return hunkScript(left, right).map((step): Step => {
      switch (step.kind) {
        case 'delete':
          return { kind: 'delete', p: step.p + p };
        case 'insert':
          return { kind: 'insert', q: step.q + q };
        default:
          return { kind: step.kind, p: step.p + p, q: step.q + q };
      }
    });
  });
}

/** The units of one hunk and the index of the first. */
function partOf({ units, hunks }: Shown, hunk: number): [readonly Unit[], number] {
  const first = hunks.indexOf(hunk);
  return first === -1 ? [[], 0] : [units.slice(first, hunks.lastIndexOf(hunk) + 1), first];
}

function hunkScript(pre: readonly Unit[], post: readonly Unit[]): Step[] {
  const width = post.length + 1;
  const best = new Float64Array((pre.length + 1) * width);
  const gain = (p: number, q: number): number => {
    const a = pre[p];
    const b = post[q];
    if (a === undefined || b === undefined || key(a) !== key(b)) {
      return 0;
    }
    const size = a.kind === 'end' ? 0.5 : 1;
    return isContext(a, b) ? size + 1 : size;
  };
  for (let p = pre.length - 1; p >= 0; p--) {
    for (let q = post.length - 1; q >= 0; q--) {
      const at = p * width + q;
      const g = gain(p, q);
      const diagonal = g > 0 ? g + (best[at + width + 1] ?? 0) : 0;
      best[at] = Math.max(diagonal, best[at + width] ?? 0, best[at + 1] ?? 0);
    }
  }
  const steps: Step[] = [];
  let p = 0;
  let q = 0;
  while (p < pre.length || q < post.length) {
    const at = p * width + q;
    const g = gain(p, q);
    const here = best[at] ?? 0;
    if (g > 0 && Math.abs(here - g - (best[at + width + 1] ?? 0)) < 1e-9) {
      steps.push({ kind: 'keep', p: p++, q: q++ });
    } else if (p < pre.length && (q >= post.length || here === (best[at + width] ?? 0))) {
      steps.push({ kind: 'delete', p: p++ });
    } else {
      steps.push({ kind: 'insert', q: q++ });
    }
  }
  return withReplacements(steps, pre, post);
}

/** Within each gap, pair deletions and insertions that are one statement changed. */
function withReplacements(
  steps: readonly Step[],
  pre: readonly Unit[],
  post: readonly Unit[],
): Step[] {
  const result: Step[] = [];
  let gap: Step[] = [];
  const flush = (): void => {
    paired(gap, pre, post).forEach((step) => result.push(step));
    gap = [];
  };
  for (const step of steps) {
    if (step.kind === 'keep') {
      flush();
      result.push(step);
    } else {
      gap.push(step);
    }
  }
  flush();
  return result;
}

function paired(gap: readonly Step[], pre: readonly Unit[], post: readonly Unit[]): Step[] {
  const removed = gap.flatMap((step) => (step.kind === 'delete' ? [step.p] : []));
  const added = gap.flatMap((step) => (step.kind === 'insert' ? [step.q] : []));
  const result: Step[] = [];
  let next = 0;
  for (const q of added) {
    const b = post[q];
    const found = removed.findIndex((p, at) => {
      const a = pre[p];
      return at >= next && a !== undefined && b !== undefined && alike(a, b);
    });
    if (found === -1) {
      result.push({ kind: 'insert', q });
      continue;
    }
    removed.slice(next, found).forEach((p) => result.push({ kind: 'delete', p }));
    result.push({ kind: 'replace', p: removed[found] ?? -1, q });
    next = found + 1;
  }
  return [...result, ...removed.slice(next).map((p) => ({ kind: 'delete' as const, p }))];
}
