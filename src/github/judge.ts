import { githubReview } from '../review/github.ts';
import type { GithubContext, GithubReview } from '../review/github.ts';
import { reviewSchema } from '../review/schema.ts';
import type { Review } from '../review/schema.ts';
import { TreeError } from '../tree/error.ts';
import type { PullRequest } from '../jobs/history.ts';
import { runChild, sentenceOf } from './child.ts';
import type { ChildAnswer } from './child.ts';
import type { GitHub, PullState } from './client.ts';
import { withConfigFile } from './config.ts';
import type { Workshop } from './context.ts';
import type { Fetched, Wanted } from './source.ts';

/** What a review of a pull request came to. */
export type Judged =
  | { readonly kind: 'judged'; readonly review: Review; readonly fetched: Fetched }
  /** It cannot be judged, and trying again would not help. */
  | { readonly kind: 'not-judged'; readonly reason: string };

/** Fetches the commits between base and head and runs them, in a process of their own. */
export async function judgePull(
  shop: Workshop,
  github: GitHub,
  pull: PullRequest,
  commits: Pick<PullState, 'head' | 'base'>,
  { config, signal }: { readonly config: string; readonly signal: AbortSignal },
): Promise<Judged> {
  try {
    const fetched = await fetchPull(shop, github, pull, commits, signal, shop.wanted);
    const { revisions, folder } = fetched;
    const args = ['review', revisions, '--tree', folder, '--format', 'json'];
    const answer = await withConfigFile(config, async (file) =>
      runChild([...args, '--config', file], { ...shop, signal }),
    );
    return readAnswer(answer, fetched, pull);
  } catch (error) {
    if (error instanceof TreeError) {
      return { kind: 'not-judged', reason: error.message };
    }
    throw error;
  }
}

/** @throws {TreeError} where the commits are no range; FetchError where they cannot be had */
export async function fetchPull(
  shop: Workshop,
  github: GitHub,
  pull: PullRequest,
  { head, base }: Pick<PullState, 'head' | 'base'>,
  signal: AbortSignal,
  wanted: Wanted,
): Promise<Fetched> {
  await shop.clones.prune();
  const url = `${shop.gitUrl}/${pull.owner}/${pull.name}.git`;
  return shop.clones.fetch({
    repo: pull.repo,
    number: pull.number,
    base,
    head,
    remote: { url, token: await github.token() },
    wanted,
    signal,
  });
}

function readAnswer(answer: ChildAnswer, fetched: Fetched, pull: PullRequest): Judged {
  if (answer.ended !== 'itself' || answer.status === null) {
    const why = answer.ended === 'time' ? 'it took too long' : 'it took more than it may';
    return { kind: 'not-judged', reason: `The review was stopped: ${why}.` };
  }
  if (answer.out === '') {
    const name = `${pull.owner}/${pull.name}`;
    return { kind: 'not-judged', reason: sentenceOf(answer).replaceAll(fetched.folder, name) };
  }
  const review = reviewSchema.parse(JSON.parse(answer.out));
  return { kind: 'judged', review: elsewhere(review, fetched), fetched };
}

/** The commands that replay it, as a reader types them in a clone. */
function elsewhere(review: Review, { revisions }: Fetched): Review {
  const [base = '', head = ''] = revisions.split('...');
  const where = `--patch ${base.slice(0, 12)}...${head.slice(0, 12)} --tree .`;
  const findings = review.findings.map((finding) => {
    const [, , path = finding.scenario] = finding.replay.split(' ');
    return { ...finding, replay: `check-lifecycle replay ${path} ${where}` };
  });
  return { ...review, findings };
}

/** What GitHub is told: the review's own, or why there is none. */
export function wordsOf(judged: Judged, context: GithubContext): GithubReview {
  if (judged.kind === 'judged') {
    const { review, fetched } = judged;
    const { series } = fetched.range;
    return githubReview(review, series, { ...context, diff: fetched.diff });
  }
  const output = { title: 'Could not be judged', summary: judged.reason, annotations: [] };
  return {
    review: null,
    checkRun: {
      name: 'check-lifecycle',
      status: 'completed',
      conclusion: 'neutral',
      outputs: [output],
    },
  };
}
