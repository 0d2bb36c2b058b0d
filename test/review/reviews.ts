import type { Finding, Review, ScenarioRow } from '../../src/review/schema.ts';

/** A finding as one on the line that a patch adds. */
export function findingOf(changes: Partial<Finding> = {}): Finding {
  return {
    fingerprint: '0123456789abcdef',
    class: 'introduced',
    outcome: 'assertion',
    scenario: 'same-owner/child-first',
    others: [],
    patch: 1,
    anchor: { path: 'system/memory.c', side: 'RIGHT', line: 11 },
    message: 'In `same-owner/child-first` the patched code stops. The base leaks there.',
    ledger: { before: [], after: [], partsAt: null },
    steps: { before: [], after: [], partsAt: null },
    replay: 'check-lifecycle replay same-owner/child-first --patch fix.eml',
    suggestion: null,
    ...changes,
  };
}

export function rowOf(changes: Partial<ScenarioRow> = {}): ScenarioRow {
  return {
    id: 'same-owner/child-first',
    contract: 'required',
    before: { outcome: 'leak', at: null },
    after: { outcome: 'assertion', at: 'system/memory.c:1806 memory_region_finalize' },
    class: 'introduced',
    patches: { worse: 1, better: null },
    ...changes,
  };
}

/** A review of one patch; a regression unless told otherwise. */
export function reviewOf(changes: Partial<Review> = {}): Review {
  return {
    schema: 'check-lifecycle/review/1',
    input: {
      kind: 'patch',
      subject: 'memory: Take no reference within one owner',
      messageId: 'patch@example.org',
      version: 1,
      patches: [{ index: 1, total: 1, subject: 'memory: Take none', files: ['system/memory.c'] }],
      repairs: [],
    },
    mode: 'patch-only',
    remarks: [],
    wording: [],
    verdict: 'regression',
    reason: '1 scenario ended worse than before.',
    scenarios: [rowOf()],
    quiet: { clean: 0, preexisting: 0 },
    findings: [findingOf()],
    history: null,
    coverage: { changedLines: 2, executedLines: 2, notMapped: [], notModelled: [] },
    ...changes,
  };
}
