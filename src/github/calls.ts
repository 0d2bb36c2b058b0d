import type { ProbotOctokit } from 'probot';
import { ComeBack } from '../jobs/queue.ts';

export type Octokit = InstanceType<typeof ProbotOctokit>;

/** The longest that one call may take, in milliseconds. */
const LONGEST = 30_000;
/** Seconds to wait where GitHub wants to be asked less often and does not say when. */
const SOON = 60;

/** What every call is given, so that none waits for ever. */
export function timed(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(LONGEST) };
}

/** The status of GitHub's answer, where a call failed by one. */
export function statusOf(error: unknown): number | undefined {
  const status: unknown = Reflect.get(Object(error), 'status');
  return typeof status === 'number' ? status : undefined;
}

/** Throws what a call failed with; a limit as the time at which to come back. */
export function thrown(error: unknown): never {
  const seconds = waitOf(error);
  throw seconds === undefined ? error : new ComeBack(seconds, 'GitHub asks to wait');
}

/** Seconds to wait by `retry-after` or `x-ratelimit-reset` ("Rate limits for the REST API"). */
function waitOf(error: unknown): number | undefined {
  const status = statusOf(error);
  if (status !== 403 && status !== 429) {
    return undefined;
  }
  const response: unknown = Reflect.get(Object(error), 'response');
  const headers: unknown = Reflect.get(Object(response), 'headers');
  const header = (name: string): number => Number(Reflect.get(Object(headers), name) ?? Number.NaN);
  const after = header('retry-after');
  if (Number.isFinite(after)) {
    return Math.max(1, after);
  }
  if (header('x-ratelimit-remaining') === 0) {
    const reset = header('x-ratelimit-reset') - Date.now() / 1000;
    return Number.isFinite(reset) ? Math.max(1, reset) : SOON;
  }
  return status === 429 || /secondary rate/iu.test(String(error)) ? SOON : undefined;
}
