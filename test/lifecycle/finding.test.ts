import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { describeFinding, groupByEnd } from '../../src/lifecycle/finding.ts';
import type { LedgerComparison, LedgerEntry } from '../../src/lifecycle/ledger.ts';
import { parsePack } from '../../src/lifecycle/pack.ts';
import type { Scenario } from '../../src/lifecycle/scenario.ts';
import type { Execution } from '../../src/machine/execution.ts';

const pack = parsePack('pack.yaml', readFileSync('rules/memory-region/pack.yaml', 'utf8'));

function scenarioOf(id: string, summary = 'A region goes first.'): Scenario {
  const path = `scenarios/${id}.c`;
  return { id, path, summary, contract: 'required', because: 'x', needs: [] };
}

function executionOf(changes: Partial<Execution>): Execution {
  return {
    outcome: 'clean',
    message: '',
    stack: [],
    choices: [],
    trace: [],
    covered: new Set(),
    functions: new Set(),
    notModelled: new Set(),
    stdout: '',
    stderr: '',
    exitStatus: 0,
    steps: 1,
    ...changes,
  };
}

function entryOf(
  kind: 'take' | 'drop',
  at: string,
  changes: Partial<LedgerEntry> = {},
): LedgerEntry {
  return { object: 'D1', kind, at, holder: 'x', matched: true, ...changes };
}

const clean = executionOf({});
const leak = executionOf({
  outcome: 'leak',
  message: 'D1 is never finalized: 1 reference is left',
});
const add = entryOf('take', 'm.c:10 add');
const del = entryOf('drop', 'm.c:20 del');
const end = entryOf('drop', 'scenarios/a/b.c:30 scenario');

function described(ledger: LedgerComparison, before: Execution, after: Execution): string {
  const group = { scenario: scenarioOf('a/b'), others: [] };
  return describeFinding(pack, group, before, after, ledger);
}

describe('a finding', () => {
  test('says what the patched code no longer drops', () => {
    const ledger = { before: [add, del, end], after: [add, end], partsAt: 1 };
    expect(described(ledger, clean, leak)).toBe(
      'In `a/b` (a region goes first) the patched code leaks: D1 is never finalized: 1 reference is left. The base ends clean there: it drops a reference on D1 in del (m.c:20), the patched code does not and goes on to drop one in the scenario (scenarios/a/b.c:30).',
    );
  });

  test('says what only the patched code takes', () => {
    const ledger = { before: [end], after: [add, end], partsAt: 0 };
    expect(described(ledger, clean, leak)).toContain(
      'it does not take a reference on D1 in add (m.c:10), as the patched code does and next drops one in the scenario (scenarios/a/b.c:30).',
    );
  });

  test('says what both do where neither goes on as the other', () => {
    const other = entryOf('take', 'm.c:40 other', { object: 'D2' });
    const ledger = { before: [add], after: [other], partsAt: 0 };
    expect(described(ledger, leak, clean)).toContain(
      'The base leaks there: it takes a reference on D1 in add (m.c:10) where the patched code takes one on D2 in other (m.c:40).',
    );
  });

  test('of a reference that has no partner where both sides are alike', () => {
    const lonely = entryOf('take', 'm.c:10 add', { matched: false });
    const ledger = { before: [lonely], after: [lonely], partsAt: null };
    expect(described(ledger, clean, leak)).toMatch(
      /there: the patched code takes a reference on D1 in add \(m\.c:10\) that nobody drops\.$/u,
    );
  });

  test('says no more than is known', () => {
    const at = { location: { file: 'm.c', line: 5, column: 1 }, function: 'f' };
    const stop = executionOf({ outcome: 'assertion', at, message: "Assertion 'x' failed" });
    const ledger = { before: [add], after: [], partsAt: 0 };
    expect(described(ledger, clean, stop)).toBe(
      "In `a/b` (a region goes first) the patched code stops at an assertion in f (m.c:5): Assertion 'x' failed. The base ends clean there.",
    );
  });

  test('is told by a scenario whose name says something, whatever is shorter', () => {
    const scenarios = ['S1', 'alias/long', 'topology/small:1'].map((id) => scenarioOf(id));
    const cases = scenarios.map((each, at) => (at === 2 ? { ...each, choices: [1] } : each));
    const ends = new Map(cases.map(({ id }, at) => [id, executionOf({ ...leak, steps: 9 - at })]));
    const [group] = groupByEnd(cases, ends);
    expect(group?.scenario.id).toBe('alias/long');
    expect(group?.others.map(({ id }) => id)).toEqual(['S1', 'topology/small:1']);
  });
});
