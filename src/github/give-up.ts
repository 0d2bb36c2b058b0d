import { endReview, findReview, reviewsOfHead } from '../jobs/history.ts';
import type { ReviewRow } from '../jobs/history.ts';
import type { ReviewJob } from '../jobs/queue.ts';
import { closeCheck, openCheck, SUPERSEDED } from './check.ts';
import type { Close } from './check.ts';
import type { Workshop } from './context.ts';

/**
 * Ends a review that was tried as often as it may be, and its check, which would be "in progress" for ever. The review
 * ends before GitHub is asked for anything, so that it can be asked for again while GitHub fails.
 *
 * @param why what the last attempt failed with
 */
export async function giveUp(
  shop: Workshop,
  { review: id }: ReviewJob,
  why: unknown,
): Promise<void> {
  await shop.database.exclusive(`review ${id}`, async () => {
    await endReview(shop.database, id, { state: 'failed', error: messageOf(why) });
    const row = await findReview(shop.database, id);
    if (row?.state !== 'failed' && row?.state !== 'cancelled') {
      return;
    }
    const github = await shop.github(row);
    if (row.state === 'failed' && (await isNewest(shop, row))) {
      await openCheck(shop, github, row);
    }
    await closeCheck(shop, github, row, row.state === 'failed' ? notJudged(why) : SUPERSEDED);
  });
}

/** A check that is made late stands before those of its head that were made meanwhile. */
async function isNewest(shop: Workshop, { id, repo, head, number }: ReviewRow): Promise<boolean> {
  const newest = await reviewsOfHead(shop.database, repo, head);
  return newest.find((each) => each.number === number)?.id === id;
}

function notJudged(why: unknown): Close {
  const summary = `${reasonOf(why)} Re-run this check, or comment \`/check-lifecycle\`, to try again.`;
  return { conclusion: 'neutral', output: { title: 'Could not be judged', summary } };
}

/** What a maintainer can make of an error: its own words are for those who run this, and may name what is theirs. */
function reasonOf(why: unknown): string {
  const status: unknown = Reflect.get(Object(why), 'status');
  if (typeof status === 'number') {
    return `GitHub refused a call of this review, or did not answer it, each time it was tried (status ${status}).`;
  }
  switch (Reflect.get(Object(why), 'name')) {
    case 'FetchError':
      return 'The commits could not be fetched, however often it was tried.';
    case 'ComeBack':
      return 'GitHub allowed no more calls for too long.';
    case undefined:
      return 'The review was broken off each time before it had ended.';
    default:
      return 'An error of check-lifecycle kept it from a verdict; its log says more to those who run it.';
  }
}

/** Of an error, or of what pg-boss says where the process is gone. */
function messageOf(why: unknown): string {
  const said: unknown = Reflect.get(Object(why), 'value') ?? why;
  return String(Reflect.get(Object(said), 'message') ?? 'given up');
}
