import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { readSeries } from '../../src/series/read.ts';
import type { Series } from '../../src/series/series.ts';
import { isRange, readRange, type CommitRange } from '../../src/tree/git-range.ts';
import { unplaced } from '../series/unplaced.ts';
import { Fixture, lines, problemOf } from './git-fixture.ts';

const fixture = new Fixture();
const ids: string[] = [];

beforeAll(() => {
  fixture.init('real');
  ids.push(fixture.commit('real', 'Begin', { 'a.c': lines('a', 30), 'old.c': lines('o', 30) }));
  ids.push(
    fixture.commit('real', 'a: change two places\n\nWith a reason.', {
      'a.c': lines('a', 30, { 3: 'three;', 25: '' }),
    }),
  );
  fixture.git('real', 'mv', 'old.c', 'new.c');
  ids.push(fixture.commit('real', 'Rename', { 'new.c': lines('o', 30, { 9: 'nine;' }) }));
  ids.push(
    fixture.commit('real', 'Naïve end\n\nBytes.', {
      'b.bin': Buffer.from([0, 1, 2]),
      'end.c': 'no end',
      'latin.c': Buffer.from('\xef\n', 'latin1'),
    }),
  );
});

afterAll(async () => fixture.remove());

async function range(text: string, name = 'real'): Promise<CommitRange> {
  return readRange(await fixture.open(name), text);
}

function changes(series: Series | undefined): unknown {
  return series?.patches.map(({ subject, message, author, index, total, files }) => ({
    subject,
    message,
    author,
    index,
    total,
    files: unplaced(files),
  }));
}

describe('a range', () => {
  test('is the series that its mails are', async () => {
    const { series, base, commits } = await range(`${ids[0]}..`);
    const mail = fixture.mail('real', `${ids[0]}..`, '--full-index', '-M');
    const [mails] = (await readSeries('mails', mail)).series;
    expect(changes(series)).toEqual(changes(mails));
    expect(series.patches.map(({ files }) => files.map(({ kind }) => kind))).toEqual([
      ['modified'],
      ['renamed'],
      ['added', 'added', 'added'],
    ]);
    expect([base, commits]).toEqual([ids[0], ids.slice(1)]);
    expect(series.kind).toBe('mbox');
  });

  test.each([
    ['HEAD', [3]],
    ['HEAD~2', [1]],
    ['HEAD~2..', [2, 3]],
    ['HEAD~3..HEAD~1', [1, 2]],
    ['HEAD~1...', [3]],
  ])('%s has the right commits', async (text, expected) => {
    expect((await range(text)).commits).toEqual(expected.map((at) => ids[at]));
  });

  test('gives the tree after each patch without anything being applied', async () => {
    const repository = await fixture.open('real');
    const { base, commits } = await readRange(repository, 'HEAD~3..');
    const images = await Promise.all([base, ...commits].map(async (id) => repository.image(id)));
    expect(images.map((image) => image.has('old.c'))).toEqual([true, true, false, false]);
    expect(images[1]?.get('a.c')).toContain('three;');
  });

  test('says what is left aside', async () => {
    const { series, remarks } = await range('HEAD');
    expect(remarks).toEqual([
      `the binary file "b.bin" changes in ${ids[3]?.slice(0, 12)} and is not looked into`,
    ]);
    expect(series.patches[0]?.files.map(({ binary }) => binary)).toEqual([true, false, false]);
    expect(series.patches[0]?.files[1]?.hunks[0]?.lines).toEqual([
      { kind: 'added', text: 'no end', newLine: 1, noNewline: true },
    ]);
  });

  test.each([
    ['HEAD..HEAD', 'empty-range', /^the range "HEAD\.\.HEAD" has no commits/u],
    ['HEAD..HEAD~1', 'empty-range', /are they the wrong way round\?$/u],
    ['nothing..', 'unknown-revision', /^there is no commit "nothing"/u],
    [
      'HEAD~3',
      'no-parent',
      /^there is nothing before "Begin" \(\w{12}\), with which "HEAD~3" begins; it is the first commit/u,
    ],
    ['--output=FILE..HEAD', 'unknown-revision', /^there is no commit "--output=FILE"/u],
    ['....', 'unknown-revision', /^there is no commit/u],
  ])('%s is an error', async (text, kind, sentence) => {
    const { problem, message } = await problemOf(range(text));
    expect(problem.kind).toBe(kind);
    expect(message).toMatch(sentence);
  });

  test('is told from a file name', () => {
    expect(
      ['HEAD~3..', 'a..b', 'a...b', '../x', 'a/../b', 'x.c', '..', 'HEAD'].map(isRange),
    ).toEqual([true, true, true, false, false, false, false, false]);
  });
});

