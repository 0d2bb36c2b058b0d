import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseTranslationUnit } from '../../src/c/parse.ts';
import { preprocess } from '../../src/c/preprocess.ts';
import { DEFAULT_BOUNDS } from '../../src/machine/execution.ts';
import { linkProgram, type Program } from '../../src/machine/program.ts';

const ROOT = join(import.meta.dirname, '../..');
const SHIM = join(ROOT, 'rules/memory-region/shim/libc');
const INPUT = 'some words\non stdin\n';

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** A C file with the libc of the machine; `text` when it is in no file. */
export function linkFile(file: string, text: string | undefined = read(file)): Program {
  const fs = { read: (path: string) => (path === file ? text : read(path)) };
  const { tokens } = preprocess({ main: file, fs, include: [SHIM] });
  return linkProgram([parseTranslationUnit(tokens)], { policy: { stubs: [] } });
}

/** What a program printed on the machine, why it stopped, and its status. */
function onMachine(file: string): string {
  const run = linkFile(file).run({
    entry: 'main',
    args: ['one'],
    stdin: Buffer.from(INPUT),
    bounds: { ...DEFAULT_BOUNDS, steps: 50_000_000 },
  });
  return `${run.stdout}${run.message}status ${run.exitStatus}\n`;
}

/** The same from gcc and glibc; undefined where there is no gcc. */
function onHost(file: string): string | undefined {
  if (spawnSync('gcc', ['--version']).status !== 0) {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'native-'));
  try {
    const program = join(folder, 'a');
    execFileSync('gcc', ['-w', '-O0', '-fwrapv', '-D_GNU_SOURCE', '-o', program, file, '-lm']);
    const run = spawnSync(program, ['one'], { input: INPUT });
    return `${run.stdout.toString('utf8')}status ${run.status}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every program of a folder prints what its golden says, on the machine and natively. */
export function comparePrograms(folder: string): void {
  describe('programs print what their golden says', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.c'));

    test('no golden without its program', () => {
      const goldens = readdirSync(folder).filter((name) => name.endsWith('.out'));
      expect(goldens).toEqual(files.map((name) => `${basename(name, '.c')}.out`));
    });

    test.each(files)('%s', (name) => {
      const { native, machine, golden } = resultsOf(join(folder, name));
      expect(native ?? golden).toBe(golden);
      expect(machine).toBe(golden);
    });
  });
}

function resultsOf(file: string) {
  const path = file.replace(/\.c$/u, '.out');
  const native = onHost(file);
  if (native === undefined) {
    process.stderr.write(`SKIPPED: no gcc, so ${basename(file)} was not compared with it\n`);
  }
  if (process.env['UPDATE_GOLDEN'] === '1' && native !== undefined) {
    writeFileSync(path, native);
  }
  return { native, machine: onMachine(file), golden: readFileSync(path, 'utf8') };
}
