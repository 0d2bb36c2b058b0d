import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parseTranslationUnit } from '../../src/c/parse.ts';
import { preprocess } from '../../src/c/preprocess.ts';
import { packFolder, readImage } from '../../src/tree/image.ts';

const PACK = packFolder('memory-region');
const SHIM = join(PACK, 'shim/qemu');

/* What only makes sense between the headers of a tree. */
const NEEDS_A_TREE = new Set(['qapi/qapi-builtin-visit.h']);
const headers = readdirSync(SHIM, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.h') && !NEEDS_A_TREE.has(name))
  .toSorted();
const everything = including(headers);
/* It says which C a tree is written in; gcc is told on its command line instead. */
const SAYS_WHICH_C = 'config-host.h';

function including(names: readonly string[]): string {
  return names.map((name) => `#include "${name}"\n`).join('');
}

describe('the headers that building a tree would generate', () => {
  test('are understood, all of them together', async () => {
    const image = await readImage(PACK);
    const fs = {
      read: (path: string): string | undefined =>
        path === 'main.c' ? everything : image.get(path),
    };
    const { tokens, missing } = preprocess({
      main: 'main.c',
      fs,
      include: ['shim/qemu', 'shim/libc'],
    });
    expect(missing).toEqual([]);
    expect(parseTranslationUnit(tokens).errors).toEqual([]);
  });

  test('compile with gcc', () => {
    if (spawnSync('gcc', ['--version']).status !== 0) {
      process.stderr.write('SKIPPED: the generated headers under gcc, because there is no gcc\n');
    }
    const run = spawnSync(
      'gcc',
      ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', '-xc', '-I', SHIM, '-'],
      { input: including(headers.filter((name) => name !== SAYS_WHICH_C)), encoding: 'utf8' },
    );
    expect(run.error ?? run.stderr).toBe(run.error ?? '');
  });
});
