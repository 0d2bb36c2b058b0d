import type { Finding } from './schema.ts';

/**
 * The references of the patched side on the object at which both sides part, `most` at most, a line each: the others
 * only have no partner because the execution stopped. Where they do not part, every one without a partner.
 */
export function ledgerLines(
  { ledger: { before, after, partsAt } }: Pick<Finding, 'ledger'>,
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
    return [{ mark, text: `${sign} ${entry.object} for ${entry.holder} at ${entry.at}${note}` }];
  });
  const told = runsOf(lines);
  return { lines: told.slice(0, most), more: Math.max(0, told.length - most) };
}

/** What is done again and again, as in a loop, is one line. */
function runsOf(lines: readonly { readonly mark: string; readonly text: string }[]): string[] {
  const told: { readonly mark: string; readonly text: string; times: number }[] = [];
  for (const line of lines) {
    const last = told.at(-1);
    if (last?.text === line.text && line.mark === ' ') {
      last.times += 1;
    } else {
      told.push({ ...line, times: 1 });
    }
  }
  return told.map(({ mark, text, times }) =>
    times === 1 ? `${mark} ${text}` : `${mark} ${text}, ${times.toLocaleString('en-US')} times`,
  );
}
