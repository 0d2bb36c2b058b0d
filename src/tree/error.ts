import { shown } from '../series/text.ts';

/** What base would do instead: where the files stand as the mail has them, or what the mail itself names. */
export interface FittingBase {
  /** What to give as the base: a tag or branch where one fits, else a commit's id. */
  readonly revision: string;
  /** `same`: the base that was taken has those files, so it is the patch that is damaged. */
  readonly because: 'blob' | 'base-commit' | 'same';
}

/** Where and why a patch of a mail could not be carried out on a base. */
export interface Misfit {
  readonly kind: 'does-not-apply';
  /** How the base was named. */
  readonly base: string;
  /** Number of the patch in its series. */
  readonly patch: number;
  readonly subject: string;
  /** The path as the mail has it; undefined where git names none. */
  readonly path?: string;
  /** Number of the first hunk of that file which does not fit, from 1. */
  readonly hunk?: number;
  /** Line of the mail at which that hunk begins. */
  readonly mailLine?: number;
  readonly reason: 'already-applied' | 'no-such-file' | 'file-exists' | 'other-text' | 'unknown';
  readonly fitting?: FittingBase;
  /** Message identifiers of what the mail says it is based on. */
  readonly basedOn: readonly string[];
}

export type TreeProblem =
  | {
      readonly kind:
        | 'no-git'
        | 'no-folder'
        /** A folder or commit without the files that a rule pack is about. */
        | 'not-a-tree'
        | 'not-trusted'
        | 'unreadable'
        | 'empty-range'
        | 'no-parent'
        | 'too-large';
    }
  | { readonly kind: 'unknown-revision'; readonly revision: string }
  | {
      readonly kind: 'missing-object';
      readonly path?: string;
      readonly id: string;
      /** How many other objects that were asked for at the same time are missing. */
      readonly others: number;
    }
  | Misfit;

/** A repository, revision, range or mail that cannot be used: one sentence, and its data. */
export class TreeError extends Error {
  readonly problem: TreeProblem;

  constructor(problem: TreeProblem, message: string) {
    // The sentence names files and revisions of the input, which may hold escape sequences.
    super(shown(message, 2_000));
    this.problem = problem;
    this.name = 'TreeError';
  }
}
