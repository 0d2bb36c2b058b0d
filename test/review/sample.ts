import type { Finding, Review, ScenarioRow } from '../../src/review/schema.ts';
import type { HunkLine, Patch, Series } from '../../src/series/series.ts';

/** A patch to one file: `marks` are its lines from `start` on, `+` added, `-` removed, ` ` kept. */
export function patchOf(path: string, start: number, marks: readonly string[]): Patch {
  let [oldLine, newLine] = [start, start];
  const lines = marks.map((mark): HunkLine => {
    const text = mark.slice(1);
    switch (mark[0]) {
      case '+':
        return { kind: 'added', text, newLine: newLine++ };
      case '-':
        return { kind: 'removed', text, oldLine: oldLine++ };
      default:
        return { kind: 'context', text, oldLine: oldLine++, newLine: newLine++ };
    }
  });
  const hunk = {
    oldStart: start,
    oldCount: oldLine - start,
    newStart: start,
    newCount: newLine - start,
    section: '',
    lines,
  };
  const files = [
    { oldPath: path, newPath: path, kind: 'modified', binary: false, hunks: [hunk] } as const,
  ];
  return { index: 1, total: 1, subject: 'memory: Change it', message: '', files };
}

export function seriesOf(...patches: readonly Patch[]): Series {
  return { kind: 'mbox', subject: 'memory: Change it', version: 1, patches, repairs: [] };
}

export function findingOf(more: Partial<Finding> = {}): Finding {
  return {
    fingerprint: '0123456789abcdef',
    class: 'introduced',
    outcome: 'leak',
    scenario: 'same-owner/child-first',
    others: [],
    patch: 1,
    anchor: { path: 'system/memory.c', side: 'RIGHT', line: 11 },
    message: 'With this patch `same-owner/child-first` is never finalized.',
    ledger: { before: [], after: [], partsAt: null },
    steps: { before: [], after: [], partsAt: null },
    replay: 'check-lifecycle replay same-owner/child-first --patch a..b',
    suggestion: null,
    ...more,
  };
}

export function rowOf(id: string, more: Partial<ScenarioRow> = {}): ScenarioRow {
  return {
    id,
    contract: 'required',
    before: { outcome: 'clean', at: null },
    after: { outcome: 'leak', at: null },
    class: 'introduced',
    patches: { worse: 1, better: null },
    ...more,
  };
}

export function reviewOf(more: Partial<Review> = {}): Review {
  return {
    schema: 'check-lifecycle/review/1',
    input: {
      kind: 'patch',
      subject: 'memory: Change it',
      messageId: null,
      version: 1,
      patches: [{ index: 1, total: 1, subject: 'memory: Change it', files: ['system/memory.c'] }],
      repairs: [],
    },
    mode: 'tree',
    remarks: [],
    verdict: 'regression',
    reason: '1 scenario ends worse.',
    scenarios: [rowOf('same-owner/child-first')],
    wording: [],
    history: null,
    quiet: { clean: 3, preexisting: 1 },
    findings: [findingOf()],
    coverage: { changedLines: 2, executedLines: 2, notMapped: [], notModelled: [] },
    ...more,
  };
}
