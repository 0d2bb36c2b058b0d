import type { Item } from './items.ts';
import type { Tok } from './text.ts';
import { frame, type Unit, unitsOf } from './units.ts';

/** One function as the patch shows it, all hunks together; `hunks` gives the hunk of each unit. */
export interface Shown {
  readonly units: readonly Unit[];
  readonly hunks: readonly number[];
}

const MAX_NESTING = 500;

/** Statements nest by brackets, or by headers that follow one another; the reader recurses for each. */
export function isTooDeep(tokens: readonly Tok[]): boolean {
  let depth = 0;
  let deepest = 0;
  let chain = 0;
  for (const [index, { text }] of tokens.entries()) {
    depth += /^[{([]$/.test(text) ? 1 : /^[})\]]$/.test(text) ? -1 : 0;
    const ends = (text === ';' || text === '}') && tokens[index + 1]?.text !== 'else';
    chain = ends ? 0 : chain + (/^(if|for|while|do|else)$/.test(text) ? 1 : 0);
    deepest = Math.max(deepest, depth, chain);
  }
  return deepest > MAX_NESTING;
}

/** A hunk's part of a function as units, framed where the braces are visible. */
export function shownUnits(item: Item): Unit[] {
  const open = item.opened ? [frame('open', [])] : [];
  const end = item.closed ? [frame('end', item.tail)] : [];
  return [...open, ...unitsOf(item.body, !item.opened), ...end];
}

/** All that a patch shows of one function, hunk after hunk. */
export function show(parts: readonly { item: Item; hunk: number }[]): Shown {
  const units: Unit[] = [];
  const hunks: number[] = [];
  for (const { item, hunk } of parts) {
    for (const unit of shownUnits(item)) {
      units.push(unit);
      hunks.push(hunk);
    }
  }
  return { units, hunks };
}

/** The model's function as units. */
export function modelUnits(item: Item): Unit[] {
  return [frame('open', []), ...unitsOf(item.body), frame('end', item.tail)];
}
