import type { Logger } from 'pino';
import type { PullRequest } from '../jobs/history.ts';
import type { CheckOutput, CheckRun } from '../review/github-check.ts';
import type { PullReview } from '../review/github.ts';
import { statusOf, thrown, timed } from './calls.ts';
import type { Octokit } from './calls.ts';
import { openThreads, resolveThread } from './threads.ts';

/** A comment of the App on a line, or the body of a review of its own. */
export interface OwnWords {
  readonly id: number;
  readonly kind: 'comment' | 'review';
  readonly body: string;
}

/** A pull request as it stands. */
export interface PullState {
  readonly head: string;
  readonly base: string;
  readonly author: string;
}

/** How far a check run came. */
export interface CheckState {
  readonly id: string;
  readonly isCompleted: boolean;
  /** How many it has. */
  readonly annotations: number;
}

/** What becomes of a check run: with an output, or ended, or both. */
export interface CheckChange {
  readonly status: 'in_progress' | 'completed';
  readonly conclusion?: CheckRun['conclusion'] | 'cancelled';
  readonly output?: CheckOutput | { readonly title: string; readonly summary: string };
}

export interface Comment {
  readonly id: number;
  readonly kind: 'issue' | 'review';
}

/**
 * The calls that the App makes, for one installation. Nothing is tried twice here: a call that failed may have had its
 * effect, so the job is tried again, and looks first. In a dry run nothing is written, only logged.
 */
export class GitHub {
  readonly #octokit: Octokit;
  readonly #log: Logger;
  readonly #dryRun: boolean;
  /** `NAME[bot]`, the author of the App's own words. */
  readonly login: string;

  constructor(octokit: Octokit, login: string, log: Logger, dryRun: boolean) {
    this.#octokit = octokit;
    this.login = login;
    this.#log = log;
    this.#dryRun = dryRun;
  }

