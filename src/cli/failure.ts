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
