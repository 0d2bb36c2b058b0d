import { debuglog, getSystemErrorMap } from 'node:util';

/** A call or an input that cannot be carried out: one sentence for stderr and the exit status. */
export class Failure extends Error {
  readonly status: number;

  constructor(message: string, status = 2) {
    super(message);
    this.name = 'Failure';
    this.status = status;
  }
}

/** 0 nothing introduced, 1 something introduced, 3 could not be judged. */
export const STATUS = {
  improvement: 0,
  clean: 0,
  'not-applicable': 0,
  regression: 1,
  inconclusive: 3,
} as const;

/**
 * The worst of several: something introduced, then a wrong input, then what could not be judged,
 * then nothing. Exit status 1 must not hide behind a broken mail of the same mbox.
 */
export function worstStatus(statuses: readonly number[]): number {
  const order = [0, 3, 2, 1];
  return statuses.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 0);
}

/** Input errors of the rooms, which say file and line themselves. */
export function isOfInput(error: unknown): boolean {
  return (
    error instanceof Error &&
    [
      'InputError',
      'PackError',
      'ConfigError',
      'ScenarioError',
      'CError',
      'TreeError',
      'ApplyError',
    ].includes(error.name)
  );
}

const debug = debuglog('check-lifecycle');

/** One sentence and the exit status for whatever was thrown. */
export function explain(error: unknown): { text: string; status: number } {
  debug('%o', error);
  if (error instanceof Failure) {
    return { text: error.message, status: error.status };
  }
  if (isOfInput(error)) {
    return { text: String(error).replace(/^\w+Error: /u, ''), status: 2 };
  }
  if (error instanceof RangeError && /call stack/iu.test(error.message)) {
    return { text: 'it nests too deeply; split what is nested and review it again.', status: 3 };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    text: `internal error (${what}); please report it with the input, and with what NODE_DEBUG=check-lifecycle adds.`,
    status: 3,
  };
}

/** Why a call of the system failed, in the system's words: `no such file or directory`. */
export function systemReason(error: unknown): string {
  const errno = propertyOf(error, 'errno');
  const known = typeof errno === 'number' ? getSystemErrorMap().get(errno)?.[1] : undefined;
  return known ?? (error instanceof Error ? error.message : String(error));
}

/** A property of whatever was thrown. */
export function propertyOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
