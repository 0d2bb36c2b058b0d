import {
  endReview,
  findReview,
  headOf,
  keepResult,
  labelFindings,
  resultOf,
  startReview,
} from '../jobs/history.ts';
import type { KnownFinding, ReviewRow } from '../jobs/history.ts';
import type { ReviewJob } from '../jobs/queue.ts';
import { readMarker } from '../review/github-text.ts';
import type { CheckRun } from '../review/github-check.ts';
import type { PullReview } from '../review/github.ts';
import { reviewSchema } from '../review/schema.ts';
import { readRepositoryConfig } from './config.ts';
import { statusOf } from './calls.ts';
import { closeCheck, openCheck, REFUSED, SUPERSEDED } from './check.ts';
import type { GitHub } from './client.ts';
import type { Workshop } from './context.ts';
import { judgePull, wordsOf } from './judge.ts';
import type { Judged } from './judge.ts';
import { once } from './once.ts';
import { planWords, remainingOutputs } from './plan.ts';

/** A newer push made the review pointless. */
class Cancelled extends Error {}

/** How often a running review asks whether it is still wanted, in milliseconds. */
const ASK = 1_000;

/** Makes a review and says what it found; the same job may come again after any of its steps. */
export async function performReview(
  shop: Workshop,
  { review: id }: ReviewJob,
  ours: AbortSignal,
): Promise<void> {
  await shop.database.exclusive(`review ${id}`, async (lock) => {
    const row = await findReview(shop.database, id);
    if (row === undefined || row.state === 'done' || row.state === 'refused') {
      return;
    }
    const github = await shop.github(row);
    if (!(await startReview(shop.database, id))) {
      await closeCheck(shop, github, row, SUPERSEDED);
      return;
    }
    const over = new AbortController();
    const signal = AbortSignal.any([ours, lock, over.signal]);
    const stopAsking = askWhetherWanted(shop, id, over);
    try {
      await carryOut(shop, github, row, signal);
    } catch (error) {
      if (!(error instanceof Cancelled) && !over.signal.aborted) {
        throw error;
      }
      await closeCheck(shop, github, row, SUPERSEDED);
    } finally {
      stopAsking();
    }
  });
}

async function carryOut(
  shop: Workshop,
  github: GitHub,
  row: ReviewRow,
  signal: AbortSignal,
): Promise<void> {
  const { database, log } = shop;
  const said = { review: row.id, repository: `${row.owner}/${row.name}`, number: row.number };
  const before = await resultOf(database, row.id);
  const begun = before === undefined ? undefined : await github.findCheck(row, row.head, row.id);
  if (begun?.isCompleted === true) {
    // The check is the last that is said: an attempt before this one only could not say that it had.
    const verdict = reviewSchema.safeParse(before).data?.verdict ?? 'inconclusive';
    await endReview(database, row.id, { state: 'done', verdict });
    return;
  }
  const config = await readRepositoryConfig(github, row);
  if (!config.ok) {
    log.warn({ ...said, reason: config.reason }, 'refused');
    await closeCheck(shop, github, row, REFUSED);
    await endReview(database, row.id, { state: 'refused', error: config.reason });
    return;
  }
  const state = await github.pull(row);
  if (row.cause === 'push' && (await isOld(shop, row, state.head))) {
    await closeCheck(shop, github, row, SUPERSEDED);
    await endReview(database, row.id, { state: 'cancelled' });
    return;
  }
  const check = await openCheck(shop, github, row);
  await github.updateCheck(row, check, { status: 'in_progress' });
  const commits = { ...state, head: row.head };
  const judged = await judgePull(shop, github, row, commits, { config: config.text, signal });
  await stillWanted(shop, row.id);
  await keepResult(database, row.id, judged.kind === 'judged' ? judged.review : null);
  await say(shop, github, row, { id: check, annotations: begun?.annotations ?? 0 }, judged);
  const verdict = judged.kind === 'judged' ? judged.review.verdict : 'inconclusive';
  await endReview(database, row.id, {
    state: 'done',
    verdict,
    ...(judged.kind === 'judged' ? {} : { error: judged.reason }),
  });
  log.info({ ...said, head: row.head, verdict }, 'reviewed');
}

/** Whether neither GitHub nor the newest webhook, which may be ahead of it, has this head. */
async function isOld(shop: Workshop, row: ReviewRow, head: string): Promise<boolean> {
  return head !== row.head && (await headOf(shop.database, row.repo, row.number)) !== row.head;
}

