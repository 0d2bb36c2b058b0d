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
  const [first] = pre;
  const [next] = post;
  if (first !== undefined && next !== undefined && beginAlike(first, next)) {
    join(first, next);
  }
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
  const gone = pre
    .filter((item) => !used.has(item))
    .map((before) => (isMiddle(before) ? { before, after: emptied(before) } : { before }));
  return [
    ...gone,
    ...post.map((after) => {
      const before = partner.get(after) ?? (isMiddle(after) ? emptied(after) : undefined);
      return before === undefined ? { after } : { before, after };
    }),
  ];
}

/** Both images begin in the middle of the same thing: on the same line, its head out of sight. */
function beginAlike(before: Item, after: Item): boolean {
  const headless = [before, after].every((item) => isBody(item) && item.head.length === 0);
  const from = before.tokens[0]?.from;
  return (
    headless && before.kind === after.kind && from !== undefined && from === after.tokens[0]?.from
  );
}

/** From inside a body, both braces out of sight: what is around it stays, however little one image shows. */
function isMiddle(item: Item): boolean {
  return isBody(item) && item.head.length === 0 && !item.opened && !item.closed;
}

function emptied(item: Item): Item {
  return { ...item, tokens: [], body: [], tail: [] };
}
