import type { PullRequest } from '../jobs/history.ts';
import { thrown, timed } from './calls.ts';
import type { Octokit } from './calls.ts';

/** A conversation on a line that nobody resolved; REST knows none. */
export interface Thread {
  readonly id: string;
  /** Its first comment, by the number that REST calls it. */
  readonly first: number;
}

const QUERY = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviewThreads(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id isResolved comments(first: 1) { nodes { databaseId } } }
    } } } }`;
const RESOLVE =
  'mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { id } } }';

interface ThreadsAnswer {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly {
          readonly id: string;
          readonly isResolved: boolean;
          readonly comments: { readonly nodes: readonly { readonly databaseId: number }[] };
        }[];
      };
    };
  };
}

/** All open threads of a pull request. */
export async function openThreads(
  octokit: Octokit,
  { owner, name, number }: PullRequest,
): Promise<Thread[]> {
  const threads: Thread[] = [];
  let after: string | null = null;
  do {
    const variables = { owner, name, number, after, request: timed() };
    const answer: ThreadsAnswer = await octokit
      .graphql<ThreadsAnswer>(QUERY, variables)
      .catch(thrown);
    const { nodes, pageInfo } = answer.repository.pullRequest.reviewThreads;
    for (const { id, isResolved, comments } of nodes) {
      const first = comments.nodes[0]?.databaseId;
      if (!isResolved && first !== undefined) {
        threads.push({ id, first });
      }
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return threads;
}

export async function resolveThread(octokit: Octokit, id: string): Promise<void> {
  await octokit.graphql(RESOLVE, { id, request: timed() });
}
