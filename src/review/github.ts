import type { FileChange, Series } from '../series/series.ts';
import { githubCheck } from './github-check.ts';
import type { CheckRun } from './github-check.ts';
import { reviewBody, findingComment } from './github-comment.ts';
import { isRunOnDiff, placeOnDiff, wholeDiff } from './github-place.ts';
import type { DiffPlace, WholeDiff } from './github-place.ts';
import { cut, MOST_TEXT } from './github-text.ts';
import type { Finding, Review } from './schema.ts';

/** A comment of `POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews`. */
export interface ReviewComment {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
  /** Only where it spans several lines. */
  readonly start_line?: number;
  readonly start_side?: 'LEFT' | 'RIGHT';
  readonly body: string;
}

/** The body of that call, without the commit, which only the caller knows. */
export interface PullReview {
  readonly event: 'COMMENT';
  readonly body: string;
  readonly comments: readonly ReviewComment[];
}

export interface GithubReview {
  /** Null where there is nothing to say. */
  readonly review: PullReview | null;
  readonly checkRun: CheckRun;
}

/** What is known of the pull request beside the review. */
export interface GithubContext {
  /** What the pull request changes as a whole, where it is more than one patch. */
  readonly diff?: readonly FileChange[];
  /** What readers call a finding, by its fingerprint; else F1, F2 and so on. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Fingerprints of findings on which a comment stands. */
  readonly standing?: ReadonlySet<string>;
  /** Why a finding was dismissed, by its fingerprint. */
  readonly dismissed?: ReadonlyMap<string, string>;
  /** Names this review in its marker, so that it is found again. */
  readonly key?: string;
}

/** A finding as it is shown: what it is called, and where it goes. */
export interface Shown {
  readonly finding: Finding;
  readonly label: string;
  /** Undefined where its line is not part of the whole difference. */
  readonly place: DiffPlace | undefined;
  /** The lines that a suggestion block replaces; undefined where there is none that can be a block. */
  readonly block: { readonly start: number; readonly end: number } | undefined;
}

/** Comments of one review; more are in its body. GitHub has no limit of its own, readers have. */
const MOST_COMMENTS = 30;

/**
 * The JSON of a pull request review and of a check run. The same review and context give the same bytes; what stands
 * already or was dismissed is not said again.
 */
export function githubReview(
  review: Review,
  series: Series,
  context: GithubContext = {},
): GithubReview {
  const diff = wholeDiff(series, context.diff);
  const all = review.findings.map((finding, index) => show(finding, index, series, diff, context));
  const dismissed = context.dismissed ?? new Map<string, string>();
  const open = all.filter(({ finding }) => !dismissed.has(finding.fingerprint));
  const fresh = open.filter(({ finding }) => context.standing?.has(finding.fingerprint) !== true);
  const groups = byPlace(fresh);
  const inline = groups.filter(([first]) => first?.place !== undefined).slice(0, MOST_COMMENTS);
  const rest = fresh.filter((each) => !inline.some((group) => group.includes(each)));
  return {
    review:
      fresh.length === 0
        ? null
        : {
            event: 'COMMENT',
            body: reviewBody(review, rest, context.key),
            comments: inline.flatMap(commentOf),
          },
    checkRun: githubCheck(review, series, all, dismissed),
  };
}

/** What `--format github` prints: a line each where other series have theirs beside it. */
export function renderGithub(review: Review, series: Series, isMany = false): string {
  return `${JSON.stringify(githubReview(review, series), null, isMany ? undefined : 2)}\n`;
}

function show(
  finding: Finding,
  index: number,
  series: Series,
  diff: WholeDiff,
  context: GithubContext,
): Shown {
  const place = placeOnDiff(series, finding.patch, finding.anchor, diff);
  const label = context.labels?.get(finding.fingerprint) ?? `F${index + 1}`;
  return { finding, label, place, block: blockOf(finding, place, diff) };
}

/** A suggestion is a block where the lines that it replaces hold the line of the comment. */
function blockOf(
  { suggestion }: Finding,
  place: DiffPlace | undefined,
  diff: WholeDiff,
): Shown['block'] {
  const block = suggestion?.block ?? undefined;
  if (block === undefined || place?.side !== 'RIGHT' || suggestion?.path !== place.path) {
    return undefined;
  }
  const { startLine: start, endLine: end } = block;
  const holds = start <= place.line && place.line <= end;
  return holds && isRunOnDiff(diff, suggestion.path, start, end) ? { start, end } : undefined;
}

/** What one line does in several ways is one comment; the way that most scenarios end comes first. */
function byPlace(findings: readonly Shown[]): Shown[][] {
  const groups = new Map<string, Shown[]>();
  for (const shown of findings) {
    const { path, side, line } = shown.finding.anchor;
    const key = `${shown.finding.patch} ${side} ${line} ${path}`;
    groups.set(key, [...(groups.get(key) ?? []), shown]);
  }
  return [...groups.values()].map((group) =>
    group.toSorted((a, b) => b.finding.others.length - a.finding.others.length),
  );
}

function commentOf(group: readonly Shown[]): ReviewComment[] {
  const [first] = group;
  if (first?.place === undefined) {
    return [];
  }
  const { path, side, line } = first.place;
  const body = findingComment(group);
  if (first.block === undefined) {
    return [{ path, side, line, body }];
  }
  const { start, end } = first.block;
  const several = start < end ? ({ start_line: start, start_side: side } as const) : {};
  return [{ path, side, line: end, ...several, body: cut(body, MOST_TEXT) }];
}
