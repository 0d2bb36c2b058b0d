import { createHash } from 'node:crypto';
import type { Execution } from '../machine/execution.ts';
import type { Image } from '../tree/image.ts';
import type { Engine } from './engine.ts';
import { describeSite, sameShape } from './ledger.ts';
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
    const site = execution?.at === undefined ? '' : describeSite(execution.at);
    const key = `${execution?.outcome ?? ''} ${site}`;
    groups.set(key, [...(groups.get(key) ?? []), scenario]);
  }
  // The shortest execution is shown, as it is the quickest to follow: of those whose names say what they are, if any.
  function steps({ id, choices }: Scenario): number {
    const rank = choices !== undefined ? 2 : id.includes('/') ? 0 : 1;
    return (after.get(id)?.steps ?? 1e9) + rank * 1e12;
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

/**
 * At most two sentences: what happens in which scenario, and what happens there without the patch, with the
 * references where both sides part. Lines are those of the files that ran.
 */
export function describeFinding(
  pack: Pack,
  { scenario }: Group,
  before: Execution,
  after: Execution,
  ledger: LedgerComparison,
): string {
  const what = `In \`${scenario.id}\` (${decapitalize(scenario.summary)}) the patched code ${ending(pack, after)}: ${sentence(after.message)}`;
  const base = before.outcome === 'clean' ? 'ends clean' : ending(pack, before);
  const evidence = parting(ledger) ?? lonely(ledger, after.outcome);
  return `${what} The base ${base} there${evidence === undefined ? '' : `: ${evidence}`}.`;
}

/** The first word of a summary in the middle of a sentence, names and abbreviations excepted. */
function decapitalize(summary: string): string {
  const text = summary.replace(/\.$/u, '');
  return /^[A-Z](?:[a-z]* |[a-z]+$)/u.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}

function ending(pack: Pack, execution: Execution): string {
  const words = pack.wording[execution.outcome] ?? `ends with ${execution.outcome}`;
  return execution.at === undefined ? words : `${words} ${place(describeSite(execution.at))}`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** `path:line function` as prose has it. */
function place(at: string): string {
  const [, line = at, name = ''] = /^(\S+) (.+)$/u.exec(at) ?? [];
  if (name === '') {
    return `at ${line}`;
  }
  return `in ${line.startsWith('scenarios/') ? 'the scenario' : name} (${line})`;
}

/** The first reference that only one side takes or drops, and what the other does there. */
function parting({ before, after, partsAt }: LedgerComparison): string | undefined {
  const base = partsAt === null ? undefined : before[partsAt];
  const patched = partsAt === null ? undefined : after[partsAt];
  if (partsAt === null || after.length === 0 || deed(base, '') === deed(patched, '')) {
    return undefined;
  }
  if (base !== undefined && (patched === undefined || sameShape(before[partsAt + 1], patched))) {
    const next =
      patched === undefined ? '' : ` and goes on to ${deed(patched, other(base, patched), '')}`;
    return `it ${deed(base, 'a reference on')}, the patched code does not${next}`;
  }
  if (patched !== undefined && (base === undefined || sameShape(after[partsAt + 1], base))) {
    const next = base === undefined ? '' : ` and next ${deed(base, other(patched, base))}`;
    return `it does not ${deed(patched, 'a reference on', '')}, as the patched code does${next}`;
  }
  return `it ${deed(base, 'a reference on')} where the patched code ${deed(patched, other(base, patched))}`;
}

/** A take that nobody drops, or a drop of what nobody took, where both sides have the same. */
function lonely({ after }: LedgerComparison, outcome: string): string | undefined {
  const kind = outcome === 'leak' ? 'take' : 'drop';
  const entry = after.find((each) => each.kind === kind && !each.matched);
  if (entry === undefined) {
    return undefined;
  }
  const rest = kind === 'take' ? 'that nobody drops' : 'that nobody took';
  return `the patched code ${deed(entry, 'a reference on')} ${rest}`;
}

/** How the second of two references is told: its object only where that is another one. */
function other(first: LedgerEntry | undefined, second: LedgerEntry | undefined): string {
  return first?.object === second?.object ? 'one' : 'one on';
}

function deed(entry: LedgerEntry | undefined, what: string, end = 's'): string {
  if (entry === undefined) {
    return end === '' ? 'do nothing more' : 'does nothing more';
  }
  const object = what === 'one' ? '' : ` ${entry.object}`;
  return `${entry.kind}${end} ${what}${object} ${place(entry.at)}`;
}
