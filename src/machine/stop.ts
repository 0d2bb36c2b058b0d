import type { OutcomeKind } from './outcome.ts';

/**
 * Thrown where an execution goes wrong. Not an `Error`: a stack trace of generated code helps nobody, and capturing
 * one costs more than a whole replayed path.
 */
export class Stop {
  readonly kind: OutcomeKind;
  /** One sentence with the names of the objects. */
  readonly detail: string;
  /** The number of the source position, as the code generator handed it out; 0 where there is none. */
  readonly site: number;

  constructor(kind: OutcomeKind, detail: string, site: number) {
    this.kind = kind;
    this.detail = detail;
    this.site = site;
  }
}

/** Thrown by `exit(status)`; the status is already cut to 0..255. */
export class Exit {
  readonly status: number;

  constructor(status: number) {
    this.status = status & 255;
  }
}

/** Thrown by `lifecycle_skip()`: the path is none of its own. */
export class Skip {
  readonly kind = 'skip';
}
