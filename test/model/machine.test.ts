import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TranslationUnit } from '../../src/c/ast.ts';
import { parseTranslationUnit } from '../../src/c/parse.ts';
import { preprocess } from '../../src/c/preprocess.ts';
import { DEFAULT_BOUNDS } from '../../src/machine/execution.ts';
import { linkProgram, type Program } from '../../src/machine/program.ts';
import { type Image, packFolder, readImage } from '../../src/tree/image.ts';

const INCLUDE = ['model/include', 'shim/glib', 'shim/libc', 'shim/qemu'];

function parse(image: Image, main: string): TranslationUnit {
  const fs = { read: (path: string): string | undefined => image.get(path) };
  return parseTranslationUnit(preprocess({ main, fs, include: INCLUDE }).tokens);
}

async function link(main: string, folders: readonly string[]): Promise<Program> {
  const text = readFileSync(join(import.meta.dirname, main), 'utf8');
  const image = new Map([...(await readImage(packFolder('memory-region'))), [main, text]]);
  const files = [...image.keys()].filter(
    (path) => path.endsWith('.c') && folders.some((folder) => path.startsWith(folder)),
  );
  const units = [main, ...files].map((path) => parse(image, path));
  return linkProgram(units, { policy: { stubs: [] } });
}

let smoke: Program;

beforeAll(async () => {
  smoke = await link('qom-smoke.c', ['model/qom/', 'model/util/', 'shim/glib/']);
}, 60_000);

describe('the object model on the machine', () => {
  test('finalizes what it should, as natively', () => {
    const run = smoke.run({ entry: 'main', args: [], bounds: DEFAULT_BOUNDS });
    expect({ message: run.message, at: run.at, outcome: run.outcome, stdout: run.stdout }).toEqual({
      message: '',
      at: undefined,
      outcome: 'clean',
      stdout: 'all right\n',
    });
  });

  test.each(['second-parent', 'same-name', 'unref-child', 'unref-twice', 'too-small', 'cast'])(
    'stops at misuse: %s',
    (misuse) => {
      const run = smoke.run({ entry: 'main', args: [misuse], bounds: DEFAULT_BOUNDS });
      expect({ outcome: run.outcome, message: run.message }).toEqual({
        outcome: 'assertion',
        message: expect.any(String),
      });
    },
  );
});
