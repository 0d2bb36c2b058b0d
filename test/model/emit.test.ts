import { describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findScenario, openEngine, openSession } from '../../src/cli/session.ts';
import { openTreeSession } from '../../src/cli/source.ts';
import { emitTest } from '../../src/lifecycle/emit-test.ts';
import type { Execution } from '../../src/machine/execution.ts';
import { readSeries } from '../../src/series/read.ts';
import { RELEASES } from '../lifecycle/qemu-trees.ts';
import { treeFlags } from './native-tree.ts';
import { filesBelow, FLAGS, gcc, hasGcc, type NativeOutcome, PACK, runProgram } from './native.ts';

const FIXTURE = 'fixtures/guard-only-the-take.patch';
const SHIM = join(PACK, 'shim');

const session = await openSession();
const { series } = await readSeries(FIXTURE, readFileSync(FIXTURE));
const patched = series
  .flatMap(({ patches }) => patches)
  .reduce((image, patch) => session.apply(image, patch).files, session.base);
const engine = await openEngine(session.pack);

function emit(id: string, choices: readonly number[]): { execution: Execution; text: string } {
  const { pack, base } = session;
  const scenario = findScenario(session, id);
  const execution = engine.trace(patched, scenario, choices);
  return { execution, text: emitTest({ pack, image: base, scenario, execution }) };
}

/** The patched model as gcc sees a tree: its own headers and files, and GLib. Nothing of the pack's own C. */
function buildModel(folder: string): { flags: string[]; objects: string[] } {
  for (const path of filesBelow(join(PACK, 'model'), '').map((each) =>
    each.slice(PACK.length + 1),
  )) {
    if (/\.[ch]$/u.test(path)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), patched.get(path) ?? '');
    }
  }
  const include = [join(folder, 'model/include'), join(SHIM, 'glib'), join(SHIM, 'qemu')];
  const flags = [...FLAGS, '-w', ...include.flatMap((path) => ['-I', path])];
  const sources = [...filesBelow(join(folder, 'model'), '.c'), join(SHIM, 'glib', 'glib.c')];
  const objects = sources.map((source, index) => {
    const object = join(folder, `${index}.o`);
    gcc([...flags, '-c', source, '-o', object]);
    return object;
  });
  return { flags, objects };
}

function finalized(execution: Execution): string[] {
  return execution.trace.flatMap((event) =>
    event.kind === 'note' && event.text.startsWith('finalized region ')
      ? [event.text.slice('finalized region '.length)]
      : [],
  );
}

const CASES: readonly (readonly [string, readonly number[]])[] = [
  ['same-owner/child-first', []],
  ['S3_order', []],
  ['reference/find-below', []],
  ['device/region-goes-with-device', []],
  ['cross-owner/ring', []],
  ['cross-owner/container-first', []],
  ['topology/small', [1, 1, 0, 0, 0, 0, 0, 0, 0]],
  ['topology/small', [2, 0, 0, 2, 0, 1, 0, 1, 1, 0, 0]],
];

(hasGcc() ? describe : describe.skip)('a counterexample as a C test of its own', () => {
  test('compiled by gcc with the patched model alone, each ends as on the machine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lifecycle-emit-'));
    try {
      const { flags, objects } = buildModel(folder);
      const ends = CASES.map(([id, choices], index) => {
        const { execution, text } = emit(id, choices);
        const [source, program] = [join(folder, `test-${index}.c`), join(folder, `test-${index}`)];
        writeFileSync(source, text);
        gcc([...flags, source, ...objects, '-o', program]);
        // The choices are those written down, whatever the environment says.
        const native: NativeOutcome = runProgram(program, '0.0.0.0.0.0.0.0.0.0');
        return { id, execution, native };
      });
      expect(ends.map(({ id, native }) => [id, native.kind, native.finalized])).toEqual(
        ends.map(({ id, execution }) => [id, execution.outcome, finalized(execution)]),
      );
      const kinds = new Set(ends.map(({ native }) => native.kind));
      expect([...kinds].toSorted()).toEqual(expect.arrayContaining(['assertion', 'clean', 'leak']));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 240_000);
});

/** Its own tests are in a folder of their own since 6.0. */
const TREES = RELEASES.filter(
  ({ release, folder }) => folder !== '' && release !== '5.2' && hasGcc(),
);

(TREES.length === 0 ? describe.skip : describe)('a counterexample on a tree', () => {
  test.each(TREES)(
    'compiles with the headers of $release, and names its file',
    async (release) => {
      const { folder } = release;
      const tree = await openTreeSession(folder);
      const onTree = await openEngine(tree.pack);
      // Between them, they include all that a scenario may include.
      for (const id of ['same-owner/child-first', 'mtree/shared-view', 'migration/registered']) {
        const scenario = findScenario(tree, id);
        const execution = onTree.trace(tree.base, scenario, []);
        const text = emitTest({ pack: tree.pack, image: tree.base, scenario, execution });
        const named = /files\('\.\.\/\.\.\/([^']+)'\)/u.exec(text)?.[1] ?? '';
        expect(existsSync(join(folder, named))).toBe(true);
        const scratch = mkdtempSync(join(tmpdir(), 'lifecycle-emit-'));
        const file = join(scratch, 'test.c');
        writeFileSync(file, text);
        gcc([...treeFlags(tree, folder), '-DCOMPILING_PER_TARGET', '-fsyntax-only', file]);
        rmSync(scratch, { recursive: true });
      }
    },
    240_000,
  );
});

describe('what is written', () => {
  test('says what it shows, how it ended, and how it is added to a tree', () => {
    const { text } = emit('same-owner/child-first', []);
    expect(text).toMatch(/^\/\*\n \* A region contains another of the same owner/u);
    expect(text).toContain('There it ends: assertion at model/system/memory.c:');
    expect(text).toContain('tests/unit/test-lifecycle-same-owner-child-first.c');
    expect(text).toContain("'test-lifecycle-same-owner-child-first':");
    expect(text).toContain("[qom, files('../../system/memory.c'),");
    expect(text).toContain('compile_args: [');
    expect(text).not.toMatch(/#include "(?:lifecycle|unit|tree\/\w+|unit-test\/[\w-]+)\.[ch]"/u);
  });

  test('a comment stays one whatever it tells', () => {
    const { pack, base } = session;
    const scenario = {
      ...findScenario(session, 'S3_order'),
      summary: 'a */ int x; /*\nint y;\u2028',
    };
    const execution = {
      ...engine.trace(patched, scenario, []),
      message: 'b */\r\n#include "/etc/passwd"',
    };
    const text = emitTest({ pack, image: base, scenario, execution });
    const end = text.indexOf('*/');
    expect(text.slice(0, end)).toContain('a * / int x; /*?int y;?');
    expect(text.slice(end, end + 40)).toContain('*/\n#include "qemu/osdep.h"');
    expect(text.slice(0, end)).not.toMatch(/^[^ /]/mu);
  });
});
