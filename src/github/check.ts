import type { ReviewRow } from '../jobs/history.ts';
import type { CheckChange, GitHub } from './client.ts';
import type { Workshop } from './context.ts';
import { once } from './once.ts';

/** How a check ends that has nothing to say of the code. */
export type Close = Pick<CheckChange, 'conclusion' | 'output'>;

export const SUPERSEDED: Close = {
  conclusion: 'cancelled',
  output: { title: 'Superseded', summary: 'A newer push is reviewed instead.' },
};
export const REFUSED: Close = {
  conclusion: 'neutral',
  output: {
    title: 'Not reviewed',
    summary:
      'The configuration of the default branch cannot be used. Once it is mended, re-run this check.',
  },
};

/** The id of the check of a review, which is made where it is not there. */
export async function openCheck(shop: Workshop, github: GitHub, row: ReviewRow): Promise<string> {
  return once(shop, {
    key: `check ${row.id}`,
    body: {},
    send: async () => github.createCheck(row, row.head, row.id),
    find: async () => (await github.findCheck(row, row.head, row.id))?.id,
  });
}

/** Ends the check of a review that will not end it, where there is one and it did not. */
export async function closeCheck(
  shop: Workshop,
  github: GitHub,
  row: ReviewRow,
  close: Close,
): Promise<void> {
  const check = shop.dryRun ? undefined : await github.findCheck(row, row.head, row.id);
  if (check?.isCompleted === false) {
    await github.updateCheck(row, check.id, { status: 'completed', ...close });
  }
}
