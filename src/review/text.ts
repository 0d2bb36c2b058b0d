import { type Paint, PLAIN } from './paint.ts';
import { scenarioTable } from './scenario-table.ts';
import type { Finding, Review } from './schema.ts';
import { visible } from './visible.ts';
import { wordingSection } from './wording-section.ts';

const WIDTH = 80;
const LEDGER_LINES = 6;
const OTHERS = 6;
const NOT_CHECKED_LINES = 5;
/** A review for a terminal: verdict, scenarios that moved, findings, what was not checked. */
export function renderText(review: Review, paint: Paint = PLAIN): string {
  const parts = [
    head(review, paint),
    scenarioTable(review, paint),
    ...byAnchor(review.findings).map((findings) => renderFindings(findings, paint)),
    wordingSection(review.wording, review.input.patches.length, paint),
    notChecked(review, paint),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function head(review: Review, paint: Paint): string {
  const colour = {
    regression: paint.red,
    improvement: paint.green,
    clean: paint.green,
    'not-applicable': paint.dim,
    inconclusive: paint.yellow,
  }[review.verdict];
  const first = wrap(visible(`${review.verdict}: ${review.reason}`), '').join('\n');
  const verdict = first.replace(review.verdict, paint.bold(colour(review.verdict)));
  const repairs = review.input.repairs.map((text) =>
    wrap(visible(`repaired: ${text}`), '  ').join('\n'),
  );
  const remarks = review.remarks.flatMap((text) => wrap(visible(text), '  '));
  return [verdict, ...wrap(visible(review.input.subject), '  '), ...repairs, ...remarks].join('\n');
}

/** What one line of the patch does in several ways is one remark; the way that most scenarios end comes first. */
function byAnchor(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path, side, line } = finding.anchor;
    const key = `${side} ${line} ${path}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) =>
    group.toSorted((a, b) => b.others.length - a.others.length),
  );
}

function renderFindings([finding, ...rest]: readonly Finding[], paint: Paint): string {
  if (finding === undefined) {
    return '';
  }
  const { path, side, line } = finding.anchor;
  const where = `${visible(path)}:${line}${side === 'LEFT' ? ' (removed line)' : ''}`;
  const title = `${paint.bold(where)}: ${paint.red(finding.outcome)} in ${finding.scenario}`;
  const others =
    finding.others.length === 0 ? [] : wrap(`also: ${listOthers(finding.others)}`, '  ');
  return [
    title,
    ...wrap(visible(finding.message), '  '),
    ...others,
    ...rest.map(
      (each) => `  and ${each.outcome} in ${each.scenario}${andMore(each.others.length)}`,
    ),
    ...ledgerLines(finding, paint),
    ...suggestionLines([finding, ...rest], paint),
    `  replay: ${visible(finding.replay)}`,
  ].join('\n');
}

function suggestionLines(findings: readonly Finding[], paint: Paint): string[] {
  const suggestion = findings.find((each) => each.suggestion !== null)?.suggestion;
  if (suggestion === undefined || suggestion === null) {
    return [];
  }
  const colour = { '+': paint.green, '-': paint.red };
  return [
    paint.dim('  on top of the patch this replays well, and nothing ends worse than before it:'),
    ...suggestion.diff
      .trimEnd()
      .split('\n')
      .map((line) => {
        const sign = line.charAt(0);
        const shown = `    ${visible(line)}`;
        return sign === '+' || sign === '-' ? colour[sign](shown) : shown;
      }),
  ];
}

/** Those that were written to be read come first. */
function listOthers(others: readonly string[]): string {
  const sorted = others.toSorted((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
  return `${sorted.slice(0, OTHERS).join(', ')}${andMore(sorted.length - OTHERS)}`;
}

function andMore(count: number): string {
  return count > 0 ? ` and ${count} more` : '';
}

/**
 * The references of the patched side on the object at which both sides part: the others only have no
 * partner because the execution stopped. Where they do not part, every one without a partner.
 */
function ledgerLines(finding: Finding, paint: Paint): string[] {
  const { before, after, partsAt } = finding.ledger;
  const object = partsAt === null ? undefined : (after[partsAt] ?? before[partsAt])?.object;
  const marked = after
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry }) => (object === undefined ? !entry.matched : entry.object === object));
  if (marked.length === 0) {
    return [];
  }
  const lines = marked.slice(0, LEDGER_LINES).map(({ entry, index }) => {
    const sign = entry.kind === 'take' ? '+1' : '-1';
    const note = entry.matched ? '' : ' (no partner)';
    const mark = index === partsAt ? '>' : ' ';
    return visible(`  ${mark} ${sign} ${entry.object} for ${entry.holder} at ${entry.at}${note}`);
  });
  const more = marked.length - lines.length;
  return [
    paint.dim('  references, patched side (> where it parts from the base):'),
    ...lines,
    ...(more > 0 ? [paint.dim(`    and ${more} more`)] : []),
  ];
}

function notChecked(review: Review, paint: Paint): string {
  const { changedLines, executedLines, notMapped, notModelled } = review.coverage;
  if (review.verdict === 'not-applicable') {
    return '';
  }
  const lines = [`changed lines executed: ${executedLines} of ${changedLines}`];
  for (const each of notMapped.slice(0, NOT_CHECKED_LINES)) {
    lines.push(...wrap(visible(`not mapped: ${each.path}:${each.line}: ${each.reason}`), '  '));
  }
  if (notMapped.length > NOT_CHECKED_LINES) {
    lines.push(`  and ${notMapped.length - NOT_CHECKED_LINES} more lines not mapped`);
  }
  if (notModelled.length > 0) {
    lines.push(...wrap(`not modelled: ${notModelled.join(', ')}`, '  '));
  }
  return lines.map((line) => paint.dim(line)).join('\n');
}

/** Breaks at blanks so that no line is above 80 columns, words alone excepted. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  lines.push(line);
  return lines;
}
