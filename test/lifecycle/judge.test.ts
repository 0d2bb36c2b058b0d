import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Apply, Engine } from '../../src/lifecycle/engine.ts';
import { parsePack } from '../../src/lifecycle/pack.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { parseScenario } from '../../src/lifecycle/scenario.ts';
import type { Execution } from '../../src/machine/execution.ts';
import { buildReview } from '../../src/review/build.ts';
import { renderJson } from '../../src/review/json.ts';
import { renderText } from '../../src/review/text.ts';
import type { Hunk, Patch, Series } from '../../src/series/series.ts';
import { type Image, overlay } from '../../src/tree/image.ts';

const text = readFileSync('rules/memory-region/pack.yaml', 'utf8');
const pack = { ...parsePack('pack.yaml', text), sanity: [] };
const head = '/* One region.\n * contract: required\n * because: documented\n */\n';
const scenario = parseScenario('one', 'scenarios/one.c', head);
const MODEL = 'model/system/memory.c';

/** The image is lines; a line `drop` loses a reference, and every line runs. */
function run(image: Image): Execution {
  const lines = (image.get(MODEL) ?? '').split('\n');
  const broken = lines.indexOf('    object_unref(twice);');
  const site = { location: { file: MODEL, line: broken + 1, column: 1 }, function: 'f' };
  return {
    outcome: broken < 0 ? 'clean' : 'refcount-underflow',
    ...(broken < 0 ? {} : { at: site }),
    message: broken < 0 ? 'all is well' : 'D1 has no reference left',
    stack: [],
    choices: [],
    trace: [],
    covered: new Set(lines.map((_, index) => `${MODEL}:${index + 1}`)),

    functions: new Set(),
    notModelled: new Set(),
    stdout: '',
    stderr: '',
    exitStatus: 0,
    steps: 1,
  };
}

const engine: Engine = {
  explore: (image) => [run(image)],
  trace: (image) => run(image),
  key: () => '',
  changes: () => new Set(),
  broken: () => undefined,
  functionText: () => 'void f ( )',
};

const apply: Apply = (image, patch) => {
  const lines = (image.get(MODEL) ?? '').split('\n');
  const hunks = patch.files.flatMap((file) => file.hunks);
  const added = hunks.flatMap((each) => each.lines.filter((line) => line.kind === 'added'));
  const placed = added.map((line, index) => ({
    path: 'system/memory.c',
    line: line.newLine ?? 0,
    text: line.text,
    code: true,
    at: { file: MODEL, line: lines.length + index + 1 },
  }));
  const grown = [...lines, ...added.map((line) => line.text)].join('\n');
  const files = overlay(image, new Map([[MODEL, grown]]));
  const gone = hunks.flatMap((each) => each.lines.filter((line) => line.kind === 'removed'));
  const removed = gone.map((line) => ({
    path: 'system/memory.c',
    line: line.oldLine ?? 0,
    text: line.text,
    code: true,
    at: { file: MODEL, line: lines.indexOf(line.text) + 1 },
  }));
  return { files, added: placed, removed, notMapped: [] };
};

/** The same, but for line 40, which has no place. */
const partly: Apply = (image, patch) => ({
  ...apply(image, patch),
  notMapped: [
    {
      path: 'system/memory.c',
      side: 'RIGHT',
      line: 40,
      text: '    object_ref(lost);',
      reason: 'has no place in the model',
    },
  ],
});

function hunk(line: number, added: string): Hunk {
  return {
    oldStart: line,
    oldCount: 0,
    newStart: line,
    newCount: 1,
    section: 'static void f(void)',
    lines: [{ kind: 'added', text: added, newLine: line }],
  };
}

function series(...hunks: Hunk[]): Series {
  const path = 'system/memory.c';
  const file = { oldPath: path, newPath: path, kind: 'modified', binary: false, hunks } as const;
  const patch: Patch = { index: 1, total: 1, subject: 's', message: '', files: [file] };
  return { kind: 'diff', subject: 's\u001B[31m', version: 1, patches: [patch], repairs: [] };
}

function judged(...hunks: Hunk[]): ReturnType<typeof judge> {
  const base = new Map([[MODEL, 'void f(void)']]);
  return judge({ engine, pack, base, scenarios: [scenario], apply }, series(...hunks));
}

function removal(line: string): Hunk {
  return { ...hunk(1, ''), lines: [{ kind: 'removed', text: line, oldLine: 1 }] };
}

