import type { Finding } from './schema.ts';

/**
 * The references of the patched side on the object at which both sides part, `most` at most, a line each: the others
 * only have no partner because the execution stopped. Where they do not part, every one without a partner.
 */
export function ledgerLines(
  { ledger: { before, after, partsAt } }: Finding,
  most: number,
): { readonly lines: readonly string[]; readonly more: number } {
  const object = partsAt === null ? undefined : (after[partsAt] ?? before[partsAt])?.object;
  const lines = after.flatMap((entry, index) => {
    if (object === undefined ? entry.matched : entry.object !== object) {
      return [];
    }
    const sign = entry.kind === 'take' ? '+1' : '-1';
    const note = entry.matched ? '' : ' (no partner)';
    const mark = index === partsAt ? '>' : ' ';
    return [`${mark} ${sign} ${entry.object} for ${entry.holder} at ${entry.at}${note}`];
  });
  return { lines: lines.slice(0, most), more: Math.max(0, lines.length - most) };
}
