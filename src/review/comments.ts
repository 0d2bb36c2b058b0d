import { OUTCOMES } from '../machine/outcome.ts';
import type { ScenarioClass } from '../lifecycle/verdict.ts';
import type { Finding, History, Review, ScenarioRow } from './schema.ts';

/** What a reviewer writes on one line of a patch: all that goes wrong because of it, said once. */
export interface Comment {
  /** Place of the patch among `input.patches`, from 1. */
  readonly patch: number;
  readonly path: string;
  /** `LEFT`: a line that the patch removes, by the line of the pre-image. */
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
  /** Plain text of at most four sentences, on one line; names of scenarios stand in backticks. */
  readonly text: string;
  /** One command. */
  readonly replay: string;
  readonly suggestion: Finding['suggestion'];
  /** The one that `text` tells comes first. */
  readonly findings: readonly [Finding, ...Finding[]];
}

/** What a reviewer says once about the whole series; each line is a sentence or two of plain text. */
export interface Summary {
  /** `regression: 3 scenarios ended worse than before.` */
  readonly verdict: string;
  /** What got better and worse, in numbers. */
  readonly points: readonly string[];
  /** What was run, and what was not checked. */
  readonly checked: readonly string[];
}

const HARMS = new Map<string, number>(
  Object.entries(OUTCOMES).map(([name, { harm }]) => [name, harm]),
);
const NAMED = 2;
const NOT_MAPPED_LINES = 5;

/** One comment for each line of the series that findings are anchored on, in the order of the patches. */
export function commentsOf(review: Review): Comment[] {
  return byAnchor(toldOf(review)).map(commentOn).toSorted(comparePlaces);
}

/** What was said of an earlier version is not said again. */
function toldOf({ findings, history }: Review): readonly Finding[] {
  const said = new Set(history?.remaining.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => !said.has(fingerprint));
}

/** The findings on one line are one group; the way that most scenarios end comes first. */
export function byAnchor(findings: readonly Finding[]): [Finding, ...Finding[]][] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { path, side, line } = finding.anchor;
    const key = [finding.patch, side, line, path].join(' ');
    const group = groups.get(key);
    groups.set(key, group === undefined ? [finding] : [...group, finding]);
  }
  return [...groups.values()].map(([first, ...rest]) => {
    const [lead = first, ...others] = [first, ...rest].toSorted(
      (a, b) => b.others.length - a.others.length,
    );
    return [lead, ...others];
  });
}

function commentOn(findings: [Finding, ...Finding[]]): Comment {
  const [lead, ...rest] = findings;
  const { path, side, line } = lead.anchor;
  return {
    patch: lead.patch,
    path,
    side,
    line,
    text: [lead.message, ...alsoOf(lead, rest)].join(' '),
    replay: lead.replay,
    suggestion: findings.find((each) => each.suggestion !== null)?.suggestion ?? null,
    findings,
  };
}

/** One sentence for all that ends badly beside what is told. */
function alsoOf(lead: Finding, rest: readonly Finding[]): string[] {
  const same = lead.others.length;
  const other = rest.reduce((sum, each) => sum + 1 + each.others.length, 0);
  const alike = `${countOf(same, 'other scenario')} ${same === 1 ? 'ends' : 'end'} the same way`;
  const outcomes = [...new Set(rest.map((each) => each.outcome))].join(', ');
  const names = list(rest.map((each) => `\`${each.scenario}\``));
  const differently = `${other} ${other === 1 ? 'ends' : 'end'} with ${outcomes}, such as ${names}`;
  if (same === 0) {
    return other === 0 ? [] : [`Of other scenarios ${differently}.`];
  }
  return [other === 0 ? `${alike}.` : `${alike}, and ${differently}.`];
}

function comparePlaces(a: Comment, b: Comment): number {
  return a.patch - b.patch || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line);
}

/** What is said of the whole series, whoever asks: mail, pull request, check run. */
export function summaryOf(review: Review): Summary {
  return {
    verdict: `${review.verdict}: ${review.reason}`,
    points: review.history === null ? pointsOf(review) : pointsSince(review.history),
    checked: review.verdict === 'not-applicable' ? [] : checkedOf(review),
  };
}

