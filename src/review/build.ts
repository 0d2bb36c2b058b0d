import { describeSite } from '../lifecycle/ledger.ts';
import { pathOf } from '../lifecycle/engine.ts';
import type { JudgedFinding, JudgedScenario, Judgement } from '../lifecycle/judgement.ts';
import type { Step, Steps } from '../lifecycle/steps.ts';
import type { ScenarioClass } from '../lifecycle/verdict.ts';
import type { Execution } from '../machine/execution.ts';
import type { Series } from '../series/series.ts';
import type { Finding, Review } from './schema.ts';

/** What a review says besides what was run; names are as the user gave them, for replay commands. */
export interface Reviewed {
  readonly series: Series;
  readonly judgement: Judgement;
  readonly session: {
    readonly mode: 'patch-only' | 'tree';
    readonly remarks: readonly string[];
  };
  readonly file: string;
  readonly tree?: string | undefined;
  readonly base?: string | undefined;
  /** Remarks on added prose. */
  readonly wording?: Readonly<Review['wording']> | undefined;
  readonly scenarios?: string | undefined;
}

/** The review of one series, from what was run. */
export function buildReview(reviewed: Reviewed): Review {
  const { series, judgement, session } = reviewed;
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
    mode: session.mode,
    remarks: [...session.remarks, ...judgement.remarks],
    verdict: judgement.verdict,
    reason: judgement.reason,
    scenarios: judgement.scenarios.filter(isListed).map((each) => ({
      id: each.scenario.id,
      contract: each.scenario.contract,
      before: endOf(each.before),
      after: endOf(each.after),
      class: each.class,
      patches: { worse: each.patches.worse ?? null, better: each.patches.better ?? null },
    })),
    quiet: {
      clean: countQuiet(judgement, 'clean'),
      preexisting: countQuiet(judgement, 'preexisting'),
    },
    findings: judgement.findings.map((finding) => buildFinding(finding, reviewed)),
    wording: [...(reviewed.wording ?? [])],
    history: null,
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

function buildFinding(finding: JudgedFinding, reviewed: Reviewed): Finding {
  const { ledger } = finding;
  return {
    fingerprint: finding.fingerprint,
    class: 'introduced',
    outcome: finding.execution.outcome,
    scenario: finding.group.scenario.id,
    others: finding.group.others.map((each) => each.id),
    patch: finding.patch,
    anchor: { ...finding.anchor },
    message: finding.message,
    ledger: { before: [...ledger.before], after: [...ledger.after], partsAt: ledger.partsAt },
    steps: buildSteps(finding.steps),
    replay: replayCommand(finding.path, reviewed),
    suggestion: finding.suggestion ?? null,
  };
}

function buildSteps({ before, after, partsAt }: Steps): Finding['steps'] {
  return { before: before.map(buildStep), after: after.map(buildStep), partsAt };
}

function buildStep(step: Step): Finding['steps']['after'][number] {
  return {
    ...step,
    changed: step.changed.map(({ edges, ...node }) => ({
      ...node,
      edges: edges.map(({ field, role, to }) => ({ field, role, to })),
    })),
  };
}

function replayCommand(path: string, { file, tree, base, scenarios }: Reviewed): string {
  const where = Object.entries({ patch: file, tree, base, scenarios }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quote(value)}`],
  );
  return ['check-lifecycle replay', path, ...where].join(' ');
}

/** As a POSIX shell reads it back. */
function quote(text: string): string {
  return /^[\w./@%+=:,-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
