import { createHash } from 'node:crypto';
import type { Execution } from '../machine/execution.ts';
import type { Image } from '../tree/image.ts';
import type { Engine } from './engine.ts';
import { describeSite } from './ledger.ts';
import type { LedgerComparison, LedgerEntry } from './ledger.ts';
import type { Pack } from './pack.ts';
import type { Scenario } from './scenario.ts';

/** Introduced scenarios that end the same way at the same place: one finding. */
export interface Group {
  readonly scenario: Scenario;
  readonly others: readonly Scenario[];
}

/** Groups scenarios by outcome and the statement that failed; the first of each speaks for the rest. */
export function groupByEnd(
  introduced: readonly Scenario[],
  after: ReadonlyMap<string, Execution>,
): Group[] {
  const groups = new Map<string, Scenario[]>();
  for (const scenario of introduced) {
    const execution = after.get(scenario.id);
    const place = execution?.at === undefined ? '' : describeSite(execution.at);
    const key = `${execution?.outcome ?? ''} ${place}`;
    groups.set(key, [...(groups.get(key) ?? []), scenario]);
  }
  // The shortest execution is shown, as it is the quickest to follow; one that was written to be read if there is one.
  function steps({ id, choices }: Scenario): number {
    return (after.get(id)?.steps ?? 1e9) + (choices === undefined ? 0 : 1e12);
  }
  return [...groups.values()].flatMap((group) => {
    const [scenario, ...others] = group.toSorted((a, b) => steps(a) - steps(b));
    return scenario === undefined ? [] : [{ scenario, others }];
  });
}

/**
 * Sixteen hex digits that stay the same while the failing function stays the same, wherever its
 * lines move: scenario, outcome and the tokens of the function.
 */
export function fingerprint(
  engine: Engine,
  image: Image,
  scenario: Scenario,
  execution: Execution,
): string {
  const at = execution.at;
  const body = at === undefined ? '' : (engine.functionText(image, at.function) ?? '');
  return createHash('sha256')
    .update([scenario.id, execution.outcome, at?.function ?? '', body].join('\0'))
    .digest('hex')
    .slice(0, 16);
}

/** At most four sentences: what happens, what happened before, and the references where both part. */
export function describeFinding(
  pack: Pack,
  group: Group,
  before: Execution,
  after: Execution,
  ledger: LedgerComparison,
): string {
  const sentences = [
    `With this patch \`${group.scenario.id}\`${aside(group.scenario)} ${ending(pack, after)}: ${sentence(after.message)}`,
    before.outcome === 'clean'
      ? 'Without it the same program ends clean.'
      : `Without it, it ${ending(pack, before)}.`,
  ];
  const evidence = referenceEvidence(ledger, after.outcome);
  if (evidence !== undefined) {
    sentences.push(evidence);
  }
  if (group.others.length > 0) {
    const count = group.others.length;
    sentences.push(
      `So ${count === 1 ? 'does' : 'do'} ${count === 1 ? 'one other scenario' : `${count} other scenarios`}.`,
    );
  }
  return sentences.join(' ');
}

/** The name of a case says nothing to people. */
function aside({ choices, summary }: Scenario): string {
  return choices === undefined ? '' : ` (${summary})`;
}

function ending(pack: Pack, execution: Execution): string {
  const words = pack.wording[execution.outcome] ?? `ends with ${execution.outcome}`;
  return execution.at === undefined ? words : `${words} at ${describeSite(execution.at)}`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

function referenceEvidence(ledger: LedgerComparison, outcome: string): string | undefined {
  const kind = outcome === 'leak' ? 'take' : 'drop';
  const entry = ledger.after.find((each) => each.kind === kind && !each.matched);
  if (entry === undefined) {
    return parting(ledger);
  }
  return kind === 'take'
    ? `${entry.at} takes a reference on ${entry.object} for ${entry.holder} that nobody drops.`
    : `${entry.at} drops a reference on ${entry.object} that nobody took.`;
}

function parting(ledger: LedgerComparison): string | undefined {
  if (ledger.partsAt === null) {
    return undefined;
  }
  const before = ledger.before[ledger.partsAt];
  const after = ledger.after[ledger.partsAt];
  return `The references part where the base ${deed(before)} and the patched code ${deed(after)}.`;
}

function deed(entry: LedgerEntry | undefined): string {
  return entry === undefined
    ? 'does nothing more'
    : `${entry.kind}s one on ${entry.object} at ${entry.at}`;
}
