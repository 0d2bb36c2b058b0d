import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { openRepository } from '../../src/tree/git-repository.ts';
import { readRange } from '../../src/tree/git-range.ts';
import { applyToCommit, chooseBase } from '../../src/tree/git-base.ts';
import { baseHints } from '../../src/tree/git-fit.ts';
import { readSeries } from '../../src/series/read.ts';
import { Fixture, lines, problemOf } from './git-fixture.ts';

const fixture = new Fixture();
const ids: string[] = [];

beforeAll(() => {
  fixture.init('real');
  ids.push(fixture.commit('real', 'Begin', { 'a.c': lines('a', 20), 'sub/b.c': 'int b;\n' }));
  ids.push(fixture.commit('real', 'Change', { 'a.c': lines('a', 20, { 3: 'changed;' }) }));
  fixture.git('real', 'tag', '-a', '-m', 'One', 'v1', 'HEAD~1');
  fixture.git('real', 'update-ref', 'refs/heads/-x', 'HEAD~1');
  fixture.git('real', 'update-ref', 'refs/heads/--output=FILE', 'HEAD~1');
});

afterAll(async () => fixture.remove());

describe('a repository is found', () => {
  test('from its top, from below, bare, and from a second work tree', async () => {
    fixture.git('', 'clone', '-q', '--bare', 'real', 'bare.git');
    fixture.git('real', 'worktree', 'add', '-q', '--detach', fixture.path('second'), 'HEAD~1');
    const found = await Promise.all(
      ['real', 'real/sub', 'bare.git', 'second'].map(async (n) => fixture.open(n)),
    );
    expect(found.map(({ prefix }) => prefix)).toEqual(['', 'sub/', '', '']);
    expect(await Promise.all(found.map(async (each) => each.resolve('HEAD')))).toEqual([
      ids[1],
      ids[1],
      ids[1],
      ids[0],
    ]);
    const image = await found[1]?.image(ids[0] ?? '');
    expect([...(image?.paths() ?? [])]).toEqual(['a.c', 'sub/b.c']);
    fixture.git('real', 'worktree', 'remove', '--force', fixture.path('second'));
  });

  test('with objects in another repository, and with SHA-256', async () => {
    fixture.git('', 'clone', '-q', '--shared', 'real', 'shared');
    const shared = await fixture.open('shared');
    expect((await shared.image(await shared.resolve('v1'))).get('sub/b.c')).toBe('int b;\n');
    fixture.init('wide', '--object-format=sha256');
    fixture.commit('wide', 'Begin', { 'a.c': 'int a;\n' });
    const wide = await fixture.open('wide');
    expect((await wide.image(await wide.resolve('HEAD'))).get('a.c')).toBe('int a;\n');
  });

  test('not in a plain directory, and no folder is an error', async () => {
    mkdirSync(fixture.path('plain'));
    expect(await openRepository(fixture.path('plain'))).toBeUndefined();
    const { problem, message } = await problemOf(openRepository(fixture.path('nowhere')));
    expect(problem.kind).toBe('no-folder');
    expect(message).toMatch(/nowhere" is no folder; give the top of a source tree/u);
  });

  test('whatever the environment names: another repository, editors, pagers', async () => {
    const names = [
      'EDITOR',
      'VISUAL',
      'PAGER',
      'GIT_EDITOR',
      'GIT_PAGER',
      'GIT_EXTERNAL_DIFF',
      'GIT_SSH',
      'SSH_ASKPASS',
      'PREFIX',
      'GIT_DIR',
      'GIT_INDEX_FILE',
      'GIT_WORK_TREE',
      'GIT_CONFIG_COUNT',
      'GIT_TRACE',
      'GIT_OBJECT_DIRECTORY',
      'LESS',
    ];
    const before = names.map((name) => [name, process.env[name]] as const);
    names.forEach((name) => (process.env[name] = fixture.path('bare.git')));
    try {
      expect(await openRepository(fixture.path('plain'))).toBeUndefined();
      await useAll('real');
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) {
          Reflect.deleteProperty(process.env, name);
        } else {
          process.env[name] = value;
        }
      }
    }
  });

  test('but not read where it belongs to another user', async () => {
    if (process.getuid?.() !== 0) {
      process.stderr.write('skipped: only root can give a folder away\n');
      return;
    }
    fixture.init('theirs');
    chownSync(fixture.path('theirs'), 12_345, 12_345);
    chownSync(fixture.path('theirs/.git'), 12_345, 12_345);
    const { problem, message } = await problemOf(openRepository(fixture.path('theirs')));
    expect(problem.kind).toBe('not-trusted');
    expect(message).toContain(`git config --global --add safe.directory ${fixture.path('theirs')}`);
  });

  test('and one that is broken is said to be', async () => {
    fixture.init('broken');
    fixture.write('broken', { '.git/config': '[core\n' });
    const { problem, message } = await problemOf(openRepository(fixture.path('broken')));
    expect(problem.kind).toBe('unreadable');
    expect(message).not.toContain('fatal');
  });
});

