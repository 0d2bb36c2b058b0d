import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { readSeries } from '../../src/series/read.ts';
import type { FileChange, Series } from '../../src/series/series.ts';
import { applyToCommit, chooseBase } from '../../src/tree/git-base.ts';
import type { Level } from '../../src/tree/git-apply.ts';
import { applyToDirectory } from '../../src/tree/git-directory.ts';
import { baseHints } from '../../src/tree/git-fit.ts';
import { readRange } from '../../src/tree/git-range.ts';
import { Fixture, problemOf } from './git-fixture.ts';

const MAILS = path.resolve(import.meta.dirname, '../../../shared/real');
const TREES = process.env['CHECK_LIFECYCLE_TREES'] ?? '/tmp/qemu';
const RELEASES = ['5.2', '7.2', '10.0', '10.2'];
const there =
  existsSync(MAILS) && RELEASES.every((each) => existsSync(path.join(TREES, `qemu-${each}`)));
if (!there) {
  process.stderr.write(
    `skipped: the real mails are not at ${MAILS}, or the trees not in ${TREES}\n`,
  );
}

/** Of each tree, what the mails touch: whole trees take ten seconds to commit. */
const PARTS = [
  'softmmu',
  'system',
  'qom',
  'include/exec',
  'include/system',
  'include/qom',
  'docs/devel',
];
const HISTORY = [
  ['system/memory.c', 'softmmu/memory.c', 'memory.c'],
  ['include/system/memory.h', 'include/exec/memory.h'],
];
const fixture = new Fixture();

async function mail(name: string): Promise<{ series: Series; bytes: Buffer }> {
  const bytes = readFileSync(path.join(MAILS, name));
  const [series] = (await readSeries(name, bytes)).series;
  return {
    series: series ?? { kind: 'diff', subject: '', version: 1, patches: [], repairs: [] },
    bytes,
  };
}

async function apply(name: string, revision: string): Promise<Level[]> {
  const { series, bytes } = await mail(name);
  const repository = await fixture.open('qemu');
  const hints = baseHints(bytes);
  const base = await chooseBase(repository, hints, revision);
  return applyToCommit(repository, base, series, { history: HISTORY, hints });
}

/** What a change does, wherever it stands and whatever the blobs are. */
function edits(files: readonly FileChange[] | undefined): unknown {
  return files?.map(({ oldPath, newPath, kind, hunks }) => ({
    oldPath,
    newPath,
    kind,
    hunks: hunks.map(({ lines }) => lines.map((line) => [line.kind, line.text])),
  }));
}

(there ? describe : describe.skip)('four releases as commits', () => {
  beforeAll(() => {
    fixture.init('qemu');
    for (const release of RELEASES) {
      const tree = path.join(TREES, `qemu-${release}`);
      const parts = PARTS.filter((part) => existsSync(path.join(tree, part)));
      fixture.git('qemu', 'rm', '-r', '-q', '--cached', '--ignore-unmatch', '.');
      fixture.git('qemu', `--work-tree=${tree}`, 'add', '-f', ...parts);
      fixture.git('qemu', 'commit', '-q', '-m', `Release ${release}`);
      fixture.git('qemu', 'tag', `v${release}`);
    }
    fixture.git('qemu', 'switch', '-q', '-f', '-c', 'with-patch', 'v10.0');
    execFileSync('git', ['apply', '--index', path.join(MAILS, 'v1.eml')], {
      cwd: fixture.path('qemu'),
    });
    fixture.git('qemu', 'commit', '-q', '-m', 'Take the patch');
  }, 60_000);

  afterAll(async () => fixture.remove());

  test('a range is the same change as the mail', async () => {
    const before = fixture.state('qemu');
    const repository = await fixture.open('qemu');
    const range = await readRange(repository, 'v10.0..with-patch');
    const { series } = await mail('v1.eml');
    expect(edits(range.series.patches[0]?.files)).toEqual(edits(series.patches[0]?.files));
    const [level] = await apply('v1.eml', 'v10.0');
    const image = await repository.image(range.commits[0] ?? '');
    expect(level?.changed.size).toBe(2);
    expect([...(level?.changed ?? [])]).toEqual(
      [...(level?.changed.keys() ?? [])].map((each) => [each, image.get(each)]),
    );
    expect(level?.files).toEqual(range.series.patches[0]?.files);
    expect(fixture.state('qemu')).toBe(before);
  }, 60_000);

  test('a mail finds the file under its older name', async () => {
    const [level] = await apply('v1.eml', 'v7.2');
    expect(level?.remarks).toEqual(['"system/memory.c" is "softmmu/memory.c" there']);
    expect([...(level?.changed.keys() ?? [])]).toEqual([
      'docs/devel/memory.rst',
      'softmmu/memory.c',
    ]);
    const { series } = await mail('v1.eml');
    const inFolder = await applyToDirectory(path.join(TREES, 'qemu-7.2'), series, {
      history: HISTORY,
      hints: { basedOn: [] },
    });
    expect(inFolder[0]?.changed).toEqual(level?.changed);
  }, 60_000);

  test('what does not apply is said in one sentence', async () => {
    const old = await problemOf(apply('v1.eml', 'v5.2'));
    expect(old.problem).toMatchObject({
      base: 'v5.2',
      patch: 1,
      path: 'system/memory.c',
      hunk: 3,
      reason: 'other-text',
    });
    expect(old.message).toMatch(
      /does not apply to v5\.2: hunk 3 of "system\/memory\.c" \(line \d+ of the mail\) does not find its lines in "softmmu\/memory\.c", as "system\/memory\.c" is called there; /u,
    );
    expect((await problemOf(apply('as-destroy-free.eml', 'v10.0'))).problem).toMatchObject({
      reason: 'already-applied',
    });
    const attached = await apply('attached-patch.eml', 'v7.2');
    expect(attached).toHaveLength(1);
    const missing = await problemOf(apply('flowed-quote.eml', 'v10.0'));
    expect(missing.problem).toMatchObject({ reason: 'no-such-file', path: 'hw/vfio/pci.c' });
  }, 60_000);

  test('a range over releases is read whole', async () => {
    const repository = await fixture.open('qemu');
    const { series, base } = await readRange(repository, 'v5.2..v10.2');
    expect(base).toBe(await repository.resolve('v5.2'));
    expect(series.patches.map(({ subject }) => subject)).toEqual([
      'Release 7.2',
      'Release 10.0',
      'Release 10.2',
    ]);
    const moved = series.patches[1]?.files.find(({ oldPath }) => oldPath === 'softmmu/memory.c');
    expect(moved).toMatchObject({ kind: 'renamed', newPath: 'system/memory.c' });
  }, 60_000);
});