describe('a history that forks', () => {
  beforeAll(() => {
    fixture.init('forked');
    fixture.commit('forked', 'Begin', { 'a.c': lines('a', 9), 'b.c': lines('b', 9) });
    fixture.git('forked', 'switch', '-q', '-c', 'topic');
    fixture.commit('forked', 'On the topic', { 'a.c': lines('a', 9, { 2: 'topic;' }) });
    fixture.git('forked', 'switch', '-q', 'main');
    fixture.commit('forked', 'On main', { 'b.c': lines('b', 9, { 7: 'main;' }) });
    fixture.git('forked', 'merge', '-q', '--no-ff', '-m', 'Merge the topic', 'topic');
    fixture.commit('forked', 'After', { 'c.c': 'int c;\n' });
    fixture.git('forked', 'switch', '-q', '--orphan', 'alone');
    fixture.commit('forked', 'Alone', { 'z.c': 'int z;\n' });
  });

  test('follows first parents: a merge is one patch, and is named', async () => {
    const { series, remarks } = await range('main~3..main', 'forked');
    expect(
      series.patches.map(({ subject, files }) => [subject, files.map(({ newPath }) => newPath)]),
    ).toEqual([
      ['On main', ['b.c']],
      ['Merge the topic', ['a.c']],
      ['After', ['c.c']],
    ]);
    expect(remarks).toEqual([
      expect.stringMatching(
        /^the merge \w{12} \("Merge the topic"\) is taken as one patch: what it changes against its first parent$/u,
      ),
    ]);
    expect((await range('main~1', 'forked')).series.patches.map(({ subject }) => subject)).toEqual([
      'Merge the topic',
    ]);
  });

  test('begins where the two sides fork', async () => {
    const repository = await fixture.open('forked');
    const two = await readRange(repository, 'main..topic').catch(() => undefined);
    expect(two).toBeUndefined();
    const three = await readRange(repository, 'main~2...topic');
    expect([three.base, three.series.patches.map(({ subject }) => subject)]).toEqual([
      fixture.git('forked', 'rev-parse', 'main~3'),
      ['On the topic'],
    ]);
    expect((await problemOf(readRange(repository, 'alone...main'))).message).toContain(
      'have no commit in common',
    );
  });
});

describe('odd contents', () => {
  test('a submodule, a mode, an empty commit and a message that looks like a diff', async () => {
    fixture.init('odd');
    fixture.commit('odd', 'Begin', { 'a.sh': 'echo\n' });
    fixture.git('odd', 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},"sub`);
    fixture.git('odd', 'update-index', '--chmod=+x', 'a.sh');
    fixture.git('odd', 'commit', '-q', '-m', 'Submodule and mode');
    fixture.git(
      'odd',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      `Empty\n\n${'1'.repeat(40)}\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b`,
    );
    const { series, remarks } = await range('HEAD~2..', 'odd');
    expect(series.patches.map(({ files }) => files)).toEqual([
      [{ oldPath: 'a.sh', newPath: 'a.sh', kind: 'modified', binary: false, hunks: [] }],
      [],
    ]);
    expect(remarks).toEqual([
      expect.stringMatching(/^the submodule ""sub" changes in \w{12} and is not looked into$/u),
    ]);
    expect(series.patches[1]?.message).toContain('diff --git a/x b/x');
  });

  test('a path with a line end is refused by name', async () => {
    fixture.init('hostile');
    fixture.commit('hostile', 'Begin');
    fixture.commit('hostile', 'Odd', { 'a\nb.c': 'int a;\n' });
    await expect(range('HEAD', 'hostile')).rejects.toThrow(
      /the path "a\?b.c" holds a control character/u,
    );
    fixture.commit('hostile', 'Dashes', { '-x': 'int x;\n', '--output=FILE': 'int y;\n' });
    expect(
      (await range('HEAD', 'hostile')).series.patches[0]?.files.map(({ newPath }) => newPath),
    ).toEqual(['--output=FILE', '-x']);
  });

  test('attributes and settings of the repository change nothing', async () => {
    fixture.init('plain');
    fixture.commit('plain', 'Begin', { '.gitattributes': '*.c -diff\n', 'a.c': lines('a', 9) });
    fixture.commit('plain', 'Change', { 'a.c': lines('a', 9, { 4: '' }) });
    for (const [name, value] of [
      ['diff.noprefix', 'true'],
      ['diff.context', '0'],
      ['diff.renames', 'copies'],
      ['diff.algorithm', 'patience'],
      ['core.quotePath', 'false'],
      ['diff.submodule', 'log'],
      ['diff.suppressBlankEmpty', 'true'],
      ['color.ui', 'always'],
      ['format.pretty', 'oneline'],
    ]) {
      fixture.git('plain', 'config', name ?? '', value ?? '');
    }
    const [file] = (await range('HEAD', 'plain')).series.patches[0]?.files ?? [];
    expect(file).toMatchObject({
      oldPath: 'a.c',
      binary: false,
      hunks: [{ oldStart: 1, oldCount: 7 }],
    });
  });
});