describe('a revision', () => {
  test('may begin with a dash and never is an option', async () => {
    const repository = await fixture.open('real');
    expect(await repository.find('-x')).toBe(ids[0]);
    expect(await repository.find('--output=FILE')).toBe(ids[0]);
    for (const hostile of [
      '--output=OTHER',
      '--help',
      '--upload-pack=touch x',
      '-',
      '',
      'a\nb',
      '@{',
      ':/nothing',
      '--',
      '--all',
    ]) {
      expect(await repository.find(hostile)).toBeUndefined();
    }
    expect(readdirSync(fixture.path('real'))).not.toContain('OTHER');
    expect(await repository.find('v1')).toBe(ids[0]);
    expect(await repository.find('v1^{tree}')).toBeUndefined();
    expect(await repository.find(ids[1] ?? '')).toBe(ids[1]);
    expect(await repository.find('0'.repeat(40))).toBeUndefined();
  });

  test('that does not exist is named, on one line', async () => {
    const repository = await fixture.open('real');
    const { problem, message } = await problemOf(repository.resolve('v9\u001b[31m'));
    expect(problem).toMatchObject({ kind: 'unknown-revision' });
    expect(message).toMatch(
      /^there is no commit "v9\?\[31m" in .*"git log" and "git branch -a" show/u,
    );
  });

  test('in a shallow clone says that history is cut off', async () => {
    fixture.git('', 'clone', '-q', '--depth=1', `file://${fixture.path('real')}`, 'shallow');
    const repository = await fixture.open('shallow');
    expect((await problemOf(repository.resolve('HEAD~1'))).message).toContain(
      'its history is cut off (a shallow clone)',
    );
    const { problem, message } = await problemOf(readRange(repository, 'HEAD'));
    expect(problem.kind).toBe('no-parent');
    expect(message).toContain('the clone is shallow and ends there');
  });
});

/** Everything that this room does with a repository. */
async function useAll(name: string): Promise<void> {
  const repository = await openRepository(fixture.path(name));
  if (repository === undefined) {
    throw new Error('no repository');
  }
  const image = await repository.image(await repository.resolve('HEAD'));
  await image.prefetch(['a.c'], ['.']);
  await readRange(repository, 'HEAD~1..');
  const mail = fixture.mail('real', 'HEAD~1..HEAD');
  const [series] = (await readSeries('mail', mail)).series;
  if (series !== undefined) {
    const options = { history: [], hints: baseHints(mail) };
    await applyToCommit(
      repository,
      await chooseBase(repository, options.hints, 'v1'),
      series,
      options,
    );
    await problemOf(
      applyToCommit(repository, await chooseBase(repository, options.hints), series, options),
    );
  }
  await repository.close();
}

describe('the repository stays as it is', () => {
  test('with a dirty work tree, staged and untracked files, and several runs at once', async () => {
    fixture.git('', 'clone', '-q', 'real', 'dirty');
    fixture.write('dirty', { 'a.c': 'dirty\n', 'new.c': 'untracked\n', 'staged.c': 'staged\n' });
    fixture.git('dirty', 'add', 'staged.c');
    const before = fixture.state('dirty');
    await Promise.all([useAll('dirty'), useAll('dirty'), useAll('dirty')]);
    expect(fixture.state('dirty')).toBe(before);
  });

  test('and nothing that its settings name is run', async () => {
    fixture.git('', 'clone', '-q', 'real', 'hostile');
    const marker = fixture.path('hostile-was-here');
    const script = fixture.path('evil.sh');
    fixture.write('', { 'evil.sh': `#!/bin/sh\necho "$0 $*" >> '${marker}'\ncat\n` });
    chmodSync(script, 0o755);
    const settings = [
      'core.fsmonitor',
      'core.pager',
      'core.editor',
      'core.sshCommand',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'filter.evil.smudge',
      'filter.evil.clean',
      'filter.evil.process',
      'merge.evil.driver',
      'gpg.program',
      'core.alternateRefsCommand',
      'uploadpack.packObjectsHook',
    ];
    settings.forEach((name) => fixture.git('hostile', 'config', name, script));
    fixture.git('hostile', 'config', 'log.showSignature', 'true');
    fixture.git('hostile', 'config', 'core.hooksPath', fixture.path('hooks'));
    fixture.git('hostile', 'config', 'diff.noprefix', 'true');
    fixture.git('hostile', 'config', 'diff.suppressBlankEmpty', 'true');
    fixture.write('hostile', { '.git/info/attributes': '* diff=evil filter=evil merge=evil\n' });
    ['post-index-change', 'reference-transaction', 'post-checkout'].forEach((hook) => {
      fixture.write('hooks', { [hook]: `#!/bin/sh\necho ${hook} >> '${marker}'\n` });
      chmodSync(`${fixture.path('hooks')}/${hook}`, 0o755);
    });
    const before = fixture.state('hostile');
    await useAll('hostile');
    expect(existsSync(marker)).toBe(false);
    expect(fixture.state('hostile')).toBe(before);
    const repository = await fixture.open('hostile');
    const { series } = await readRange(repository, 'HEAD');
    expect(series.patches[0]?.files.map(({ oldPath }) => oldPath)).toEqual(['a.c']);
  });

  test('and no temporary folder is left', async () => {
    mkdirSync(fixture.path('temporary'));
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = fixture.path('temporary');
    try {
      await useAll('real');
    } finally {
      process.env['TMPDIR'] = before ?? '/tmp';
    }
    expect(readdirSync(fixture.path('temporary'))).toEqual([]);
  });

  test('a git that is not there is said to be', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = fixture.path('plain');
    try {
      expect((await problemOf(openRepository(fixture.path('real')))).problem.kind).toBe('no-git');
    } finally {
      process.env['PATH'] = path;
    }
    expect(execFileSync('git', ['--version']).toString()).toContain('git');
  });
});
