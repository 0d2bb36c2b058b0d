import { mkdirSync, symlinkSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { readSeries } from '../../src/series/read.ts';
import type { Series } from '../../src/series/series.ts';
import type { Level } from '../../src/tree/git-apply.ts';
import { applyToCommit, chooseBase, describeBase } from '../../src/tree/git-base.ts';
import { applyToDirectory } from '../../src/tree/git-directory.ts';
import { baseHints, type BaseHints } from '../../src/tree/git-fit.ts';
import type { NameHistory } from '../../src/tree/git-names.ts';
import { Fixture, lines, problemOf } from './git-fixture.ts';

const fixture = new Fixture();
const HISTORY: NameHistory = [['system/m.c', 'soft/m.c', 'm.c']];

afterAll(async () => fixture.remove());

async function read(mail: Uint8Array): Promise<{ series: Series; hints: BaseHints }> {
  const { series, errors } = await readSeries('mail', mail);
  expect(errors).toEqual([]);
  return {
    series: series[0] ?? { kind: 'diff', subject: '', version: 1, patches: [], repairs: [] },
    hints: baseHints(mail),
  };
}

async function apply(
  name: string,
  mail: Uint8Array,
  revision?: string,
  history: NameHistory = HISTORY,
): Promise<Level[]> {
  const { series, hints } = await read(mail);
  const repository = await fixture.open(name);
  const base = await chooseBase(repository, hints, revision);
  return applyToCommit(repository, base, series, { history, hints });
}

async function applyIn(name: string, mail: Uint8Array): Promise<Level[]> {
  const { series, hints } = await read(mail);
  return applyToDirectory(fixture.path(name), series, { history: HISTORY, hints });
}

/** A history: v1 has `soft/m.c`; v2 moved it to `system/m.c` and added lines above; then three commits of a topic. */
beforeAll(() => {
  fixture.init('real');
  fixture.commit('real', 'Release 1', {
    'soft/m.c': lines('m', 60),
    'h.h': lines('h', 30),
    'gone.c': 'int gone;\n',
  });
  fixture.git('real', 'tag', 'v1');
  mkdirSync(fixture.path('real/system'));
  fixture.git('real', 'mv', 'soft/m.c', 'system/m.c');
  fixture.commit('real', 'Release 2', {
    'system/m.c': lines('m', 60, { 2: 'two;\nmore;\nlines;', 50: 'fifty;' }),
  });
  fixture.git('real', 'tag', 'v2');
  fixture.commit('real', 'm: change the middle', {
    'system/m.c': lines('m', 60, { 2: 'two;\nmore;\nlines;', 30: 'thirty;', 50: 'fifty;' }),
  });
  fixture.git('real', 'mv', 'h.h', 'header.h');
  fixture.git('real', 'rm', '-q', 'gone.c');
  fixture.commit('real', 'h: move', {
    'header.h': lines('h', 30, { 15: 'fifteen;' }),
    'new.c': 'int n;\n',
  });
  fixture.commit('real', 'm: change the end', {
    'system/m.c': lines('m', 60, { 2: 'two;\nmore;\nlines;', 30: 'thirty;', 50: 'FIFTY;', 52: '' }),
    'new.c': 'int n;\nno end',
  });
});

describe('a series on a base', () => {
  test('gives the files after each patch, as the commits have them', async () => {
    const levels = await apply('real', fixture.mail('real', 'v2..'), 'v2');
    expect(levels.map(({ patch }) => patch.subject)).toEqual([
      'm: change the middle',
      'h: move',
      'm: change the end',
    ]);
    const repository = await fixture.open('real');
    for (const [at, level] of levels.entries()) {
      const image = await repository.image(await repository.resolve(`HEAD~${2 - at}`));
      const wanted = [...level.changed.keys()].map((path) => [path, image.get(path)]);
      expect([...level.changed]).toEqual(wanted);
    }
    expect([...(levels[2]?.changed.keys() ?? [])]).toEqual([
      'gone.c',
      'h.h',
      'header.h',
      'new.c',
      'system/m.c',
    ]);
    expect(levels.map(({ remarks }) => remarks)).toEqual([[], [], []]);
    // On the commits that they were made on, all lines stand where the mails say.
    for (const { path, line, at } of levels.flatMap((level) => level.lines)) {
      const own = line.kind === 'added' ? line.newLine : line.oldLine;
      expect(at?.line).toBe(own);
      expect(at?.file).toBe(path === 'header.h' && line.kind === 'removed' ? 'h.h' : path);
    }
    expect(levels[1]?.files.map(({ kind }) => kind)).toEqual(['deleted', 'renamed', 'added']);
  });

  test('finds a file under the name that the base has, and lines where they stand there', async () => {
    const [level] = await apply('real', fixture.mail('real', 'v2..HEAD~2'), 'v1');
    expect(level?.renamings).toEqual([{ mail: 'system/m.c', tree: 'soft/m.c' }]);
    expect(level?.remarks).toEqual(['"system/m.c" is "soft/m.c" there']);
    expect(level?.changed).toEqual(new Map([['soft/m.c', lines('m', 60, { 30: 'thirty;' })]]));
    expect(level?.patch.files[0]?.hunks[0]?.newStart).toBe(29);
    expect(level?.files[0]?.hunks[0]?.newStart).toBe(27);
    expect(level?.lines).toEqual([
      {
        path: 'system/m.c',
        line: { kind: 'removed', text: 'm30;', oldLine: 32 },
        at: { file: 'soft/m.c', line: 30 },
      },
      {
        path: 'system/m.c',
        line: { kind: 'added', text: 'thirty;', newLine: 32 },
        at: { file: 'soft/m.c', line: 30 },
      },
    ]);
  });

  test("finds it also by git's rename detection, where the history of names is silent", async () => {
    const [level] = await apply('real', fixture.mail('real', 'v2..HEAD~2'), 'v1', []);
    expect(level?.renamings).toEqual([{ mail: 'system/m.c', tree: 'soft/m.c' }]);
    expect(level?.changed.get('soft/m.c')).toContain('thirty;');
  });

  test('is merged three-way where a line nearby is another', async () => {
    fixture.git('real', 'switch', '-q', '-c', 'side', 'v2');
    fixture.commit('real', 'Side', {
      'system/m.c': lines('m', 60, { 2: 'two;\nmore;\nlines;', 28: 'side;', 50: 'fifty;' }),
    });
    fixture.git('real', 'switch', '-q', 'main');
    const mail = fixture.mail('real', 'v2..HEAD~2');
    const [level] = await apply('real', mail, 'side');
    expect(level?.lines.map(({ at }) => at?.line)).toEqual([32, 32]);
    expect(level?.remarks).toEqual([
      'patch 1 was merged three-way: its lines stand elsewhere on side',
    ]);
    expect(level?.changed.get('system/m.c')).toBe(
      lines('m', 60, { 2: 'two;\nmore;\nlines;', 28: 'side;', 30: 'thirty;', 50: 'fifty;' }),
    );
  });

  test('copies, modes, links, empty and binary files', async () => {
    fixture.init('kinds');
    fixture.commit('kinds', 'Begin', { 'a.c': lines('a', 30), 'run.sh': 'echo\n', 'to.c': 'x\n' });
    symlinkSync('a.c', fixture.path('kinds/link.c'));
    const base = fixture.commit('kinds', 'Link');
    fixture.git('kinds', 'rm', '-q', 'link.c');
    symlinkSync('to.c', fixture.path('kinds/link.c'));
    fixture.write('kinds', {
      'copy.c': lines('a', 30, { 4: 'four;' }),
      'empty.c': '',
      'b.bin': Buffer.from([0, 1]),
      'odd name "ä.c': 'x\n',
    });
    fixture.git('kinds', 'update-index', '--chmod=+x', 'run.sh');
    fixture.commit('kinds', 'Kinds', { 'a.c': lines('a', 30, { 20: 'twenty;' }) });
    const [level] = await apply('kinds', fixture.mail('kinds', `${base}..`, '-C'), base);
    expect([...(level?.changed ?? [])].map(([path, text]) => [path, text?.slice(0, 4)])).toEqual([
      ['a.c', 'a1;\n'],
      ['copy.c', 'a1;\n'],
      ['empty.c', ''],
      ['odd name "ä.c', 'x\n'],
    ]);
    expect(level?.remarks).toEqual([
      'the binary file "b.bin" is left as it is',
      'the symbolic link "link.c" is left as it is',
    ]);
  });
});

describe('a patch that does not apply', () => {
  test('is named with base, file, hunk, line of the mail, and the base that fits', async () => {
    const mail = fixture.mail('real', 'HEAD~1..');
    const { problem, message } = await problemOf(apply('real', mail, 'v1'));
    const second =
      mail
        .toString()
        .split('\n')
        .findIndex((line) => line.startsWith('@@ -49,')) + 1;
    expect(second).toBeGreaterThan(1);
    expect(problem).toEqual({
      kind: 'does-not-apply',
      base: 'v1',
      patch: 1,
      subject: 'm: change the end',
      path: 'new.c',
      reason: 'no-such-file',
      fitting: { revision: expect.any(String), because: 'blob' },
      basedOn: [],
    });
    expect(message).toMatch(
      /^the patch "m: change the end" does not apply to v1: it changes "new.c", which is not there; \w+ has the files as the mail expects them: give --base \w+\.$/u,
    );
    const series = fixture.mail('real', 'v2..');
    const damaged = Buffer.from(
      series
        .toString()
        .replace('-fifty;', '-filthy;')
        .replace(/^index .*$/gmu, ''),
    );
    const other = await problemOf(apply('real', damaged, 'v2'));
    const line = damaged.toString().split('\n').lastIndexOf('-filthy;');
    expect(other.problem).toMatchObject({
      patch: 3,
      path: 'system/m.c',
      reason: 'other-text',
      hunk: 1,
    });
    expect(other.message).toMatch(
      /^patch 3\/3 "m: change the end" does not apply to v2: hunk 1 of "system\/m.c" \(line \d+ of the mail\) does not find its lines in that file; nothing here/u,
    );
    expect(other.problem).toMatchObject({ mailLine: line - 3 });
  });

  test('finds the base that fits in the history, where no branch or tag does', async () => {
    const { problem } = await problemOf(apply('real', fixture.mail('real', 'HEAD~1..'), 'v1'));
    const { fitting } = problem.kind === 'does-not-apply' ? problem : { fitting: undefined };
    expect(fitting?.revision).toBe(fixture.git('real', 'rev-parse', 'HEAD~1').slice(0, 12));
    await apply('real', fixture.mail('real', 'HEAD~1..'), fitting?.revision);
  });

  test('that is in the base already is said to be', async () => {
    const { problem, message } = await problemOf(
      apply('real', fixture.mail('real', 'HEAD~1..'), 'HEAD'),
    );
    expect(problem).toMatchObject({ reason: 'already-applied' });
    expect(message).toBe(
      'the patch "m: change the end" is already in HEAD; give a base without it, such as the commit before.',
    );
  });

  test('of a file that is there already', async () => {
    const mail = Buffer.from(
      'diff --git a/h.h b/h.h\nnew file mode 100644\n--- /dev/null\n+++ b/h.h\n@@ -0,0 +1 @@\n+x\n',
    );
    expect((await problemOf(apply('real', mail, 'v2'))).message).toBe(
      'the patch does not apply to v2: the file that it makes of "h.h" is there already; nothing here has the files as the mail expects them: fetch newer history, or have it rebased.',
    );
  });

  test('says what the mail itself says about its base', async () => {
    const text = fixture
      .mail('real', 'HEAD~1..')
      .toString()
      .replace(/^index .*$/gmu, '');
    const unknown = Buffer.from(text.replace(/^-- $/mu, `base-commit: ${'4'.repeat(40)}\n-- `));
    expect((await problemOf(apply('real', unknown, 'v1'))).message).toMatch(
      /; the mail names the base-commit 444444444444, which is not here: fetch it\.$/u,
    );
    const known = Buffer.from(
      text.replace(/^-- $/mu, `base-commit: ${fixture.git('real', 'rev-parse', 'HEAD~1')}\n-- `),
    );
    expect((await problemOf(apply('real', known, 'v1'))).message).toMatch(
      /is the base-commit that the mail names: give --base \w{40}\.$/u,
    );
    expect(await apply('real', known)).toHaveLength(1);
    const based = Buffer.from(text.replace(/^---$/mu, 'Based-on: <one@example.org>\n---'));
    const { problem, message } = await problemOf(apply('real', based, 'v1'));
    expect(problem).toMatchObject({ basedOn: ['one@example.org'] });
    expect(message).toMatch(
      /it is based on the mail <one@example.org>: put that series before it in one mbox/u,
    );
  });

  test('on the very base that it was made for is damaged', async () => {
    const text = fixture
      .mail('real', 'HEAD~1..')
      .toString()
      .replace(/^-FIFTY|^-fifty/mu, '-filthy');
    const { problem, message } = await problemOf(apply('real', Buffer.from(text), 'HEAD~1'));
    expect(problem).toMatchObject({ fitting: { because: 'same' }, hunk: 1 });
    expect(message).toMatch(
      /; HEAD~1 has the files as the mail expects them, so the mail was damaged/u,
    );
    const base = `base-commit: ${fixture.git('real', 'rev-parse', 'HEAD~1')}`;
    const named = Buffer.from(text.replace(/^index .*$/gmu, '').replace(/^-- $/mu, `${base}\n-- `));
    expect((await problemOf(apply('real', named))).message).toMatch(
      /; nothing here has the files/u,
    );
  });

  test('never escapes: paths of a hostile mail stay inside the workshop', async () => {
    fixture.init('target');
    fixture.commit('target', 'Begin', { 'a.c': 'a\n' });
    const before = fixture.state('target');
    for (const path of ['.git/config', '-x', '--output=FILE', ':(glob)*', 'link/x.c']) {
      const mail = Buffer.from(
        `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+x\n`,
      );
      const levels = await apply('target', mail, 'HEAD').catch(() => undefined);
      expect(levels === undefined || levels[0]?.changed.get(path) === 'x\n').toBe(true);
      expect(levels === undefined).toBe(path === '.git/config');
    }
    expect(fixture.state('target')).toBe(before);
  });
});

describe('the base of a mail', () => {
  test('is what was asked for, else its base-commit, else HEAD, and that is said', async () => {
    const repository = await fixture.open('real');
    const [head, one] = [await repository.resolve('HEAD'), await repository.resolve('v1')];
    const hints = { baseCommit: one, basedOn: [] };
    const bases = [
      await chooseBase(repository, hints, 'v2'),
      await chooseBase(repository, hints),
      await chooseBase(repository, { baseCommit: '5'.repeat(40), basedOn: [] }),
    ];
    expect(bases.map(({ because }) => because)).toEqual(['given', 'base-commit', 'head']);
    expect(bases.map(describeBase)).toEqual([
      `base v2 (${(await repository.resolve('v2')).slice(0, 12)})`,
      `base ${one.slice(0, 12)}, the base-commit of the mail`,
      `base HEAD (${head.slice(0, 12)}); another one is taken with --base`,
    ]);
    expect((await problemOf(chooseBase(repository, hints, '--output=x'))).problem.kind).toBe(
      'unknown-revision',
    );
  });

  test('is not read from a mail that names two', () => {
    const two = `base-commit: ${'1'.repeat(40)}\n> base-commit: ${'2'.repeat(40)}\nBased-on: <a@b>\nbased-on: a@b\n`;
    expect(baseHints(Buffer.from(two))).toEqual({ basedOn: ['a@b'] });
  });
});

describe('a plain directory', () => {
  beforeAll(() => {
    fixture.write('', {
      'plain/soft/m.c': lines('m', 60),
      'plain/h.h': lines('h', 30),
      'outside.c': lines('m', 60),
    });
    symlinkSync('../outside.c', fixture.path('plain/m.c'));
  });

  test('takes a mail by the same rules and stays as it is', async () => {
    const before = fixture.state('plain');
    const [level] = await applyIn('plain', fixture.mail('real', 'v2..HEAD~2'));
    expect(level?.renamings).toEqual([{ mail: 'system/m.c', tree: 'soft/m.c' }]);
    expect([...(level?.changed ?? [])]).toEqual([['soft/m.c', lines('m', 60, { 30: 'thirty;' })]]);
    expect(fixture.state('plain')).toBe(before);
  });

  test('names what does not apply', async () => {
    const { message } = await problemOf(applyIn('plain', fixture.mail('real', 'HEAD~1..')));
    expect(message).toMatch(
      /^the patch "m: change the end" does not apply to \S+plain: it changes "new.c", which is not there; a directory has no history in which a base could be looked up/u,
    );
    expect(
      (await problemOf(applyIn('nowhere', fixture.mail('real', 'HEAD~1..')))).problem.kind,
    ).toBe('no-folder');
  });

  test('never reads through a link that leads out', async () => {
    const mail = fixture.mail('real', 'v2..HEAD~2').toString().replaceAll('system/m.c', 'm.c');
    const { series, hints } = await read(Buffer.from(mail));
    const out = applyToDirectory(fixture.path('plain'), series, { history: [], hints });
    expect((await problemOf(out)).problem).toMatchObject({ reason: 'no-such-file', path: 'm.c' });
  });
});
