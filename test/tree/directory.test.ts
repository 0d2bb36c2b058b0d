import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canLink, parsePack } from '../../src/lifecycle/pack.ts';
import { applyToTree, openTree, treePath } from '../../src/lifecycle/tree.ts';
import { openDirectory } from '../../src/tree/directory.ts';
import { enumerate, overlay, packFolder, readImage } from '../../src/tree/image.ts';

let folder = '';
let root = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifecycle-tree-'));
  root = join(folder, 'root');
  mkdirSync(join(root, 'sub'), { recursive: true });
  writeFileSync(join(folder, 'secret.h'), 'secret\n');
  writeFileSync(join(root, 'a.h'), 'a\n');
  symlinkSync(join(folder, 'secret.h'), join(root, 'out.h'));
  symlinkSync(folder, join(root, 'up'));
  symlinkSync('../a.h', join(root, 'sub', 'in.h'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder of source files', () => {
  test('shows its own files, by links too', () => {
    const image = openDirectory(root);
    expect([image.get('a.h'), image.get('sub/in.h'), image.get('none.h')]).toEqual([
      'a\n',
      'a\n',
      undefined,
    ]);
    expect(image.get('sub')).toBeUndefined();
  });

  test.each(['../secret.h', 'out.h', 'up/secret.h', 'sub/../../secret.h', '/etc/passwd'])(
    'never shows %s',
    (path) => {
      expect(openDirectory(root).get(path)).toBeUndefined();
    },
  );
});

test('files over an image hide its own, and can be gone', () => {
  const base = new Map([
    ['a', '1'],
    ['b', '2'],
  ]);
  const image = overlay(
    base,
    new Map([
      ['a', '3'],
      ['b', undefined],
      ['c', '4'],
    ]),
  );
  expect(['a', 'b', 'c'].map((path) => image.get(path))).toEqual(['3', undefined, '4']);
  expect([...enumerate(image)]).toEqual([
    ['a', '3'],
    ['c', '4'],
  ]);
});

async function open(files: Record<string, string>) {
  const programs = await readImage(packFolder('memory-region'));
  const pack = parsePack('pack.yaml', programs.get('pack.yaml') ?? '');
  return { pack, programs, tree: openTree(pack, programs, new Map(Object.entries(files)), 'T') };
}

describe('a tree', () => {
  const marked = { VERSION: '7', 'include/qemu/osdep.h': '' };

  test('that lacks a marker or a file is refused by name', async () => {
    await expect(open({})).rejects.toThrow('T is no tree that the rule pack');
    await expect(open(marked)).rejects.toThrow('T has no system/memory.c, softmmu/memory.c');
  });

  test('has its files under the names of its release', async () => {
    const { pack, tree } = await open({ ...marked, 'softmmu/memory.c': '', 'qom/object.c': '' });
    expect(tree.pack.units.slice(0, 2)).toEqual(['softmmu/memory.c', 'qom/object.c']);
    expect(treePath(pack, tree.image, 'system/memory.c')).toBe('softmmu/memory.c');
  });

  test('has the scenarios that need more of it where it has that', async () => {
    const small = { ...marked, 'softmmu/memory.c': '', 'qom/object.c': '' };
    const { pack } = await open(small);
    const [[first = '', second = ''] = [], ...rest] = pack.tree.groups[0]?.needs ?? [];
    const others = Object.fromEntries(rest.map(([path = '']) => [path, '']));
    const without = await open({ ...small, [first]: '' });
    const having = await open({ ...small, ...others, [second]: '' });
    expect(without.tree.pack.groups).toEqual([]);
    expect(canLink(without.tree.pack, 'mapping/cached')).toBe(false);
    expect(canLink(having.tree.pack, 'mapping/cached')).toBe(true);
  });

  test('keeps a patch from changing what the pack brings', async () => {
    const { pack, programs, tree } = await open({ ...marked, 'memory.c': '', 'qom/object.c': '' });
    const file = { newPath: 'lifecycle.c', kind: 'added', binary: false, hunks: [] } as const;
    const patch = { index: 1, total: 1, subject: '', message: '', files: [file] };
    expect(() => applyToTree(pack, programs)(tree.image, patch)).toThrow(
      'the patch changes a file that the rule pack brings',
    );
  });
});
