import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Store } from '../../src/lifecycle/base-store.ts';
import { createMachineEngine, unitPaths } from '../../src/lifecycle/machine-engine.ts';
import { canLink, groupOf, type Pack, parsePack } from '../../src/lifecycle/pack.ts';
import { parseScenario, type Scenario } from '../../src/lifecycle/scenario.ts';
import { overlay } from '../../src/tree/image.ts';

const group = {
  scenarios: ['large'],
  needs: [['real.c', 'old-real.c']],
  units: ['real.c'],
  without: ['tree/stand-in.c'],
};

const shipped = parsePack('pack.yaml', readFileSync('rules/memory-region/pack.yaml', 'utf8'));
const pack: Pack = {
  ...shipped,
  include: ['.'],
  units: ['tree'],
  groups: [group],
  tree: { ...shipped.tree, groups: [group] },
};

const HEAD = '/*\n * Asks.\n *\n * contract: required\n * because: it is so\n */\n';
const ASK = `${HEAD}int answer(void);\nvoid expect(int);\n`;

const files = new Map([
  ['tree/stand-in.c', 'int answer(void) { return 1; }'],
  [
    'tree/run.c',
    'void lifecycle_fail(const char *, const char *, ...); void scenario(void);\n' +
      'void expect(int yes) { if (!yes) { lifecycle_fail("invariant", "no"); } }\n' +
      'void lifecycle_prepare(void) { }\nvoid lifecycle_run(void) { scenario(); }\n',
  ],
  ['real.c', 'int answer(void) { return 2; }'],
  ['scenarios/small/one.c', `${ASK}void scenario(void) { expect(answer() == 1); }\n`],
  ['scenarios/large/two.c', `${ASK}void scenario(void) { expect(answer() == 2); }\n`],
]);

function scenario(id: string): Scenario {
  const path = `scenarios/${id}.c`;
  return parseScenario(id, path, files.get(path) ?? '');
}

describe('scenarios that need more of a tree', () => {
  test('are linked with it, and the others without it', () => {
    const engine = createMachineEngine(pack);
    const ends = ['small/one', 'large/two'].map((id) =>
      engine.explore(files, scenario(id)).map(({ outcome }) => outcome),
    );
    expect(ends).toEqual([['clean'], ['clean']]);
    expect(engine.trace(files, scenario('large/two'), []).outcome).toBe('clean');
    expect(unitPaths(pack, files)).toEqual(['tree/stand-in.c', 'tree/run.c']);
    expect(unitPaths(pack, files, group)).toEqual(['tree/run.c', 'real.c']);
  });

  test('see what a patch changes there, which changes nothing for the others', () => {
    const engine = createMachineEngine(pack);
    const after = overlay(files, new Map([['real.c', 'int answer(void) { return 1; }']]));
    expect(engine.changes(files, after)).toEqual(new Set(['answer']));
    expect(engine.key(after)).not.toBe(engine.key(files));
    const [small] = engine.explore(after, scenario('small/one'));
    const [large] = engine.explore(after, scenario('large/two'));
    expect([small?.outcome, large?.outcome]).toEqual(['clean', 'invariant']);
  });

  test('are known by what an earlier call saw them read, until one text of it is another', () => {
    const texts = new Map<string, string>();
    const store: Store = {
      load: (name) => texts.get(name),
      save: (name, text) => texts.set(name, text),
    };
    const key = createMachineEngine(pack).key(files, store);
    const after = overlay(files, new Map([['real.c', 'int answer(void) { return 1; }']]));
    const engine = createMachineEngine(pack);
    expect([engine.key(files, store), engine.changes(files, overlay(files, new Map()))]).toEqual([
      key,
      new Set(),
    ]);
    expect(engine.changes(files, after)).toEqual(new Set(['answer']));
    expect(createMachineEngine(pack).key(after, store)).toBe(createMachineEngine(pack).key(after));
    texts.forEach((_, name) => texts.set(name, '[["real.c"]]'));
    expect(createMachineEngine(pack).key(files, store)).toBe(key);
  });

  test('are the only ones that cannot be run where a patch breaks what they need', () => {
    const engine = createMachineEngine(pack);
    engine.explore(files, scenario('large/two'));
    const after = overlay(
      files,
      new Map([['real.c', 'int answer(void) { return 1; } strange x;']]),
    );
    expect(engine.explore(after, scenario('small/one'))[0]?.outcome).toBe('clean');
    const [large] = engine.explore(after, scenario('large/two'));
    expect([large?.outcome, large?.message]).toEqual([
      'unsupported',
      expect.stringContaining('does not parse'),
    ]);
  });

  test('are none on the embedded model, nor on a tree without the files', () => {
    expect(groupOf(shipped.tree.groups, 'mapping/cached')).toBeDefined();
    expect(groupOf(shipped.tree.groups, 'mapping')).toBeUndefined();
    expect(canLink(shipped, 'mapping/cached')).toBe(false);
    expect(canLink(shipped, 'sanity/references-balance')).toBe(true);
    expect(canLink(pack, 'large/two')).toBe(true);
  });
});