describe('judge', () => {
  test('blames the hunk without which the failure disappears', () => {
    const result = judged(hunk(10, '    object_ref(once);'), hunk(40, '    object_unref(twice);'));
    expect(result.verdict).toBe('regression');
    expect(result.findings.map((each) => each.anchor)).toEqual([
      { path: 'system/memory.c', side: 'RIGHT', line: 40 },
    ]);
    const session = { mode: 'patch-only' as const, remarks: [] };
    const review = buildReview({ series: series(), judgement: result, session, file: 'a b.eml' });
    expect(review.findings[0]?.replay).toBe("check-lifecycle replay one --patch 'a b.eml'");
    expect(JSON.parse(renderJson(review))).toMatchObject({ verdict: 'regression' });
    expect(renderText(review)).toContain('system/memory.c:40: refcount-underflow in one');
    expect(renderText(review)).not.toContain('\u001B');
  });

  test('a change that is right is clean, and counted as executed', () => {
    const result = judged(hunk(10, '    object_ref(once);'));
    expect(result).toMatchObject({ verdict: 'clean', changedLines: 1, executedLines: 1 });
  });

  test('a removed statement counts only where it ran before', () => {
    const base = new Map([[MODEL, 'void f(void)\n    object_ref(once);']]);
    const bench = { engine, pack, base, scenarios: [scenario], apply };
    expect(judge(bench, series(removal('    object_ref(once);'))).verdict).toBe('clean');
    expect(judge(bench, series(removal('    object_ref(elsewhere);')))).toMatchObject({
      verdict: 'inconclusive',
      reason: '1 changed lifecycle statement was not reached: system/memory.c:1 did not run.',
    });
  });

  test('a log message is not applicable', () => {
    expect(judged(hunk(10, '    qemu_log("object_unref(x)");')).verdict).toBe('not-applicable');
  });

  test('accuses nobody where a part of the patch has no place', () => {
    const base = new Map([[MODEL, 'void f(void)']]);
    const lost = hunk(40, '    object_ref(lost);');
    const bench = { engine, pack, base, scenarios: [scenario], apply: partly };
    const result = judge(bench, series(hunk(10, '    object_unref(twice);'), lost));
    expect(result.verdict).toBe('inconclusive');
    expect(result.findings).toEqual([]);
    expect(result.scenarios[0]).toMatchObject({
      class: 'unknown',
      after: { outcome: 'refcount-underflow' },
    });
    expect(result.reason).toBe(
      '1 scenario ended worse with a part of the patch, which proves nothing of the whole. ' +
        '1 changed lifecycle statement was not reached: system/memory.c:40: has no place in the model.',
    );
  });
});

const WHY = 'call to more than there is';

/** Each of so many scenarios is clean, but those named, which the machine cannot run, and says why. */
function judgedWith(
  count: number,
  odd: readonly string[],
  sanity: string[] = [],
  why = (_id: string): string => WHY,
) {
  const scenarios = Array.from({ length: count }, (_, index) => ({ ...scenario, id: `s${index}` }));
  const part: Engine = {
    ...engine,
    explore: (image, { id }) => {
      const message = why(id);
      return [odd.includes(id) ? { ...run(image), outcome: 'unsupported', message } : run(image)];
    },
  };
  const base = new Map([[MODEL, 'void f(void)']]);
  const bench = { engine: part, pack: { ...pack, sanity }, base, scenarios, apply };
  return { bench, result: judge(bench, series(hunk(10, '    object_ref(once);'))) };
}

function reasonOf(id: string): string {
  return id < 's3' ? 'a' : id < 's5' ? 'b' : `${id}!`;
}

describe('what cannot be run before a patch', () => {
  test('is left out and told, and moves no verdict', () => {
    const { result } = judgedWith(30, ['s3', 's7']);
    expect(result.verdict).toBe('clean');
    expect(result.scenarios).toHaveLength(28);
    expect(result.remarks).toEqual([
      's3 and 1 more are left out, as they cannot be run on this base: call to more than there is',
    ]);
  });

  test('is told with its most frequent reasons', () => {
    const odd = ['s0', 's1', 's2', 's3', 's4', 's5', 's6'];
    expect(judgedWith(90, odd, [], reasonOf).result.remarks).toEqual([
      's0 and 2 more are left out, as they cannot be run on this base: a',
      's3 and 1 more are left out, as they cannot be run on this base: b',
      's5 is left out, as it cannot be run on this base: s5!',
      '1 more is left out for other reasons',
    ]);
  });

  test('is a tree that the pack does not know, where it is much', () => {
    expect(judgedWith(30, ['s1', 's2', 's3', 's4']).result).toMatchObject({
      verdict: 'inconclusive',
      reason:
        '4 of 30 scenarios cannot be run on this base, so nothing was judged (s1: call to more than there is).',
    });
    expect(judgedWith(30, ['s0'], ['s0']).result).toMatchObject({
      verdict: 'inconclusive',
      reason:
        'On the base s0 ends with unsupported instead of clean (call to more than there is), so nothing was judged.',
    });
  });

  test('counts where somebody asked for it', () => {
    const { bench } = judgedWith(30, ['s3']);
    const scenarios = bench.scenarios.map((each) => ({ ...each, asked: true as const }));
    const result = judge({ ...bench, scenarios }, series(hunk(10, '    object_ref(once);')));
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      reason: '1 scenario could not be run: call to more than there is.',
    });
  });
});
