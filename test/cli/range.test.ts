import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewCommand } from '../../src/cli/review-command.ts';
import { isCommits } from '../../src/cli/source.ts';
import { RELEASES } from '../lifecycle/qemu-trees.ts';
import { Fixture } from '../tree/git-fixture.ts';

const TREE = RELEASES.find(({ release }) => release === '10.0')?.folder ?? '';
/** What a review of the tree reads. */
const FOLDERS = ['include', 'system', 'qom', 'util', 'host', 'tcg', 'VERSION'];
const SLOW = 120_000;

const fixture = new Fixture();
let told = '';

beforeAll(() => {
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
});

afterAll(async () => {
  jest.restoreAllMocks();
  await fixture.remove();
});

/** The review of one input as JSON, and the exit status. */
async function review(
  file: string,
  options: { tree?: string; base?: string },
): Promise<Readonly<Record<string, unknown>>> {
  const output = fixture.path('out.json');
  const status = await reviewCommand(file, { format: 'json', output, ...options });
  const parsed: unknown = JSON.parse(readFileSync(output, 'utf8'));
  const said = (name: string): unknown => Reflect.get(Object(parsed), name);
  const scenarios = said('scenarios');
  const moved = (Array.isArray(scenarios) ? scenarios : []).map(
    (each) =>
      `${String(Reflect.get(Object(each), 'id'))} ${String(Reflect.get(Object(each), 'class'))}`,
  );
  const [verdict, mode] = [said('verdict'), said('mode')];
  return { status, verdict, reason: said('reason'), mode, remarks: said('remarks'), moved };
}

(TREE === '' ? describe.skip : describe)('commits of a repository', () => {
  let state = '';

  beforeAll(() => {
    fixture.init('qemu');
    for (const folder of FOLDERS) {
      cpSync(join(TREE, folder), join(fixture.path('qemu'), folder), { recursive: true });
    }
    fixture.commit('qemu', 'base');
    const path = 'system/memory.c';
    const text = readFileSync(join(TREE, path), 'utf8');
    const start = text.indexOf('void memory_region_unref(');
    const broken =
      text.slice(0, start) + text.slice(start).replace('object_unref(mr->owner);', ';');
    fixture.commit('qemu', 'memory: Drop no reference', { [path]: broken });
    fixture.commit('qemu', 'memory: Drop the reference again', { [path]: text });
    writeFileSync(fixture.path('breaks.eml'), fixture.mail('qemu', 'HEAD~2..HEAD~1'));
    state = fixture.state('qemu');
  }, SLOW);

  test(
    'are reviewed as the mail of them is, and the repository stays as it is',
    async () => {
      const tree = fixture.path('qemu');
      const range = await review('HEAD~2..HEAD~1', { tree });
      expect(range).toMatchObject({ status: 1, verdict: 'regression', mode: 'tree', remarks: [] });
      expect(range['moved']).toContain('cross-owner/child-first introduced');
      const mail = await review(fixture.path('breaks.eml'), { tree, base: 'HEAD~2' });
      expect({ ...mail, remarks: [] }).toEqual(range);
      expect(mail['remarks']).toEqual([expect.stringMatching(/^base HEAD~2 \(/u)]);
      expect(fixture.state('qemu')).toBe(state);
    },
    SLOW,
  );

  test(
    'are transient where one mends another',
    async () => {
      const both = await review('HEAD~2..', { tree: fixture.path('qemu') });
      expect(both).toMatchObject({ status: 0, verdict: 'clean' });
      expect(both['moved']).toContain('cross-owner/child-first transient');
    },
    SLOW,
  );

  /** What stands outside of functions, changed: a file, the edit, what a review says. */
  const DECLARATIONS: readonly (readonly [string, string, string, string, string, string])[] = [
    [
      'the head of a function that is not C any more',
      'system/memory.c',
      'void memory_region_ref(MemoryRegion *mr)',
      'void memory_region_ref(MemoryRegion *mr',
      'inconclusive',
      "does not parse, so nothing was run: system/memory.c:1835:1: expected ')'",
    ],
    [
      'a header that is not C any more',
      'include/exec/memory.h',
      'struct MemoryRegion {',
      'struct broken { struct MemoryRegion {',
      'inconclusive',
      'does not parse, so nothing was run: include/exec/memory.h:',
    ],
    [
      'a macro that lifetimes depend on',
      'include/qemu/queue.h',
      '#define QTAILQ_REMOVE(head, elm, field) do {',
      '#define QTAILQ_REMOVE(head, elm, field) do { break;',
      'regression',
      'ended worse than before',
    ],
    [
      'a prototype',
      'include/exec/memory.h',
      'void memory_region_ref(MemoryRegion *mr);',
      'void memory_region_ref(MemoryRegion *mr);\nvoid memory_region_other(MemoryRegion *mr);',
      'clean',
      'No scenario ended differently',
    ],
    [
      'a comment',
      'include/exec/memory.h',
      'struct MemoryRegion {',
      '/* A region. */\nstruct MemoryRegion {',
      'not-applicable',
      'No code of a lifecycle file',
    ],
  ];

  test.each(DECLARATIONS)(
    'are judged where they change %s',
    async (_, path, from, to, verdict, reason) => {
      const text = readFileSync(join(TREE, path), 'utf8');
      expect(text).toContain(from);
      fixture.commit('qemu', 'declare', { [path]: text.replace(from, to) });
      const found = await review('HEAD~1..', { tree: fixture.path('qemu') });
      fixture.commit('qemu', 'undeclare', { [path]: text });
      expect(found).toMatchObject({ verdict, reason: expect.stringContaining(reason) });
    },
    SLOW,
  );

  test('that do not exist are told in one sentence', async () => {
    const tree = fixture.path('qemu');
    await expect(reviewCommand('nosuch..HEAD', { format: 'text', tree })).rejects.toThrow(
      'there is no commit "nosuch"',
    );
    await expect(reviewCommand('HEAD..HEAD', { format: 'text', tree })).rejects.toThrow(
      'has no commits',
    );
    expect(told).toBe('');
  });
});

describe('a range', () => {
  test('needs a repository, and a folder has no revisions', async () => {
    const folder = fixture.folder;
    await expect(reviewCommand('a..b', { format: 'text', tree: folder })).rejects.toThrow(
      'is not the top of a git repository',
    );
    const mail = 'fixtures/guard-only-the-take.patch';
    await expect(reviewCommand(mail, { format: 'text', tree: folder, base: 'x' })).rejects.toThrow(
      '--base names a revision',
    );
    await expect(reviewCommand(mail, { format: 'text', tree: '/nosuch' })).rejects.toThrow(
      '/nosuch is no directory',
    );
    await expect(reviewCommand(mail, { format: 'text', tree: folder })).rejects.toThrow(
      'is no tree that the rule pack memory-region knows',
    );
  });

  test('is told from a file by its dots, and a file comes first', async () => {
    expect(await isCommits('HEAD~3..')).toBe(true);
    expect(await isCommits('../real/seed.txt')).toBe(false);
    writeFileSync(fixture.path('a..b'), '');
    expect(existsSync(fixture.path('a..b'))).toBe(true);
    expect(await isCommits(fixture.path('a..b'))).toBe(false);
  });
});
