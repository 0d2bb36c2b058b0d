import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACK = join(import.meta.dirname, '../../rules/memory-region');
const FLAGS = ['-std=gnu11', '-g', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined'];
const INCLUDES = ['model/include', 'shim/glib', 'shim/qemu'].flatMap((path) => [
  '-I',
  join(PACK, path),
]);

const hasGcc = spawnSync('gcc', ['--version']).status === 0;
if (!hasGcc) {
  process.stderr.write(
    'SKIPPED: the object model under AddressSanitizer, because there is no gcc\n',
  );
}

let directory = '';
let program = '';

function sources(folder: string): string[] {
  const path = join(PACK, folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(path, name));
}

beforeAll(() => {
  if (!hasGcc) {
    return;
  }
  directory = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
  program = join(directory, 'qom-smoke');
  const files = [...sources('model/qom'), ...sources('model/util'), ...sources('shim/glib')];
  const smoke = join(import.meta.dirname, 'qom-smoke.c');
  const built = spawnSync('gcc', [...FLAGS, ...INCLUDES, smoke, ...files, '-o', program], {
    encoding: 'utf8',
  });
  if (built.status !== 0) {
    throw new Error(built.stderr);
  }
}, 120_000);

afterAll(() => {
  if (directory) {
    rmSync(directory, { recursive: true });
  }
});

(hasGcc ? describe : describe.skip)('the object model', () => {
  test('finalizes what it should, in order, and leaks nothing', () => {
    const run = spawnSync(program, { encoding: 'utf8' });
    expect({ output: run.stdout, status: run.status, complaint: run.stderr }).toEqual({
      output: 'all right\n',
      status: 0,
      complaint: '',
    });
  });

  test.each([
    ['second-parent', '!child->parent'],
    ['same-name', 'unexpected error'],
    ['unref-child', 'obj->parent == NULL'],
    ['unref-twice', 'obj->ref > 0'],
    ['abstract', 'type->instance_size >= sizeof(Object)'],
    ['too-small', 'size >= type->instance_size'],
    ['cast', 'is no derived-thing'],
    ['lock', 'bql_state != BQL_TAKEN'],
  ])('stops at misuse: %s', (misuse, message) => {
    const run = spawnSync(program, [misuse], { encoding: 'utf8' });
    expect(run.signal).toBe('SIGABRT');
    expect(run.stderr).toContain(message);
  });
});
