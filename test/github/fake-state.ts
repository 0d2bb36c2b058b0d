/** What the GitHub on loopback (fake-github.js) knows, and what it is ordered to do. */

export interface Check {
  readonly id: number;
  readonly head_sha: string;
  readonly status: string;
  readonly conclusion?: string;
  readonly external_id?: string;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly annotations: readonly { readonly path: string; readonly start_line: number }[];
  };
}

export interface Words {
  readonly id: number;
  readonly pull: number;
  readonly body: string;
  readonly user: { readonly login: string; readonly type: string };
  readonly path?: string;
  readonly line?: number;
  readonly side?: string;
  readonly to?: number;
  readonly commit_id?: string;
}

export interface State {
  readonly checks: readonly Check[];
  readonly reviews: readonly Words[];
  readonly comments: readonly Words[];
  readonly answers: readonly Words[];
  readonly reactions: readonly { readonly comment: number; readonly content: string }[];
  readonly resolved: readonly number[];
  readonly writes: readonly string[];
  readonly fetched: readonly string[];
  readonly refused: readonly unknown[];
}

export interface Pull {
  readonly head: string;
  readonly base: string;
  readonly author?: string;
}

/** A fault that GitHub is ordered to have at calls that match. */
export interface Fault {
  readonly match: string;
  readonly kind:
    | 'status'
    | 'status-after'
    | 'slow'
    | 'close'
    | 'close-after'
    | 'half'
    | 'kill-before'
    | 'kill-after';
  readonly skip?: number;
  readonly times?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly milliseconds?: number;
  readonly pid?: number;
}
