import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PRELUDE, randomProgram } from './random-program.ts';
import { linkFile } from './differential.ts';

/** More by hand: RANDOM_PROGRAMS=2000 RANDOM_SEED=7 npx jest random */
const PROGRAMS = Number(process.env['RANDOM_PROGRAMS'] ?? 40);
const SEED = Number(process.env['RANDOM_SEED'] ?? 1);
const MARK = '== ';

/** What each program prints natively, all compiled into one executable. */
function native(text: string, count: number): string[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'random-'));
  const file = join(folder, 'a.c');
  const calls = Array.from({ length: count }, (_, index) => `puts("${MARK}"); t${index}();`);
  writeFileSync(file, `${text}\nint main(void) { ${calls.join('\n')} }`);
  const flags = ['-w', '-O0', '-fwrapv', ...(process.env['RANDOM_FLAGS']?.split(' ') ?? [])];
  try {
    const gcc = spawnSync('gcc', [...flags, '-o', join(folder, 'a'), file], { encoding: 'utf8' });
    if (/internal compiler error/u.test(gcc.stderr)) {
      return undefined;
    }
    expect([gcc.status, gcc.status === 0 ? '' : gcc.stderr]).toEqual([0, '']);
    const { stdout, stderr, status } = spawnSync(join(folder, 'a'), {
      encoding: 'utf8',
      maxBuffer: 2 ** 29,
    });
    expect({ stderr, status: status === null }).toEqual({ stderr: '', status: false });
    return stdout.split(`${MARK}\n`).slice(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('random programs print what they print under gcc', () => {
  if (spawnSync('gcc', ['--version']).status !== 0) {
    process.stderr.write('SKIPPED: no gcc, so no random program was compared with it\n');
    return;
  }
  const seeds = fc.sample(fc.noBias(fc.nat()), { numRuns: PROGRAMS, seed: SEED });
  const text = PRELUDE + seeds.map((seed, index) => randomProgram(index, seed)).join('\n');
  const answers = native(text, seeds.length);
  if (answers === undefined) {
    process.stderr.write('SKIPPED: gcc fails on a random program (an error of its own)\n');
    return;
  }
  const program = linkFile('random.c', text);
  const wrong: string[] = [];
  for (const [index, answer] of answers.entries()) {
    const { stdout, message, at } = program.run({ entry: `t${index}` });
    if (stdout + message !== answer) {
      wrong.push(
        `${PRELUDE}${randomProgram(index, seeds[index] ?? 0)}\n// ${message} ${at?.location.line}`,
      );
    }
  }
  const report = process.env['RANDOM_REPORT'];
  if (report !== undefined) {
    wrong.forEach((each, index) => writeFileSync(join(report, `${index}.c`), each));
  }
  expect(wrong.length === 0 ? '' : `${wrong.length} of ${answers.length}: ${wrong[0]}`).toBe('');
});
