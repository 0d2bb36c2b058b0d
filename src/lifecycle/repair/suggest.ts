import type { Bench, JudgedFinding, JudgedScenario, Level } from '../judgement.ts';
import type { Side } from '../replay.ts';
import { searchRepair } from './search.ts';
import { describeRepair } from './suggestion.ts';

export interface Judged {
  readonly bench: Bench;
  readonly levels: readonly Level[];
  readonly before: Side;
  readonly tip: Side;
  readonly scenarios: readonly JudgedScenario[];
}

/** Lines of a series for which a repair is looked for: a patch that breaks more wants another patch. */
const LINES = 2;

/** The findings, those that come first on their line with a repair where one was found. */
export function suggestRepairs(
  judged: Judged,
  findings: readonly JudgedFinding[],
): JudgedFinding[] {
  const firsts = new Map<string, JudgedFinding>();
  for (const finding of findings) {
    const key = lineOf(finding);
    firsts.set(key, firsts.get(key) ?? finding);
  }
  const looked = new Set([...firsts.values()].slice(0, LINES));
  return findings.map((finding) =>
    looked.has(finding)
      ? withRepair(
          judged,
          finding,
          findings.filter((each) => lineOf(each) === lineOf(finding)),
        )
      : finding,
  );
}

function lineOf({ anchor: { path, side, line } }: JudgedFinding): string {
  return `${side} ${path}:${line}`;
}

function withRepair(
  { bench, levels, before, tip, scenarios }: Judged,
  finding: JudgedFinding,
  alike: readonly JudgedFinding[],
): JudgedFinding {
  const groups = [finding, ...alike.filter((each) => each !== finding)];
  const level = levels[finding.patch - 1];
  const repair = searchRepair({
    bench,
    before,
    tip,
    scenarios: groups.flatMap(({ group }) => [group.scenario, ...group.others]),
    end: finding.execution,
    fixed: scenarios.filter((each) => each.class === 'fixed').length,
    functions: functionsIn(finding),
  });
  const suggestion =
    repair === undefined || level === undefined
      ? undefined
      : describeRepair(bench.pack, tip.image, level, repair);
  return suggestion === undefined ? finding : { ...finding, suggestion };
}

/** Those that take or drop the references that the finding is about. */
function functionsIn({ ledger }: JudgedFinding): Set<string> {
  return new Set([...ledger.before, ...ledger.after].map(({ at }) => at.split(' ').at(-1) ?? ''));
}
