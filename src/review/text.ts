import { commentsOf, summaryOf } from './comments.ts';
import type { Comment } from './comments.ts';
import { ledgerLines } from './ledger-lines.ts';
import { type Paint, PLAIN } from './paint.ts';
import { visible, visibleCode, wrap } from './prose.ts';
import { scenarioTable } from './scenario-table.ts';
import type { Finding, Review } from './schema.ts';
import { wordingSection } from './wording-section.ts';

/** Columns of a text that goes to no terminal, and the least that one is taken to have. */
export const NARROWEST = 80;
const LEDGER_LINES = 6;
const NOT_CHECKED_LINES = 5;

/** A review for a terminal of so many columns: verdict, scenarios that moved, findings, what was not checked. */
export function renderText(review: Review, paint: Paint = PLAIN, columns = NARROWEST): string {
  const width = Math.max(NARROWEST, columns);
  const parts = [
    head(review, paint, width),
    review.history === null ? scenarioTable(review, paint, width) : since(review, width),
    ...commentsOf(review).map((comment) => renderComment(comment, paint, width)),
    wordingSection(review.wording, review.input.patches.length, paint),
    notChecked(review, paint, width),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function head(review: Review, paint: Paint, width: number): string {
  const colour = {
    regression: paint.red,
    improvement: paint.green,
    clean: paint.green,
    'not-applicable': paint.dim,
    inconclusive: paint.yellow,
  }[review.verdict];
  const first = wrap(visible(`${review.verdict}: ${review.reason}`), '', width).join('\n');
  const verdict = first.replace(review.verdict, paint.bold(colour(review.verdict)));
  const below = [
    review.input.subject,
    ...review.input.repairs.map((text) => `repaired: ${text}`),
    ...review.remarks,
  ];
  return [verdict, ...below.flatMap((text) => wrap(visible(text), '  ', width))].join('\n');
}

/** What became of what an earlier version was told. */
function since(review: Review, width: number): string {
  return summaryOf(review)
    .points.flatMap((point) => wrap(visible(point), '  ', width))
    .join('\n');
}

function renderComment(comment: Comment, paint: Paint, width: number): string {
  const [lead] = comment.findings;
  const removed = comment.side === 'LEFT' ? ' (removed line)' : '';
  const where = `${visible(comment.path)}:${comment.line}${removed}`;
  return [
    `${paint.bold(where)}: ${paint.red(lead.outcome)} in ${visible(lead.scenario)}`,
    ...wrap(visible(comment.text), '  ', width),
    ...references(lead, paint),
    ...suggestionLines(comment, paint),
    `  replay: ${visible(comment.replay)}`,
  ].join('\n');
}

function suggestionLines({ suggestion }: Comment, paint: Paint): string[] {
  if (suggestion === null) {
    return [];
  }
  const colour = new Map([
    ['+', paint.green],
    ['-', paint.red],
  ]);
  return [
    paint.dim('  on top of the patch this replays well, and nothing ends worse than before it:'),
    ...suggestion.diff
      .trimEnd()
      .split('\n')
      .map((line) => {
        const shown = `    ${visibleCode(line)}`;
        return colour.get(line.charAt(0))?.(shown) ?? shown;
      }),
  ];
}

function references(finding: Finding, paint: Paint): string[] {
  const { lines, more } = ledgerLines(finding, LEDGER_LINES);
  if (lines.length === 0) {
    return [];
  }
  return [
    paint.dim('  references, patched side (> where it parts from the base):'),
    ...lines.map((line) => visible(`  ${line}`)),
    ...(more > 0 ? [paint.dim(`    and ${more} more`)] : []),
  ];
}

function notChecked(review: Review, paint: Paint, width: number): string {
  const { changedLines, executedLines, notMapped, notModelled } = review.coverage;
  if (review.verdict === 'not-applicable') {
    return '';
  }
  const lines = [`changed lines executed: ${executedLines} of ${changedLines}`];
  for (const { path, line, reason } of notMapped.slice(0, NOT_CHECKED_LINES)) {
    lines.push(...wrap(visible(`not mapped: ${path}:${line}: ${reason}`), '  ', width));
  }
  if (notMapped.length > NOT_CHECKED_LINES) {
    lines.push(`  and ${notMapped.length - NOT_CHECKED_LINES} more lines not mapped`);
  }
  if (notModelled.length > 0) {
    lines.push(...wrap(visible(`not modelled: ${notModelled.join(', ')}`), '  ', width));
  }
  return lines.map((line) => paint.dim(line)).join('\n');
}
