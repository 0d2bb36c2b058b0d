import { beforeAll, describe, expect, test } from '@jest/globals';
import { openEngine, openSession } from '../../src/cli/session.ts';
import { type Change, shownChange } from '../../src/evaluate/edit.ts';
import { edited } from '../../src/lifecycle/repair/edit.ts';
import {
  runMutants,
  runRefactorings,
  sample,
  type Workbench,
} from '../../src/evaluate/evaluate.ts';
import { readFidelity } from '../../src/evaluate/fidelity.ts';
import { readSource } from '../../src/evaluate/functions.ts';
import { mutantsOf } from '../../src/evaluate/mutants.ts';
import { refactoringsOf } from '../../src/evaluate/refactorings.ts';
import { scoreOf } from '../../src/evaluate/report.ts';
import { parseRules } from '../../src/evaluate/rules.ts';
import { Runner } from '../../src/evaluate/runner.ts';

const RULES = parseRules(`
calls:
  { take: ['*_ref'], drop: ['*_unref'], link: ['*_add'], unlink: ['*_del'], allocate: ['g_new*'],
    free: ['g_free'], begin: [begin], commit: [commit], assert: [assert] }
neighbours: [{ type: Node, fields: [parent] }]
survivors: []
`);

const FUNCTION = `static int depth;

void node_add(Node *node, Node *child, int flags)
{
    int count = 0;

    assert(child);
    if (child->parent && flags > 0) {
        node_ref(child->parent);
    }
    while (count < flags) {
        count++;
    }
    child->parent = node;
    depth = count;
    commit();
}

void node_unref(Node *node)
{
}

int untouched(int a)
{
    return a;
}
`;
const FIELDS = new Set(['parent']);

function shown(changes: readonly Change[], operator: string): string[] {
  return changes
    .filter((change) => change.operator === operator)
    .map((change) => shownChange(FUNCTION, change.edits));
}

describe('changes of a function', () => {
  const source = readSource('node.c', FUNCTION, RULES.calls, FIELDS);
  const [of] = source.functions;
  const grounds = { source, rules: RULES, fields: FIELDS };
  const mutants = of === undefined ? [] : mutantsOf(of, grounds);
  const refactorings = of === undefined ? [] : refactoringsOf(of, grounds);

  test('only functions that do something to a lifetime are changed', () => {
    expect(source.functions.map(({ name }) => name)).toEqual(['node_add']);
  });

  test.each([
    ['drop-take', [';']],
    ['swap-take', ['node_unref(child->parent);']],
    ['double-take', ['{ node_ref(child->parent); node_ref(child->parent); }']],
    ['out-take', ['node_ref(child->parent); if (child->parent && flags > 0) { ;']],
    ['drop-assert', [';']],
    ['drop-commit', [';']],
    ['drop-assignment', [';', ';']],
    ['weaken-test', ['if (flags > 0) {', 'if (child->parent) {']],
    ['shift-bound', ['if (child->parent && flags >= 0) {', 'while (count <= flags) {']],
    ['step-back', ['if (child && flags > 0) {', 'node_ref(child);']],
    ['another', ['node_ref(node->parent);']],
  ])('mutants: %s', (operator, texts) => {
    expect(shown(mutants, operator)).toEqual(texts);
  });

  test.each([
    ['while-to-for', ['for (; count < flags; ) { count++; }']],
    ['while-to-do', ['if (count < flags) { do { count++; } while (count < flags); }']],
    ['split-test', ['if (child->parent) { if (flags > 0) { { node_ref(child->parent); } } }']],
    ['reorder', ['depth = count; child->parent = node;']],
    ['zero-test', ['if ((child->parent != 0) && flags > 0) {']],
    [
      'temporary',
      [
        '{ bool probe = (child->parent && flags > 0); if (probe) { node_ref(child->parent); } }',
        '{ __auto_type probe = child->parent; node_ref(probe); }',
      ],
    ],
  ])('refactorings: %s', (operator, texts) => {
    expect(shown(refactorings, operator)).toEqual(texts);
  });

  test('a helper gets the variables that its part of the function reads', () => {
    const [first] = refactorings.filter(({ operator }) => operator === 'extract-helper');
    const text = edited(FUNCTION, first?.edits ?? []);
    expect(text).toContain('static void node_add_part0(Node * child)\n{');
    expect(text).toContain('if (child->parent && flags > 0) { node_add_part0(child); }');
  });

  test('names of fields are not renamed with variables', () => {
    const renamed = refactorings.find(({ id }) => id === 'node_add/rename-local-2');
    const text = edited(FUNCTION, renamed?.edits ?? []);
    expect(text).toContain('child_renamed->parent = node;');
    expect(text).not.toMatch(/\bchild\b/u);
  });

  test('a sample is spread over the whole list', () => {
    expect(sample([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 2)).toEqual([4, 9]);
  });
});

describe('changes of the embedded model', () => {
  const path = 'model/system/memory.c';
  let bench: Workbench;

  beforeAll(async () => {
    const session = await openSession();
    const rules = parseRules(session.base.get('evaluate.yaml') ?? '');
    const fields = new Set(session.pack.concern.fields);
    const source = readSource(path, session.base.get(path) ?? '', rules.calls, fields);
    const runner = new Runner(session, await openEngine(session.pack), source);
    const scenarios = session.scenarios.filter(({ id }) => id.startsWith('cross-owner/c'));
    runner.prepare(scenarios, () => undefined);
    bench = { runner, source, rules, tick: () => undefined };
  });

  function changesOf(name: string, make: typeof mutantsOf): Change[] {
    const of = bench.source.functions.find((each) => each.name === name);
    return of === undefined ? [] : make(of, { ...bench, fields: new Set(['container']) });
  }

  test('a reference that is not dropped is found, an order that nothing depends on is not', () => {
    const mutants = changesOf('memory_region_del_subregion', mutantsOf);
    const rows = runMutants(
      bench,
      mutants.filter(({ operator }) => operator.endsWith('-drop')),
    );
    const fates = new Map(rows.map(({ operator, fate }) => [operator, fate]));
    expect(fates.get('drop-drop')).toBe('killed');
    expect(fates.get('double-drop')).toBe('killed');
    expect(scoreOf(rows).killed).toBe(rows.filter(({ fate }) => fate === 'killed').length);
  });

  test('a function that is written differently introduces nothing', () => {
    const rows = runRefactorings(bench, changesOf('memory_region_finalize', refactoringsOf));
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.filter(({ fate }) => fate !== 'survived')).toEqual([]);
  });
});

test('fidelity is read from its table', () => {
  const text = '| | 10.0 | 10.2 |\n| --- | --- | --- |\n| same, with all | 5 of 5 | 4 of 5 |\n';
  expect(readFidelity(text)).toEqual([
    { tree: '10.0', same: 5, of: 5 },
    { tree: '10.2', same: 4, of: 5 },
  ]);
});