function pointsOf(review: Review): string[] {
  function of(...wanted: ScenarioClass[]): ScenarioRow[] {
    return review.scenarios.filter((row) => wanted.includes(row.class));
  }
  const changed = of('changed');
  const before = of('preexisting').length + review.quiet.preexisting;
  return [
    ...tell('Fixed', of('fixed'), ends),
    // Nobody promised these anything, or they were broken before: worth a remark, no accusation.
    ...tell(
      'Ended worse where the API promises nothing',
      changed.filter((row) => moved(row) > 0),
      ends,
    ),
    ...tell('Failing now where nothing is promised, as others did before', of('exposed'), ends),
    ...tell('Broken inside the series and mended in it', of('transient'), whoMoved),
    ...tell('Not judged', of('unknown'), ends),
    ...(before === 0 ? [] : [`As bad before as after: ${countOf(before, 'scenario')}.`]),
  ];
}

/** What became of the findings of the earlier version; the rest was said then. */
function pointsSince({ previous, cleared, remaining, new: fresh }: History): string[] {
  const since = `since v${previous.version}`;
  const points = [
    ...tellFindings(`Cleared ${since}`, cleared),
    ...tellFindings(`Remains as ${since}`, remaining),
    ...tellFindings(`New ${since}`, fresh),
  ];
  return points.length === 0
    ? [`Nothing was found in v${previous.version}, and nothing is.`]
    : points;
}

function tellFindings(what: string, findings: History['cleared']): string[] {
  const each = findings.map(({ outcome, scenario }) => `${outcome} in \`${scenario}\``);
  return each.length === 0 ? [] : [`${what}: ${each.join(', ')}.`];
}

/** `Fixed: 3 scenarios, such as x and y (leak before, clean now).`; nothing where there are none. */
function tell(
  what: string,
  rows: readonly ScenarioRow[],
  how: (rows: readonly ScenarioRow[]) => string,
): string[] {
  // Scenarios whose names say something to people.
  const named = rows.filter(({ id }) => id.includes('/') && !id.includes(':'));
  const examples =
    named.length === 0 ? '' : `, such as ${list(named.map(({ id }) => `\`${id}\``))}`;
  return rows.length === 0
    ? []
    : [`${what}: ${countOf(rows.length, 'scenario')}${examples}${how(rows)}.`];
}

function ends(rows: readonly ScenarioRow[]): string {
  const [before, after] = (['before', 'after'] as const).map((side) =>
    [...new Set(rows.map((row) => row[side].outcome))].join(' or '),
  );
  return before === after ? ` (${before})` : ` (${before} before, ${after} now)`;
}

function whoMoved(rows: readonly ScenarioRow[]): string {
  const pairs = rows.map(({ patches }) => `by patch ${patches.worse}, then ${patches.better}`);
  return ` (${[...new Set(pairs)].join('; ')})`;
}

/** Positive: it ends with more harm than before. */
function moved({ before, after }: ScenarioRow): number {
  return (HARMS.get(after.outcome) ?? 0) - (HARMS.get(before.outcome) ?? 0);
}

function checkedOf({ coverage, mode, quiet, scenarios }: Review): string[] {
  const { changedLines, executedLines, notMapped, notModelled } = coverage;
  const count = scenarios.length + quiet.clean + quiet.preexisting;
  const on = mode === 'tree' ? 'on the real files' : 'on the embedded model of the files';
  const lines = [
    `${countOf(count, 'scenario')} run ${on}, before and after; ${executedLines} of ${countOf(changedLines, 'changed line')} executed.`,
    ...notMapped
      .slice(0, NOT_MAPPED_LINES)
      .map(({ path, line, reason }) => `Not checked: ${path}:${line}: ${reason}.`),
  ];
  if (notMapped.length > NOT_MAPPED_LINES) {
    lines.push(`Nor were ${notMapped.length - NOT_MAPPED_LINES} more lines.`);
  }
  return notModelled.length === 0 ? lines : [...lines, `Not modelled: ${notModelled.join(', ')}.`];
}

function list(names: readonly string[]): string {
  return names.slice(0, NAMED).join(' and ');
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
