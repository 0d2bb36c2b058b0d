import type { Logger } from 'pino';
import type { Probot } from 'probot';
import type { PullRequest } from '../jobs/history.ts';
import { readCommand } from './command.ts';
import type { Intake } from './intake.ts';

/** What the events of a repository have in common. */
interface Payload {
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly owner: { readonly login: string };
  };
  readonly installation?: { readonly id: number } | undefined;
}

/** Which webhooks the App listens to, and what each of them asks for. */
export function listen(app: Probot, intake: Intake, log: Logger): void {
  const heads = [
    'pull_request.opened',
    'pull_request.synchronize',
    'pull_request.reopened',
    'pull_request.ready_for_review',
  ] as const;
  app.on([...heads], async ({ id, name, payload }) => {
    const { number, head, draft, updated_at: updated } = payload.pull_request;
    const pull = pullOf(payload, number);
    // A draft is no request yet; its head is known to commands all the same.
    const review = draft !== true;
    await intake.head({ delivery: id, event: name, pull, head: head.sha, updated, review });
  });
  app.on('issue_comment.created', async ({ id, name, payload }) => {
    const { comment, issue } = payload;
    if (issue.pull_request !== undefined && isPerson(comment.user) && asks(comment.body)) {
      await intake.command(
        { id, event: name },
        {
          ...pullOf(payload, issue.number),
          comment: { id: comment.id, kind: 'issue' },
          user: comment.user?.login ?? '',
          author: issue.user?.login ?? '',
          text: comment.body,
        },
      );
    }
  });
  app.on('pull_request_review_comment.created', async ({ id, name, payload }) => {
    const { comment, pull_request: pull } = payload;
    if (isPerson(comment.user) && asks(comment.body)) {
      await intake.command(
        { id, event: name },
        {
          ...pullOf(payload, pull.number),
          comment: { id: comment.in_reply_to_id ?? comment.id, kind: 'review' },
          user: comment.user?.login ?? '',
          author: pull.user?.login ?? '',
          text: comment.body,
        },
      );
    }
  });
  app.on('check_run.rerequested', async ({ id, name, payload }) => {
    await intake.rerun({ id, event: name }, payload.repository.id, payload.check_run.head_sha);
  });
  app.on('check_suite.rerequested', async ({ id, name, payload }) => {
    await intake.rerun({ id, event: name }, payload.repository.id, payload.check_suite.head_sha);
  });
  app.onAny(({ id, name }) => {
    log.info({ delivery: id, event: name }, 'webhook');
  });
}

function pullOf({ repository, installation }: Payload, number: number): PullRequest {
  return {
    repo: repository.id,
    owner: repository.owner.login,
    name: repository.name,
    number,
    installation: installation?.id ?? 0,
  };
}

/** Bots do not command bots: two of them would never stop. */
function isPerson(user: { readonly type?: string } | null): boolean {
  return user !== null && user.type !== 'Bot';
}

function asks(text: string): boolean {
  return readCommand(text) !== undefined;
}
