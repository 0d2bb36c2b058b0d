import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { findScenario, openEngine, openSession, type Session } from '../../src/cli/session.ts';
import { openTreeSession } from '../../src/cli/source.ts';
import type { GraphNode } from '../../src/lifecycle/graph.ts';
import { buildLedger, compareLedgers } from '../../src/lifecycle/ledger.ts';
import { sourceText } from '../../src/lifecycle/source-text.ts';
import { compareSteps, type Step, type Steps } from '../../src/lifecycle/steps.ts';
import { readSeries } from '../../src/series/read.ts';
import { overlay, type Image } from '../../src/tree/image.ts';
import { RELEASES } from './qemu-trees.ts';

const SLOW = 120_000;

async function stepsOf(session: Session, id: string, patched: Image): Promise<Steps> {
  const { pack, base } = session;
  const engine = await openEngine(pack);
  const scenario = findScenario(session, id);
  const before = engine.trace(base, scenario, []);
  const after = engine.trace(patched, scenario, []);
  const ledger = compareLedgers(buildLedger(pack, before), buildLedger(pack, after), after.message);
  const sides = {
    before: { execution: before, text: sourceText(pack, base) },
    after: { execution: after, text: sourceText(pack, patched) },
  };
  return compareSteps(pack, sides, ledger);
}

/** The graph after a step. */
function graphAt(steps: readonly Step[], last: number): Map<string, GraphNode> {
  const changed = steps.slice(0, last + 1).flatMap((step) => step.changed);
  return new Map(changed.map((node) => [node.id, node]));
}

function edgesOf(graph: Map<string, GraphNode>, id: string): string[] {
  return (graph.get(id)?.edges ?? []).map(({ field, to }) => `${field} ${to}`);
}

function indexOf(steps: readonly Step[], what: string): number {
  const index = steps.findIndex((step) => step.what === what);
  expect([what, index]).not.toEqual([what, -1]);
  return index;
}

/** What must show on the model as on the files of any release. */
function expectCrossOwner(steps: readonly Step[]): void {
  const made = graphAt(steps, indexOf(steps, 'memory_region_add_subregion(A, 0, B)'));
  expect(made.get('D2')).toMatchObject({ kind: 'owner', count: 1, state: 'alive' });
  expect(edgesOf(made, 'B')).toEqual(['owner D2']);
  const taken = graphAt(steps, indexOf(steps, 'takes a reference on D2 for B'));
  expect(taken.get('D2')?.count).toBe(2);
  expect(edgesOf(taken, 'B')).toEqual(['owner D2', 'container A']);
  const joined = graphAt(steps, indexOf(steps, 'B joins A.subregions'));
  expect(edgesOf(joined, 'A')).toEqual(['owner D1', 'subregions B']);
  const dropped = graphAt(steps, indexOf(steps, 'drops the last reference on D2 for B'));
  expect(dropped.get('D2')).toMatchObject({ count: 0, state: 'dying' });
  expect(edgesOf(dropped, 'A')).toEqual(['owner D1']);
  const end = graphAt(steps, steps.length - 1);
  expect([...end.values()].map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual([
    'A freed',
    'B freed',
    'D1 freed',
    'D2 freed',
  ]);
  expect(steps.at(-1)?.what).toBe('the program ends clean');
}

describe('the steps of a counterexample', () => {
  test('on the model: every link and count, at its own line', async () => {
    const session = await openSession();
    const { before, after, partsAt } = await stepsOf(
      session,
      'cross-owner/child-first',
      session.base,
    );
    expectCrossOwner(before);
    expect([partsAt, after]).toEqual([null, before]);
    const taken = before.find(({ what }) => what.startsWith('takes'));
    expect(taken).toMatchObject({
      at: { function: 'memory_region_update_container_subregions' },
      text: 'memory_region_ref(subregion);',
    });
  }, 60_000);

  test('address spaces and the views that they share', async () => {
    const session = await openSession();
    const { before } = await stepsOf(session, 'address-space/view-held', session.base);
    const graph = graphAt(
      before,
      before.findIndex(({ what }) => what.startsWith('space_new')),
    );
    expect(graph.get('space')).toMatchObject({ kind: 'space', count: null });
    const [, view] =
      edgesOf(graph, 'space')
        .find((edge) => edge.startsWith('current'))
        ?.split(/ (.*)/u) ?? [];
    expect(graph.get(view ?? '')).toMatchObject({ kind: 'view', state: 'alive' });
    expect(graphAt(before, before.length - 1).get('space')?.state).toBe('freed');
  }, 60_000);

  test('a patched line is shown as the patch has it, and both sides part there', async () => {
    const session = await openSession();
    const file = 'fixtures/guard-only-the-take.patch';
    const { series } = await readSeries(file, readFileSync(file));
    const patches = series.flatMap((each) => each.patches);
    const patched = patches.reduce(
      (image, patch) => session.apply(image, patch).files,
      session.base,
    );
    const { before, after, partsAt } = await stepsOf(session, 'same-owner/child-first', patched);
    expect(before[partsAt?.before ?? -1]?.what).toBe('takes a reference on D1 for B1');
    expect(after[partsAt?.after ?? -1]?.what).toBe('B1 joins A0.subregions');
    expect(after.at(-1)).toMatchObject({ text: 'assert(!mr->container);' });
    for (const step of after.filter(({ at }) => at?.path.startsWith('model/') === true)) {
      const line = session.base.get(step.at?.path ?? '')?.split('\n')[(step.at?.line ?? 0) - 1];
      expect(line?.trim()).toBe(step.text);
    }
  }, 60_000);

  test('a subsystem without a record has no graph, and still has steps', async () => {
    const session = await openSession();
    const bare = { ...session.pack, graph: { ...session.pack.graph, nodes: [] } };
    const { before } = await stepsOf(
      { ...session, pack: bare },
      'cross-owner/child-first',
      overlay(session.base, new Map()),
    );
    expect(before.flatMap(({ changed }) => changed)).toEqual([]);
    expect(before.at(-1)?.what).toBe('the program ends clean');
  }, 60_000);
});

describe.each(RELEASES)('on the files of QEMU $release', ({ folder }) => {
  (folder === '' ? test.skip : test)(
    'fields are found by their names',
    async () => {
      const session = await openTreeSession(folder);
      const { before } = await stepsOf(session, 'cross-owner/child-first', session.base);
      expectCrossOwner(before);
    },
    SLOW,
  );
});