  async pull({ owner, name: repo, number }: PullRequest): Promise<PullState> {
    const { data } = await this.#octokit
      .request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
        owner,
        repo,
        pull_number: number,
        request: timed(),
      })
      .catch(thrown);
    return { head: data.head.sha, base: data.base.sha, author: data.user.login };
  }

  /** The text of a file of the default branch; undefined where there is none. */
  async file({ owner, name: repo }: PullRequest, path: string): Promise<string | undefined> {
    try {
      const { data } = await this.#octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
        owner,
        repo,
        path,
        request: timed(),
      });
      return 'content' in data && typeof data.content === 'string'
        ? Buffer.from(data.content, 'base64').toString('utf8')
        : undefined;
    } catch (error) {
      return statusOf(error) === 404 ? undefined : thrown(error);
    }
  }

  /** What a user may do with a repository: `admin`, `write`, `read` or `none`. */
  async permission({ owner, name: repo }: PullRequest, username: string): Promise<string> {
    try {
      const { data } = await this.#octokit.request(
        'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
        { owner, repo, username, request: timed() },
      );
      return data.permission;
    } catch (error) {
      return statusOf(error) === 404 ? 'none' : thrown(error);
    }
  }

  /** Comments on lines and bodies of reviews that this App wrote: whoever copies its marker is another author. */
  async ownWords({ owner, name: repo, number }: PullRequest): Promise<OwnWords[]> {
    const where = { owner, repo, pull_number: number, per_page: 100, request: timed() };
    const comments = await this.#octokit
      .paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', where)
      .catch(thrown);
    const reviews = await this.#octokit
      .paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', where)
      .catch(thrown);
    return [
      ...comments
        .filter(({ user }) => this.#isOwn(user))
        .map(({ id, body }) => ({ id, kind: 'comment', body }) as const),
      ...reviews
        .filter(({ user }) => this.#isOwn(user))
        .map(({ id, body }) => ({ id, kind: 'review', body }) as const),
    ];
  }

  /** The check run for a job; undefined where there is none. */
  async findCheck(pull: PullRequest, head: string, key: string): Promise<CheckState | undefined> {
    const { owner, name: repo } = pull;
    const { data } = await this.#octokit
      .request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        owner,
        repo,
        ref: head,
        check_name: 'check-lifecycle',
        filter: 'all',
        per_page: 100,
        request: timed(),
      })
      .catch(thrown);
    const found = data.check_runs.find((run) => run.external_id === key);
    return found === undefined
      ? undefined
      : {
          id: String(found.id),
          isCompleted: found.status === 'completed',
          annotations: found.output.annotations_count,
        };
  }

  async createCheck(pull: PullRequest, head: string, key: string): Promise<string> {
    const { owner, name: repo } = pull;
    const body = {
      head_sha: head,
      name: 'check-lifecycle',
      external_id: key,
      status: 'queued',
    } as const;
    return this.#write('create the check run', pull, body, async () => {
      const { data } = await this.#octokit.request('POST /repos/{owner}/{repo}/check-runs', {
        owner,
        repo,
        ...body,
        request: timed(),
      });
      return String(data.id);
    });
  }

  /** What is not named stays as it is; annotations are added to those that are there. */
  async updateCheck(pull: PullRequest, id: string, body: CheckChange): Promise<void> {
    const { owner, name: repo } = pull;
    await this.#write('update the check run', pull, body, async () => {
      await this.#octokit.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        owner,
        repo,
        check_run_id: Number(id),
        ...writable(body),
        request: timed(),
      });
      return id;
    });
  }

  async createReview(pull: PullRequest, head: string, review: PullReview): Promise<string> {
    const { owner, name: repo, number } = pull;
    const body = {
      commit_id: head,
      ...review,
      comments: review.comments.map((each) => ({ ...each })),
    };
    return this.#write('post the review', pull, body, async () => {
      const { data } = await this.#octokit.request(
        'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
        { owner, repo, pull_number: number, ...body, request: timed() },
      );
      return String(data.id);
    });
  }

  async edit(pull: PullRequest, words: OwnWords, body: string): Promise<void> {
    const { owner, name: repo, number } = pull;
    const { id, kind } = words;
    await this.#write('edit own words', pull, { id, kind, body }, async () => {
      if (kind === 'comment') {
        await this.#octokit.request('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
          owner,
          repo,
          comment_id: id,
          body,
          request: timed(),
        });
      } else {
        await this.#octokit.request(
          'PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}',
          { owner, repo, pull_number: number, review_id: id, body, request: timed() },
        );
      }
      return String(id);
    });
  }

  /** Resolves the threads that begin with these comments. */
  async resolve(pull: PullRequest, comments: ReadonlySet<number>): Promise<void> {
    const threads = comments.size === 0 ? [] : await openThreads(this.#octokit, pull);
    for (const { id, first } of threads.filter((each) => comments.has(each.first))) {
      await this.#write('resolve a thread', pull, { comment: first }, async () => {
        await resolveThread(this.#octokit, id);
        return id;
      });
    }
  }

  /** Answers where the question was: below the comment on a line, or in the conversation. */
  async answer(pull: PullRequest, to: Comment, body: string): Promise<string> {
    const { owner, name: repo, number } = pull;
    return this.#write('answer', pull, { to, body }, async () => {
      const { data } =
        to.kind === 'issue'
          ? await this.#octokit.request(
              'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
              {
                owner,
                repo,
                issue_number: number,
                body,
                request: timed(),
              },
            )
          : await this.#octokit.request(
              'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies',
              { owner, repo, pull_number: number, comment_id: to.id, body, request: timed() },
            );
      return String(data.id);
    });
  }

  /** The id of an own answer that holds a text; undefined where there is none. */
  async findAnswer(
    pull: PullRequest,
    kind: Comment['kind'],
    text: string,
  ): Promise<string | undefined> {
    if (kind === 'review') {
      const words = await this.ownWords(pull);
      const found = words.find((each) => each.kind === 'comment' && each.body.includes(text));
      return found === undefined ? undefined : String(found.id);
    }
    const { owner, name: repo, number } = pull;
    const comments = await this.#octokit
      .paginate(this.#octokit.rest.issues.listComments, {
        owner,
        repo,
        issue_number: number,
        per_page: 100,
        request: timed(),
      })
      .catch(thrown);
    const found = comments.find(
      ({ user, body }) => this.#isOwn(user) && body?.includes(text) === true,
    );
    return found === undefined ? undefined : String(found.id);
  }

  /** GitHub keeps one reaction of a kind for each user, so that it can be given again. */
  async react(pull: PullRequest, { id, kind }: Comment): Promise<void> {
    const { owner, name: repo } = pull;
    const where = { owner, repo, comment_id: id, content: 'eyes', request: timed() } as const;
    await this.#write('react', pull, { id, kind }, async () => {
      await (kind === 'issue'
        ? this.#octokit.request(
            'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
            where,
          )
        : this.#octokit.request(
            'POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions',
            where,
          ));
      return '';
    });
  }

  /** A token that opens the repository for git, for an hour at most. */
  async token(): Promise<string> {
    const answer: unknown = await this.#octokit.auth({ type: 'installation' });
    const token: unknown = Reflect.get(Object(answer), 'token');
    if (typeof token !== 'string') {
      throw new Error('GitHub gave no installation token');
    }
    return token;
  }

  #isOwn(user: { readonly login: string } | null | undefined): boolean {
    return user?.login === this.login;
  }

  async #write(
    what: string,
    pull: PullRequest,
    body: unknown,
    call: () => Promise<string>,
  ): Promise<string> {
    const { owner, name, number } = pull;
    if (this.#dryRun) {
      this.#log.info({ repository: `${owner}/${name}`, number, body }, `would ${what}`);
      return '0';
    }
    this.#log.debug({ repository: `${owner}/${name}`, number }, what);
    return call().catch(thrown);
  }
}

/** The same as an object of its own: the types of the calls take nothing read-only. */
function writable<T>(body: T): Writable<T>;
function writable(body: unknown): unknown {
  return structuredClone(body);
}

type Writable<T> = T extends object ? { -readonly [Key in keyof T]: Writable<T[Key]> } : T;
