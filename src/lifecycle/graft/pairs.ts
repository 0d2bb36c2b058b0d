import type { Item } from './items.ts';

/** What one hunk (or a file) has before and after: the same thing changed, one gone, or one come. */
export interface Pair {
  readonly before?: Item;
  readonly after?: Item;
}

function isBody(item: Item): boolean {
  return item.kind === 'function' || item.kind === 'record';
}

function shared(before: Item, after: Item): number {
  const lines = new Set(before.tokens.map((token) => token.from));
  return after.tokens.filter(
    (token) => token.from?.kind === 'context' && lines.has(token.from) && /\w/.test(token.text),
  ).length;
}

/**
 * Pair the items of the two images. Functions go by the context lines they share, since a function may
 * be renamed, or its body become a helper's; everything else by kind and name.
 */
export function pairItems(pre: readonly Item[], post: readonly Item[]): Pair[] {
  const partner = new Map<Item, Item>();
  const used = new Set<Item>();
  const join = (before: Item, after: Item): void => {
    partner.set(after, before);
    used.add(before);
  };
  const candidates = pre.flatMap((before) =>
    post
      .filter((after) => isBody(before) && after.kind === before.kind)
      .map((after) => ({ before, after, count: shared(before, after) })),
  );
  for (const { before, after, count } of candidates.toSorted((a, b) => b.count - a.count)) {
    if (count > 0 && !used.has(before) && !partner.has(after)) {
      join(before, after);
    }
  }
  for (const after of post) {
    const before = pre.find(
      (item) => !used.has(item) && item.kind === after.kind && item.name === after.name,
    );
    if (before !== undefined && !partner.has(after)) {
      join(before, after);
    }
  }
  const gone = pre.filter((item) => !used.has(item)).map((before) => ({ before }));
  return [
    ...gone,
    ...post.map((after) => {
      const before = partner.get(after);
      return before === undefined ? { after } : { before, after };
    }),
  ];
}
