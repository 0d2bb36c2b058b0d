import type { Series } from '../series/series.ts';
import type { Shown } from './github.ts';
import { lineAtTip } from './github-place.ts';
import {
  codeOf,
  cut,
  listOf,
  markdown,
  neutral,
  paragraph,
  sentences,
  strongOf,
  tableOf,
  textOf,
} from './github-text.ts';
import type { Block } from './github-text.ts';
import { movedBy, movedLines } from './scenario-table.ts';
import type { Review, WordingRemark } from './schema.ts';

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  /** Remarks on wording are notices: they fail nothing. */
  readonly annotation_level: 'failure' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly raw_details?: string;
}

export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** A check run, without the commit, which only the caller knows. */
export interface CheckRun {
  readonly name: 'check-lifecycle';
  readonly status: 'completed';
  readonly conclusion: 'success' | 'failure' | 'neutral';
  /** Given one after the other: each call takes 50 annotations, and adds them to those that are there. */
  readonly outputs: readonly CheckOutput[];
}

/** Most of one call (`output.annotations` of "Update a check run"). */
const BATCH = 50;
const MOST_ANNOTATIONS = 500;
const MOST_ROWS = 200;
const MOST_TITLE = 255;
/** 64 KB each; a UTF-16 unit is at most three bytes. */
const MOST_BYTES = 65_536 / 4;
const MOST_LISTED = 20;

/** The check run of a review; findings that were dismissed do not fail it. */
export function githubCheck(
  review: Review,
  series: Series,
  findings: readonly Shown[],
  dismissed: ReadonlyMap<string, string>,
): CheckRun {
  const open = findings.filter(({ finding }) => !dismissed.has(finding.fingerprint));
  const annotations = [
    ...open.map((shown) => annotate(shown, series)),
    ...wordingNotices(review, series),
  ].slice(0, MOST_ANNOTATIONS);
  const title = titleOf(review, open.length, findings.length - open.length);
  const summary = summaryOf(review, findings, dismissed);
  const count = Math.max(1, Math.ceil(annotations.length / BATCH));
  const outputs = Array.from({ length: count }, (_, at) => ({
    title,
    summary,
    annotations: annotations.slice(at * BATCH, (at + 1) * BATCH),
  }));
  return {
    name: 'check-lifecycle',
    status: 'completed',
    conclusion: conclusionOf(review, open.length),
    outputs,
  };
}

function conclusionOf(review: Review, open: number): CheckRun['conclusion'] {
  switch (review.verdict) {
    case 'regression':
      return open === 0 ? 'neutral' : 'failure';
    case 'improvement':
    case 'clean':
      return 'success';
    case 'not-applicable':
    case 'inconclusive':
      return 'neutral';
  }
}

function titleOf(review: Review, open: number, dismissed: number): string {
  const aside = dismissed === 0 ? '' : `, ${dismissed} dismissed`;
  const { executedLines, changedLines } = review.coverage;
  switch (review.verdict) {
    case 'regression':
      return `${open} ${open === 1 ? 'finding' : 'findings'}${aside}`;
    case 'improvement':
    case 'clean':
      return `${review.verdict}: ${executedLines} of ${changedLines} changed lines executed`;
    case 'not-applicable':
      return 'No lifecycle path is touched';
    case 'inconclusive':
      return 'Could not be judged in full';
  }
}

function annotate({ finding, label }: Shown, series: Series): Annotation {
  const { path, line } = lineAtTip(series, finding.patch, finding.anchor);
  return {
    path,
    start_line: line,
    end_line: line,
    annotation_level: 'failure',
    title: cut(neutral(`${label}: ${finding.outcome} in ${finding.scenario}`), MOST_TITLE),
    message: cut(neutral(finding.message), MOST_BYTES),
    raw_details: cut(neutral(finding.replay), MOST_BYTES),
  };
}