/** What is new in a review, what is over in what was said, and the check, in this order. */
async function say(
  shop: Workshop,
  github: GitHub,
  row: ReviewRow,
  check: { readonly id: string; readonly annotations: number },
  judged: Judged,
): Promise<void> {
  const fingerprints = judged.kind === 'judged' ? fingerprintsOf(judged) : [];
  const known = await labelFindings(shop.database, row, fingerprints);
  const dismissed = dismissedOf(known);
  const own = await github.ownWords(row);
  // Its own review of an attempt before this one is not what stood before.
  const earlier = own.filter(({ body }) => !(readMarker('review', body) ?? []).includes(row.id));
  const plan = planWords(earlier, new Set(fingerprints), new Set(dismissed.keys()), row.head);
  const labels = new Map(known.map(({ fingerprint, label }) => [fingerprint, `F${label}`]));
  const context = { labels, dismissed, standing: plan.standing, key: row.id };
  const words = wordsOf(judged, context);
  if (words.review !== null) {
    await postReview(shop, github, row, words.review, () => wordsOf(withoutLines(judged), context));
  }
  // What could not be judged clears nothing.
  if (judged.kind === 'judged' && judged.review.verdict !== 'inconclusive') {
    for (const { words: each, body } of plan.clear) {
      await github.edit(row, each, body);
    }
    await github.resolve(row, plan.resolve);
  }
  await endCheck(shop, github, row, check, words.checkRun);
}

/** All but the last output come while it still runs: a check that is completed lacks nothing. */
async function endCheck(
  shop: Workshop,
  github: GitHub,
  row: ReviewRow,
  check: { readonly id: string; readonly annotations: number },
  { outputs, status, conclusion }: CheckRun,
): Promise<void> {
  for (const output of remainingOutputs(outputs, check.annotations)) {
    await stillWanted(shop, row.id);
    const end =
      output === outputs.at(-1) ? { status, conclusion } : { status: 'in_progress' as const };
    await github.updateCheck(row, check.id, { ...end, output });
  }
}

function fingerprintsOf(judged: Judged & { kind: 'judged' }): string[] {
  return judged.review.findings.map(({ fingerprint }) => fingerprint);
}

function dismissedOf(known: readonly KnownFinding[]): Map<string, string> {
  return new Map(
    known.flatMap(({ fingerprint, dismissed }) =>
      dismissed === null ? [] : [[fingerprint, dismissed] as const],
    ),
  );
}

/** As if no line of the difference could carry a comment. */
function withoutLines(judged: Judged): Judged {
  return judged.kind === 'judged'
    ? { ...judged, fetched: { ...judged.fetched, diff: [] } }
    : judged;
}

/** GitHub's view of a difference may lack lines that git has, as where it is too large: then the body carries all. */
async function postReview(
  shop: Workshop,
  github: GitHub,
  row: ReviewRow,
  review: PullReview,
  plain: () => { readonly review: PullReview | null },
): Promise<void> {
  await stillWanted(shop, row.id);
  async function send(body: PullReview): Promise<string> {
    try {
      return await github.createReview(row, row.head, body);
    } catch (error) {
      const other = statusOf(error) === 422 ? plain().review : null;
      if (other === null) {
        throw error;
      }
      shop.log.warn({ review: row.id }, 'GitHub does not show a line that git does');
      return github.createReview(row, row.head, other);
    }
  }
  const find = async (): Promise<string | undefined> => {
    const own = await github.ownWords(row);
    const found = own.find(({ body }) => readMarker('review', body)?.includes(row.id) === true);
    return found === undefined ? undefined : String(found.id);
  };
  await once(shop, { key: `review ${row.id}`, body: review, send, find });
}

async function stillWanted(shop: Workshop, id: string): Promise<void> {
  const row = await findReview(shop.database, id);
  if (row?.state !== 'running') {
    throw new Cancelled();
  }
}

function askWhetherWanted(shop: Workshop, id: string, over: AbortController): () => void {
  const timer = setInterval(() => {
    findReview(shop.database, id).then(
      (row) => {
        if (row?.state === 'cancelled') {
          over.abort(new Cancelled());
        }
        return undefined;
      },
      () => undefined,
    );
  }, ASK);
  return () => clearInterval(timer);
}
