import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHANGES, type UpstreamChange } from './upstream-changes.ts';
import { History } from './upstream-mails.ts';

const FOLDER = process.env['CHECK_LIFECYCLE_HISTORY'] ?? '';
const ONLY = process.env['CHECK_LIFECYCLE_CHANGES'] ?? '';
const MAIN = 'dist/cli/main.js';
const SLOW = 300_000;

const here = FOLDER !== '' && existsSync(FOLDER) && existsSync(MAIN);
if (!here) {
  process.stderr.write(
    'SKIPPED: changes of QEMU: set CHECK_LIFECYCLE_HISTORY to a git repository with its history, and build\n',
  );
}

function verdictOf(file: string, options: readonly string[]): string {
  const run = spawnSync('node', [MAIN, file, ...options, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const verdict = /"verdict":"([\w-]+)"/u.exec(run.stdout)?.[1];
  return verdict ?? run.stderr;
}

function review(history: History, change: UpstreamChange): { tree: string; patch: string } {
  const room = mkdtempSync(join(tmpdir(), 'upstream-'));
  try {
    const file = join(room, 'change.patch');
    writeFileSync(file, history.mail(change));
    return {
      tree: verdictOf(file, ['--tree', FOLDER, '--base', history.base(change)]),
      patch: verdictOf(file, []),
    };
  } finally {
    rmSync(room, { recursive: true });
  }
}

const chosen = CHANGES.filter(({ commit }) => commit.includes(ONLY));
const whenHere = here ? describe : describe.skip;

whenHere('changes of QEMU', () => {
  test.each([...chosen])(
    '$commit $way: tree $tree, mail $patch',
    (change) => {
      const { tree, patch } = change;
      expect(review(new History(FOLDER), change)).toEqual({ tree, patch });
    },
    SLOW,
  );
});