/** Remarks on files, those on one line together; remarks on a message stand in the summary. */
function wordingNotices({ wording }: Review, series: Series): Annotation[] {
  const lines = new Map<string, WordingRemark[]>();
  for (const each of wording.filter(({ where }) => where !== 'message')) {
    const key = `${each.patch} ${each.line} ${each.where}`;
    lines.set(key, [...(lines.get(key) ?? []), each]);
  }
  return [...lines.values()].flatMap((remarks) => {
    const [first] = remarks;
    if (first === undefined) {
      return [];
    }
    const anchor = { path: first.where, side: 'RIGHT', line: first.line } as const;
    const { path, line } = lineAtTip(series, first.patch, anchor);
    const message = remarks.map(({ remark }) => neutral(remark)).join('\n');
    return [
      {
        path,
        start_line: line,
        end_line: line,
        annotation_level: 'notice',
        title: 'wording',
        message: cut(message, MOST_BYTES),
      },
    ];
  });
}

function messageRemarks({ wording }: Review): Block[] {
  const own = wording.filter(({ where }) => where === 'message').slice(0, MOST_LISTED);
  return own.length === 0
    ? []
    : [
        paragraph(textOf('In the commit messages:')),
        listOf(own.map(({ text, remark }) => [codeOf(text.trim()), textOf(`: ${remark}`)])),
      ];
}

function summaryOf(
  review: Review,
  findings: readonly Shown[],
  dismissed: ReadonlyMap<string, string>,
): string {
  const silenced = findings.flatMap(({ finding, label }) => {
    const reason = dismissed.get(finding.fingerprint);
    return reason === undefined ? [] : [[strongOf(label), textOf(` was dismissed: ${reason}`)]];
  });
  return markdown([
    paragraph(strongOf(review.verdict), textOf(': '), ...sentences(review.reason)),
    ...(silenced.length === 0 ? [] : [listOf(silenced)]),
    ...notes(review),
    ...scenarioBlocks(review),
    ...messageRemarks(review),
    ...notChecked(review),
  ]);
}

function notes(review: Review): Block[] {
  const said = [...review.input.repairs.map((text) => `repaired: ${text}`), ...review.remarks];
  return said.length === 0
    ? []
    : [listOf(said.slice(0, MOST_LISTED).map((each) => [textOf(each)]))];
}

/** Before and after, of what moved; the rest is counted. */
function scenarioBlocks(review: Review): Block[] {
  const isSeries = review.input.patches.length > 1;
  const rows = movedLines(review)
    .slice(0, MOST_ROWS)
    .map(({ name, row }) => [
      codeOf(name),
      textOf(row.before.outcome),
      textOf(row.after.outcome),
      textOf(
        (row.contract === 'required' ? row.class : `${row.class} (${row.contract})`) +
          (isSeries ? movedBy(row) : ''),
      ),
    ]);
  const head = ['scenario', 'before', 'after', 'class'];
  return [...(rows.length === 0 ? [] : [tableOf(head, rows)]), ...quiet(review)];
}

function quiet(review: Review): Block[] {
  const counts = (['clean', 'preexisting'] as const).flatMap((name) => {
    const count = review.scenarios.filter((row) => row.class === name).length + review.quiet[name];
    const text = name === 'clean' ? 'clean before and after' : 'as bad before as after';
    return count === 0 ? [] : [`${count} ${text}`];
  });
  return counts.length === 0 ? [] : [paragraph(textOf(`Scenarios: ${counts.join(', ')}.`))];
}

function notChecked(review: Review): Block[] {
  if (review.verdict === 'not-applicable') {
    return [];
  }
  const { changedLines, executedLines, notMapped, notModelled } = review.coverage;
  const lines = notMapped
    .slice(0, MOST_LISTED)
    .map((each) => [codeOf(`${each.path}:${each.line}`), textOf(` not mapped: ${each.reason}`)]);
  const more = notMapped.length - lines.length;
  return [
    paragraph(textOf(`Changed lines executed: ${executedLines} of ${changedLines}.`)),
    ...(lines.length === 0 ? [] : [listOf(lines)]),
    ...(more > 0 ? [paragraph(textOf(`And ${more} more lines not mapped.`))] : []),
    ...(notModelled.length === 0
      ? []
      : [paragraph(textOf(`Not modelled: ${notModelled.join(', ')}`))]),
  ];
}
