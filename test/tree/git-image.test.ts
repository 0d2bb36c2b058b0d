import { symlinkSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { readRange } from '../../src/tree/git-range.ts';
import { applyToCommit, chooseBase } from '../../src/tree/git-base.ts';
import type { GitImage } from '../../src/tree/git-image.ts';
import { readSeries } from '../../src/series/read.ts';
import { Fixture, lines, problemOf } from './git-fixture.ts';

const fixture = new Fixture();
let first = '';

beforeAll(() => {
  fixture.init('real');
  fixture.write('real', {
    'main.c': '#include "local.h"\n#  include <one.h>\n#include "sys/two.h"\n#include <stdio.h>\n',
    'local.h': 'int local;\n',
    'include/one.h': '#include "one-more.h"\nint one;\n',
    'include/one-more.h': 'int more;\n',
    'include/local.h': 'int other;\n',
    'include/sys/two.h': '#if 0\n#include "../one.h"\n#endif\n#include CONFIG\n',
    'latin.c': Buffer.from('/* na\xefve */\n', 'latin1'),
    'odd/with\nline end.c': 'int odd;\n',
    'odd/-x': 'int dash;\n',
    'config.h': 'int config;\n',
  });
  symlinkSync('../local.h', fixture.path('real/include/link.h'));
  symlinkSync('link.h', fixture.path('real/include/chain.h'));
  symlinkSync('/etc/passwd', fixture.path('real/include/out.h'));
  symlinkSync('loop.h', fixture.path('real/include/loop.h'));
  fixture.commit('real', 'Begin');
  fixture.git('real', 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
  fixture.git('real', 'commit', '-q', '-m', 'Add a submodule');
  first = fixture.git('real', 'rev-parse', 'HEAD');
  fixture.commit('real', 'Change', { 'main.c': 'int changed;\n' });
});

afterAll(async () => fixture.remove());

async function image(name: string): Promise<GitImage> {
  const repository = await fixture.open(name);
  return repository.image(await repository.resolve(first));
}

describe('the image of a commit', () => {
  test('has every file by its path, whatever the work tree has', async () => {
    fixture.write('real', { 'main.c': 'dirty\n' });
    const files = await image('real');
    expect(files.get('main.c')).toContain('#include "local.h"');
    expect(files.get('odd/with\nline end.c')).toBe('int odd;\n');
    expect(files.get('odd/-x')).toBe('int dash;\n');
    expect(files.get('latin.c')).toBe('/* naïve */\n');
    expect([files.get('nothing.c'), files.get('odd'), files.get('sub'), files.get('')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('follows links inside the tree only', async () => {
    const files = await image('real');
    const links = ['include/link.h', 'include/chain.h', 'include/out.h', 'include/loop.h'];
    expect(links.map((path) => files.get(path))).toEqual([
      'int local;\n',
      'int local;\n',
      undefined,
      undefined,
    ]);
  });

  test('reads what a file includes, and gives the rest all the same', async () => {
    const repository = await fixture.open('real');
    const files = await repository.image(first);
    await files.prefetch(['main.c', 'not-there.c'], ['include', '.']);
    // Without its room git finds nothing any more: what comes now was read before.
    await repository.close();
    const read = ['main.c', 'local.h', 'include/one.h', 'include/one-more.h', 'include/sys/two.h'];
    expect(read.every((path) => files.get(path) !== undefined)).toBe(true);
    expect(() => files.get('config.h')).toThrow(/lacks the blob/u);
    const again = await image('real');
    await again.prefetch(['main.c'], ['include', '.']);
    expect(again.get('config.h')).toBe('int config;\n');
  });

  test('reads many files at once and in several rounds at the same time', async () => {
    fixture.init('many');
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`f${at}.c`, lines(`f${at}_`, 1 + (at % 300))]),
    );
    const id = fixture.commit('many', 'Many', {
      ...files,
      'big.c': 'x'.repeat(3_000_000),
      'empty.c': '',
    });
    const repository = await fixture.open('many');
    const all = await repository.image(id);
    const paths = [...all.paths()];
    await Promise.all([all.prefetch(paths, []), all.prefetch(paths.toReversed(), [])]);
    expect(Object.keys(files).every((path) => all.get(path) === files[path])).toBe(true);
    expect([all.get('big.c')?.length, all.get('empty.c')]).toEqual([3_000_000, '']);
  });
});

describe('a partial clone', () => {
  beforeAll(() => {
    fixture.git('real', 'config', 'uploadpack.allowFilter', 'true');
    fixture.git('real', 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const url = `file://${fixture.path('real')}`;
    fixture.git('', 'clone', '-q', '--no-checkout', '--filter=blob:none', url, 'partial');
  });

  test('says which blob it lacks, and fetches nothing', async () => {
    const before = fixture.state('partial');
    const repository = await fixture.open('partial');
    expect(repository.partial).toBe(true);
    const files = await repository.image(first);
    const { problem, message } = await problemOf(
      files.prefetch(['main.c', 'latin.c'], ['include']),
    );
    const id = fixture.git('real', 'rev-parse', `${first}:main.c`);
    expect(problem).toEqual({ kind: 'missing-object', path: 'main.c', id, others: 1 });
    const git = `git -C ${fixture.path('partial')}`;
    expect(message).toBe(
      `this clone lacks the blob ${id} of "main.c" and 1 more; it is a partial clone: "${git} show ${id}" fetches this object, "${git} fetch --refetch --no-filter" all.`,
    );
    expect(() => files.get('local.h')).toThrow(/lacks the blob \w{40} of "local.h"/u);
    expect((await problemOf(readRange(repository, 'HEAD'))).problem).toMatchObject({
      kind: 'missing-object',
      path: 'main.c',
    });
    const mail = fixture.mail('real', 'HEAD~1..HEAD');
    const [series] = (await readSeries('mail', mail)).series;
    const base = await chooseBase(repository, { basedOn: [] }, first);
    const options = { history: [], hints: { basedOn: [] } };
    const applied = series && applyToCommit(repository, base, series, options);
    expect((await problemOf(Promise.resolve(applied))).problem).toMatchObject({
      kind: 'missing-object',
      path: 'main.c',
    });
    expect(await repository.find('2'.repeat(40))).toBeUndefined();
    expect(await repository.find(`${'2'.repeat(40)}~1`)).toBeUndefined();
    expect(await repository.find(`${id}^{blob}`)).toBeUndefined();
    expect(fixture.state('partial')).toBe(before);
  });

  test('reads what it has, and all after what the sentence says', async () => {
    fixture.git('partial', 'show', fixture.git('real', 'rev-parse', `${first}:main.c`));
    const some = await image('partial');
    await some.prefetch(['main.c'], ['include']);
    expect(some.get('main.c')).toContain('local.h');
    expect(() => some.get('local.h')).toThrow(/lacks the blob/u);
    fixture.git('partial', 'fetch', '-q', '--refetch', '--no-filter');
    expect((await image('partial')).get('local.h')).toBe('int local;\n');
  });
});

test('a damaged repository is said to be one', async () => {
  fixture.init('damaged');
  const id = fixture.commit('damaged', 'Begin', { 'a.c': 'int a;\n' });
  const blob = fixture.git('damaged', 'rev-parse', 'HEAD:a.c');
  const { rmSync } = await import('node:fs');
  rmSync(fixture.path(`damaged/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`));
  const repository = await fixture.open('damaged');
  const files = await repository.image(id);
  expect(() => files.get('a.c')).toThrow(/the repository is damaged: "git -C \S+ fsck" says more/u);
  const gone = await problemOf(repository.image('3'.repeat(40)));
  expect(gone.problem).toMatchObject({ kind: 'missing-object', id: '3'.repeat(40) });
});
