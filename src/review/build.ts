import { describeSite } from '../lifecycle/ledger.ts';
import { pathOf } from '../lifecycle/engine.ts';
import type { JudgedFinding, JudgedScenario, Judgement } from '../lifecycle/review.ts';
import type { ScenarioClass } from '../lifecycle/verdict.ts';
import type { Execution } from '../machine/execution.ts';
import type { Series } from '../series/series.ts';
import type { Finding, Review } from './schema.ts';

/**
 * The review of one series, from what was run; `file` and `tree` are the names the user gave the series and
 * the tree it was run on, for replay commands.
 */
export function buildReview(
  series: Series,
  judgement: Judgement,
  file: string,
  tree?: string,
): Review {
  return {
    schema: 'check-lifecycle/review/1',
    input: {
      kind: series.kind,
      subject: series.subject,
      messageId: series.messageId ?? null,
      version: series.version,
      patches: series.patches.map((patch) => ({
        index: patch.index,
        total: patch.total,
        subject: patch.subject,
        files: patch.files.map(pathOf),
      })),
      repairs: [...series.repairs],
    },
    mode: tree === undefined ? 'patch-only' : 'tree',
    verdict: judgement.verdict,
    reason: judgement.reason,
    scenarios: judgement.scenarios.filter(isListed).map((each) => ({
      id: each.scenario.id,
      contract: each.scenario.contract,
      before: endOf(each.before),
      after: endOf(each.after),
      class: each.class,
    })),
    quiet: {
      clean: countQuiet(judgement, 'clean'),
      preexisting: countQuiet(judgement, 'preexisting'),
    },
    findings: judgement.findings.map((finding) => buildFinding(finding, file, tree)),
    coverage: {
      changedLines: judgement.changedLines,
      executedLines: judgement.executedLines,
      notMapped: judgement.notMapped.map(({ path, side, line, text, reason }) => ({
        path,
        side,
        line,
        text,
        reason,
      })),
      notModelled: [...judgement.notModelled],
    },
  };
}

/** Of the many cases of one scenario only those that moved are listed. */
function isListed(judged: JudgedScenario): boolean {
  const moved = judged.class !== 'clean' && judged.class !== 'preexisting';
  return judged.scenario.choices === undefined || moved;
}

function countQuiet(judgement: Judgement, wanted: ScenarioClass): number {
  return judgement.scenarios.filter((each) => !isListed(each) && each.class === wanted).length;
}

function endOf(execution: Execution): { outcome: Execution['outcome']; at: string | null } {
  return {
    outcome: execution.outcome,
    at: execution.at === undefined ? null : describeSite(execution.at),
  };
}

function buildFinding(finding: JudgedFinding, file: string, tree: string | undefined): Finding {
  const { ledger } = finding;
  return {
    fingerprint: finding.fingerprint,
    class: 'introduced',
    outcome: finding.execution.outcome,
    scenario: finding.group.scenario.id,
    others: finding.group.others.map((each) => each.id),
    anchor: { ...finding.anchor },
    message: finding.message,
    ledger: { before: [...ledger.before], after: [...ledger.after], partsAt: ledger.partsAt },
    replay: `check-lifecycle replay ${finding.path} --patch ${quote(file)}${tree === undefined ? '' : ` --tree ${quote(tree)}`}`,
  };
}

/** As a POSIX shell reads it back. */
function quote(text: string): string {
  return /^[\w./@%+=:,-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
