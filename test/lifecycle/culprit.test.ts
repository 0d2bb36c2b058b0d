import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { withoutLines } from '../../src/lifecycle/culprit.ts';
import type { Apply, Engine } from '../../src/lifecycle/engine.ts';
import { parsePack } from '../../src/lifecycle/pack.ts';
import type { Judgement } from '../../src/lifecycle/judgement.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { parseScenario } from '../../src/lifecycle/scenario.ts';
import type { Execution } from '../../src/machine/execution.ts';
import { overlay, type Image } from '../../src/tree/image.ts';
import type { Hunk, HunkLine, Patch } from '../../src/series/series.ts';
import { diff } from './graft/diff.ts';

const text = readFileSync('rules/memory-region/pack.yaml', 'utf8');
const pack = { ...parsePack('pack.yaml', text), sanity: [] };
const head = '/* One region.\n * contract: required\n * because: documented\n */\n';
const scenario = parseScenario('one', 'scenarios/one.c', head);
const MODEL = 'model/system/memory.c';
const PATH = 'system/memory.c';

/** Breaks where a call of `bad_ref` is left, or where fewer than `kept` of `good_ref` are. */
function engineFor(kept: number): Engine {
  const run = (image: Image): Execution => {
    const code = image.get(MODEL) ?? '';
    const isBroken = code.includes('bad_ref') || code.split('good_ref').length <= kept;
    return {
      outcome: isBroken ? 'leak' : 'clean',
      message: isBroken ? 'D1 is never finalized' : '',
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
    };
  };
  return {
    explore: (image) => [run(image)],
    trace: run,
    key: () => '',
    changes: () => undefined,
    broken: () => undefined,
    functionText: () => undefined,
  };
}

function side(hunk: Hunk, skipped: HunkLine['kind']): string[] {
  return hunk.lines.filter((line) => line.kind !== skipped).map((line) => line.text);
}

/** Carries a patch out by line numbers of the pre-image, from the last hunk on. */
const apply: Apply = (image, patch) => {
  const lines = (image.get(MODEL) ?? '').split('\n');
  for (const hunk of patch.files.flatMap((file) => file.hunks).toReversed()) {
    const from = (hunk.lines.find((line) => line.oldLine !== undefined)?.oldLine ?? 1) - 1;
    const old = side(hunk, 'added');
    expect(lines.slice(from, from + old.length)).toEqual(old);
    lines.splice(from, old.length, ...side(hunk, 'removed'));
  }
  return {
    files: overlay(image, new Map([[MODEL, lines.join('\n')]])),
    added: [],
    removed: [],
    notMapped: [],
  };
};

function judged(before: string, after: string): Judgement {
  const kept = before.split('good_ref').length - 1;
  const bench = { engine: engineFor(kept), pack, base: new Map([[MODEL, before]]), apply };
  const patches = [diff(PATH, before, after)];
  const series = { kind: 'diff', subject: 's', version: 1, patches, repairs: [] } as const;
  return judge({ ...bench, scenarios: [scenario] }, series);
}

const BODY = [
  'void f(Region *mr)',
  '{',
  '    good_ref(mr);',
  '    mr->enabled = false;',
  '    mr->a = 1;',
  '    mr->b = 1;',
  '    good_ref(mr->container);',
  '    mr->c = 1;',
  '    mr->d = 1;',
  '}',
  '',
];
const BEFORE = BODY.join('\n');

function changed(...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((result, [from, to]) => {
    expect(result).toContain(from);
    return result.replace(from, () => to);
  }, BEFORE);
}

function anchors(result: Judgement): string[] {
  return result.findings.map(({ anchor }) => `${anchor.side} ${anchor.line}`);
}

describe('the culprit', () => {
  test('a removed line is commented on where it stood', () => {
    const result = judged(BEFORE, changed(['    good_ref(mr->container);\n', '']));
    expect(anchors(result)).toEqual(['LEFT 7']);
    expect(result.findings[0]?.message).not.toContain('More than one change');
  });

  test('of one hunk, the run of lines without which the failure disappears', () => {
    const result = judged(
      BEFORE,
      changed(
        ['    mr->enabled = false;\n', '    mr->enabled = true;\n    object_ref(mr);\n'],
        ['    mr->b = 1;\n    good_ref(mr->container);\n', '    mr->b = 1;\n'],
      ),
    );
    expect(anchors(result)).toEqual(['LEFT 7']);
  });

  test('two changes of which each is enough: the nearest, and said so', () => {
    const result = judged(
      BEFORE,
      changed(
        ['    good_ref(mr);\n', ''],
        ['    good_ref(mr->container);\n', '    bad_ref(mr->container);\n'],
      ),
    );
    expect(anchors(result)).toEqual(['RIGHT 6']);
    expect(result.findings[0]?.message).toContain('More than one change of the patch');
  });

  test('a head of a function and no statement', () => {
    const renamed = BEFORE.replace('void f(Region *mr)', 'void bad_ref(Region *mr)');
    const after = renamed.replace('    mr->d = 1;\n', '    mr->d = 1;\n    object_ref(mr);\n');
    expect(anchors(judged(BEFORE, after))).toEqual(['RIGHT 1']);
  });

  test('every regression has a finding, on a changed line', () => {
    const words = [
      'good_ref(mr);',
      'bad_ref(mr);',
      'object_ref(mr);',
      '/* why */',
      'mr->a = 2;',
      '',
    ];
    const line = fc.tuple(fc.constantFrom(...words), fc.boolean());
    const edit = fc.record({
      at: fc.nat(60),
      out: fc.nat(3),
      put: fc.array(line, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const before = [...BODY, ...BODY, ...BODY, ...BODY, ...BODY];
        const after = [...before];
        for (const { at, out, put } of edits) {
          const lines = put.map(([word, isIndented]) => `${isIndented ? '    ' : ''}${word}`);
          after.splice(at % after.length, out, ...lines);
        }
        const result = judged(before.join('\n'), after.join('\n'));
        expect(result.findings.length > 0).toBe(result.verdict === 'regression');
        const [patch] = [diff(PATH, before.join('\n'), after.join('\n'))];
        const places = patch.files
          .flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines))
          .flatMap(({ kind, oldLine, newLine }) =>
            kind === 'context' ? [] : [kind === 'removed' ? `LEFT ${oldLine}` : `RIGHT ${newLine}`],
          );
        for (const anchor of anchors(result)) {
          expect(places).toContain(anchor);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('taking every line back leaves the text as it was', () => {
  const after = changed(['    mr->a = 1;\n', '    mr->a = 2;\n'], ['    good_ref(mr);\n', '']);
  const patch: Patch = diff(PATH, BEFORE, after);
  const lines = patch.files.flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines));
  expect(withoutLines(patch, new Set(lines)).files[0]?.hunks).toEqual([]);
  const half = withoutLines(patch, new Set(lines.filter((line) => line.text.includes('mr->a'))));
  const image = apply(new Map([[MODEL, BEFORE]]), half).files;
  expect(image.get(MODEL)).toBe(changed(['    good_ref(mr);\n', '']));
});
