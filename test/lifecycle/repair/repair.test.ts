import { beforeAll, describe, expect, test } from '@jest/globals';
import { createTwoFilesPatch } from 'diff';
import { openEngine, openSession, scenariosOf, type Session } from '../../../src/cli/session.ts';
import type { Engine } from '../../../src/lifecycle/engine.ts';
import type { Judgement, Suggestion } from '../../../src/lifecycle/judgement.ts';
import { judge } from '../../../src/lifecycle/review.ts';
import { readSeries } from '../../../src/series/read.ts';

const MODEL = 'model/system/memory.c';

let session: Session;
let engine: Engine;
let text: string;

beforeAll(async () => {
  session = await openSession();
  engine = await openEngine(session.pack);
  text = session.base.get(MODEL) ?? '';
});

/** Reviews a fault that is put into the model's own file, without the generated topologies. */
async function review(edits: readonly (readonly [string, string])[]): Promise<Judgement> {
  const { series } = await readSeries('fault.patch', Buffer.from(mail(faulty(edits))));
  const [only] = series;
  if (only === undefined) {
    throw new Error('the fault is no patch');
  }
  const scenarios = scenariosOf(session, {}).filter((each) => each.cases !== true);
  return judge({ ...session, scenarios, engine }, only);
}

function faulty(edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((now, [from, to]) => {
    expect(now.split(from)).toHaveLength(2);
    return now.replace(from, () => to);
  }, text);
}

function mail(now: string): string {
  const path = 'system/memory.c';
  return `From: A <a@example.org>\nSubject: [PATCH] fault\n\n---\n${createTwoFilesPatch(`a/${path}`, `b/${path}`, text, now)}`;
}

function suggestionOf(judgement: Judgement): Suggestion {
  const found = judgement.findings.find((each) => each.suggestion !== undefined)?.suggestion;
  if (found === undefined) {
    throw new Error(`no repair was found for ${judgement.reason}`);
  }
  return found;
}

const TAKE = '    memory_region_ref(subregion);\n    QTAILQ_FOREACH';
const DROP = '    memory_region_unref(subregion);\n    memory_region_update_pending';
const COMMIT = '    memory_region_transaction_commit();\n}\n\n/* Shows or hides a region. */';
const REFUSAL = '    assert(!mr->container);\n';
const LOOP = '    while (!QTAILQ_EMPTY(&mr->subregions)) {';

function guarded(container: string, call: string): string {
  return `    if (${container}->owner != subregion->owner) {\n        ${call}\n    }\n`;
}

/** The fix, with another way to take a region out of its container when it is finalized. */
function fix(detach: string): readonly (readonly [string, string])[] {
  return [
    [
      TAKE,
      TAKE.replace(
        '    memory_region_ref(subregion);\n',
        guarded('container', 'memory_region_ref(subregion);'),
      ),
    ],
    [DROP, DROP.replace(/.*\n/u, guarded('mr', 'memory_region_unref(subregion);'))],
    [REFUSAL, ''],
    [LOOP, `${detach}${LOOP}`],
  ];
}

const CASES: readonly (readonly [string, readonly (readonly [string, string])[], string])[] = [
  [
    'a drop that is gone',
    [[DROP, DROP.replace(/.*\n/u, '')]],
    '+    memory_region_unref(subregion);\n',
  ],
  [
    'a transaction that is left open',
    [[COMMIT, COMMIT.replace(/.*\n/u, '')]],
    '+    memory_region_transaction_commit();\n',
  ],
  [
    'arguments that are the wrong way round',
    fix(
      '    if (mr->container) {\n        memory_region_del_subregion(mr, mr->container);\n    }\n',
    ),
    '+        memory_region_del_subregion(mr->container, mr);\n',
  ],
  [
    'a test that is the wrong way round',
    fix(
      '    if (!mr->container) {\n        memory_region_del_subregion(mr->container, mr);\n    }\n',
    ),
    '+    if (mr->container) {\n',
  ],
  [
    'a guard without its counterpart, and an assertion that then fails',
    [fix('')[0] ?? ['', '']],
    '+        memory_region_unref(subregion);\n',
  ],
];

describe('a repair is found for', () => {
  test.each(CASES)(
    '%s',
    async (_, edits, wanted) => {
      const judgement = await review(edits);
      expect(judgement.verdict).toBe('regression');
      expect(suggestionOf(judgement).diff).toContain(wanted);
    },
    120_000,
  );
});

describe('no repair', () => {
  test('takes an assertion away without undoing what it forbids', async () => {
    const added = '    assert(!subregion->enabled);\n';
    const judgement = await review([[DROP, `${added}${DROP}`]]);
    expect(judgement.verdict).toBe('regression');
    expect(judgement.findings.filter((each) => each.suggestion !== undefined)).toEqual([]);
  }, 120_000);

  test('is looked for where nothing got worse', async () => {
    const judgement = await review(
      fix(
        '    if (mr->container) {\n        memory_region_del_subregion(mr->container, mr);\n    }\n',
      ),
    );
    expect(judgement.verdict).toBe('improvement');
    expect(judgement.findings).toEqual([]);
  }, 120_000);
});
