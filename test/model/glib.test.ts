import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACK = join(import.meta.dirname, '../../rules/memory-region');
const SOURCE = join(import.meta.dirname, 'glib-order.c');
const SHIM = ['-I', join(PACK, 'shim/glib'), join(PACK, 'shim/glib/glib.c')];

const real = spawnSync('pkg-config', ['--cflags', '--libs', 'glib-2.0'], { encoding: 'utf8' });
const canCompare = spawnSync('gcc', ['--version']).status === 0 && real.status === 0;
if (!canCompare) {
  process.stderr.write(
    'SKIPPED: the shim against GLib, because gcc or libglib2.0-dev is missing\n',
  );
}

/** What the program prints when compiled so; throws with the compiler's or the program's complaint. */
function output(directory: string, name: string, args: readonly string[]): string {
  const program = join(directory, name);
  const built = spawnSync(
    'gcc',
    ['-std=gnu11', '-g', '-Wall', '-Wextra', SOURCE, ...args, '-o', program],
    {
      encoding: 'utf8',
    },
  );
  if (built.status !== 0 || built.stderr !== '') {
    throw new Error(built.stderr);
  }
  const run = spawnSync(program, { encoding: 'utf8', maxBuffer: 1 << 27 });
  if (run.status !== 0) {
    throw new Error(run.stderr);
  }
  return run.stdout;
}

(canCompare ? describe : describe.skip)('the GLib of the pack', () => {
  test('iterates, splits and sorts as GLib does', () => {
    const directory = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
    try {
      const ours = output(directory, 'ours', ['-fsanitize=address,undefined', ...SHIM]).split('\n');
      const theirs = output(directory, 'theirs', real.stdout.trim().split(/\s+/)).split('\n');
      expect(ours.length).toBeGreaterThan(5000);
      const different = ours.findIndex((line, index) => line !== theirs[index]);
      expect({ at: different, line: ours[different] }).toEqual({
        at: -1,
        line: theirs[different],
      });
      expect(ours.length).toBe(theirs.length);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 60_000);
});
