import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseTranslationUnit } from '../../../src/c/parse.ts';
import { preprocess } from '../../../src/c/preprocess.ts';
import { DEFAULT_BOUNDS } from '../../../src/machine/execution.ts';
import { linkProgram } from '../../../src/machine/program.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SHIM = join(ROOT, 'rules/memory-region/shim/libc');
const PROGRAMS = join(import.meta.dirname, 'programs');
const INPUT = 'some words\non stdin\n';

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** What a program printed, and its status. */
function onMachine(file: string): string {
  const { tokens } = preprocess({ main: file, fs: { read }, include: [SHIM] });
  const program = linkProgram([parseTranslationUnit(tokens)], { policy: { stubs: [] } });
  const run = program.run({
    entry: 'main',
    args: ['one'],
    stdin: Buffer.from(INPUT),
    bounds: { ...DEFAULT_BOUNDS, steps: 50_000_000 },
  });
  return `${run.stdout}${run.message}status ${run.exitStatus}\n`;
}

/** The same from gcc and glibc; undefined where there is no gcc. */
function native(file: string): string | undefined {
  if (spawnSync('gcc', ['--version']).status !== 0) {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'libc-'));
  try {
    const program = join(folder, 'a');
    execFileSync('gcc', ['-w', '-D_GNU_SOURCE', '-o', program, file, '-lm']);
    const run = spawnSync(program, ['one'], { input: INPUT });
    return `${run.stdout.toString('utf8')}status ${run.status}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('programs print what their golden says', () => {
  const files = readdirSync(PROGRAMS).filter((name) => name.endsWith('.c'));

  test('no golden without its program', () => {
    const goldens = readdirSync(PROGRAMS).filter((name) => name.endsWith('.out'));
    expect(goldens).toEqual(files.map((name) => `${basename(name, '.c')}.out`));
  });

  test.each(files)('%s', (name) => {
    const file = join(PROGRAMS, name);
    const golden = file.replace(/\.c$/, '.out');
    const answer = native(file);
    if (answer === undefined) {
      process.stderr.write(`SKIPPED: no gcc, so ${name} was not compared with glibc\n`);
    }
    if (process.env['UPDATE_GOLDEN'] === '1' && answer !== undefined) {
      writeFileSync(golden, answer);
    }
    const expected = readFileSync(golden, 'utf8');
    expect(answer ?? expected).toBe(expected);
    expect(onMachine(file)).toBe(expected);
  });
});
