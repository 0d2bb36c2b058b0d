import { afterAll, describe, expect, test } from '@jest/globals';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine, scenariosOf, type Session } from '../../src/cli/session.ts';
import { openTreeSession } from '../../src/cli/source.ts';
import type { Change } from '../../src/evaluate/edit.ts';
import { sample } from '../../src/evaluate/evaluate.ts';
import { readSource, type SourceFile } from '../../src/evaluate/functions.ts';
import { mutantsOf } from '../../src/evaluate/mutants.ts';
import { parseRules } from '../../src/evaluate/rules.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { edited } from '../../src/lifecycle/repair/edit.ts';
import { pathName } from '../../src/lifecycle/replay.ts';
import type { Scenario } from '../../src/lifecycle/scenario.ts';
import { treePath } from '../../src/lifecycle/tree.ts';
import { type Image, overlay } from '../../src/tree/image.ts';
import { buildTree, type TreeBuild } from '../model/native-tree.ts';
import { dispose, gcc, hasGcc, runProgram } from '../model/native.ts';
import { RELEASES } from './qemu-trees.ts';
import { patched, REAL, toldByGcc, toldByMachine, writeTable } from './real-runs.ts';

const MAIL = 'v1.eml';
const TABLE = 'docs/variants.md';
const SLOW = 3_600_000;
/** Evenly from all of them, since each takes a third of a minute. */
const MOST_VARIANTS = 30;
/** A program that does not end is waited for: a variant that makes many of them is known by the first. */
const MOST_ENDLESS = 2;

const { folder } = RELEASES.find(({ release }) => release === '10.0') ?? { folder: '' };
/** It takes ten minutes. */
const isWanted = process.env['CHECK_LIFECYCLE_FIDELITY'] === 'all';
const canRun = isWanted && folder !== '' && existsSync(new URL(MAIL, REAL)) && hasGcc();

/** What most programs here do not read. A library may leave functions undefined, but no data. */
const DATA = ['__thread void *current_cpu', 'int qemu_loglevel', 'char ram_list[4096]']
  .map((each) => `__attribute__((weak)) ${each};\n`)
  .join('');

/** The fix on the real file, and the ways to get it wrong. */
interface Fix {
  readonly session: Session;
  readonly engine: Engine;
  readonly image: Image;
  readonly source: SourceFile;
  readonly variants: readonly Change[];
}

async function openFix(): Promise<Fix> {
  const session = await openTreeSession(folder);
  const engine = await openEngine(session.pack);
  const image = await patched(session, MAIL);
  const rules = parseRules(session.base.get('evaluate.yaml') ?? '');
  const fields = new Set(session.pack.concern.fields);
  const path = treePath(session.pack, image, 'system/memory.c');
  const source = readSource(path, image.get(path) ?? '', rules.calls, fields);
  const changed = engine.changes(session.base, image) ?? new Set();
  const all = source.functions
    .filter(({ name }) => changed.has(name))
    .flatMap((of) => mutantsOf(of, { source, rules, fields }));
  return { session, engine, image, source, variants: chosen(all) };
}

/** One, by its name, where that is asked for. */
function chosen(all: readonly Change[]): readonly Change[] {
  const wanted = process.env['CHECK_LIFECYCLE_VARIANT'];
  return wanted === undefined ? sample(all, MOST_VARIANTS) : all.filter(({ id }) => id === wanted);
}

/** Programs of all scenarios, linked with the file that variants change as a library of its own. */
class Programs {
  readonly #build: TreeBuild;
  readonly #library: string;
  readonly #flags: readonly string[];
  readonly #file: string;
  readonly #programs = new Map<string, string>();

  constructor({ session, image, source }: Fix) {
    this.#build = buildTree(session, folder, image);
    this.#library = join(this.#build.folder, 'libvariant.so');
    const [scenario] = session.scenarios;
    this.#flags = scenario === undefined ? [] : this.#build.of(scenario).flags;
    this.#file = source.path;
    writeFileSync(join(this.#build.folder, 'data.c'), DATA);
  }

  /** From here on programs run this text of the file; false where it is no C. */
  use(text: string): boolean {
    const file = join(this.#build.folder, 'variant.c');
    writeFileSync(file, text);
    try {
      gcc([...this.#flags, '-fPIC', '-shared', file, '-o', this.#library]);
      return true;
    } catch {
      return false;
    }
  }

  of(scenario: Scenario): string {
    const { path } = scenario;
    const known = this.#programs.get(path);
    if (known !== undefined) {
      return known;
    }
    const program = join(this.#build.folder, path.replaceAll('/', '-').replace(/\.c$/u, ''));
    const source = `rules/memory-region/${path}`;
    const { objects, sources = [] } = this.#build.of(scenario);
    const others = objects.filter((_, index) => sources[index]?.endsWith(this.#file) !== true);
    const data = join(this.#build.folder, 'data.c');
    gcc([...this.#flags, '-rdynamic', source, ...others, data, this.#library, '-o', program]);
    this.#programs.set(path, program);
    return program;
  }

  [Symbol.dispose](): void {
    dispose(this.#build);
  }
}

interface Ends {
  readonly path: string;
  readonly machine: string;
  readonly native: string;
}

/** Every path of the scenarios on one text of the file, both ways. */
function endsOf(
  { engine }: Fix,
  image: Image,
  scenarios: readonly Scenario[],
  programs: Programs,
): Ends[] {
  const ends: Ends[] = [];
  let endless = 0;
  for (const scenario of scenarios) {
    for (const end of engine.explore(image, scenario)) {
      endless += end.outcome === 'non-termination' ? 1 : 0;
      if (end.outcome === 'non-termination' && endless > MOST_ENDLESS) {
        continue;
      }
      const taken = end.choices.map((choice) => choice.taken);
      ends.push({
        path: pathName(scenario, end),
        machine: toldByMachine(end),
        native: toldByGcc(runProgram(programs.of(scenario), taken.join('.'))),
      });
    }
  }
  return ends;
}

interface Row {
  readonly variant: Change;
  readonly compiles: boolean;
  readonly ends: readonly Ends[];
}

const rows: Row[] = [];
let whole: readonly Ends[] = [];

/** What gcc's programs come to where the variant is not as the fix is: `12 assertion, 3 leak`. */
function told(ends: readonly Ends[]): string {
  const before = new Map(whole.map(({ path, native }) => [path, native]));
  const counts = new Map<string, number>();
  for (const { path, native } of ends) {
    const [kind = ''] = native.split(' ');
    if (before.get(path) !== native) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ') || 'as the fix';
}

function renderRow({ variant, compiles, ends }: Row): string {
  const same = ends.filter(({ machine, native }) => machine === native).length;
  const cells = compiles ? [told(ends), `${same} of ${ends.length}`] : ['no C, for both', '-'];
  return `| ${[`\`${variant.id}\``, `${variant.line}`, ...cells].join(' | ')} |`;
}

afterAll(() => {
  const isWhole = process.env['CHECK_LIFECYCLE_VARIANT'] === undefined;
  if (canRun && isWhole && process.env['UPDATE_GOLDEN'] === '1') {
    writeTable(TABLE, 'test/lifecycle/variants.test.ts', [
      '| variant | line with the fix | natively | the machine the same |',
      '| --- | --- | --- | --- |',
      ...rows.map(renderRow),
    ]);
  }
});

if (!isWanted) {
  process.stderr.write('SKIPPED: variants of the fix: CHECK_LIFECYCLE_FIDELITY=all runs them\n');
}
const whenWanted = canRun ? describe : describe.skip;

whenWanted('the fix with each function of it changed, compiled with gcc -fsanitize=address', () => {
  test(
    'ends every path of every scenario as the machine does',
    async () => {
      const fix = await openFix();
      using programs = new Programs(fix);
      const { session, engine, image, source, variants } = fix;
      const scenarios = scenariosOf(session, {}).filter((each) => each.cases !== true);
      const entered = new Map(
        scenarios.map((each) => [
          each.id,
          engine.explore(image, each).flatMap(({ functions }) => [...functions]),
        ]),
      );
      expect(programs.use(source.text)).toBe(true);
      whole = endsOf(fix, image, scenarios, programs);
      for (const variant of variants) {
        const changed = edited(source.text, variant.edits);
        const compiles = programs.use(changed);
        const side = overlay(image, new Map([[source.path, changed]]));
        const runs = scenarios.filter(({ id }) => entered.get(id)?.includes(variant.function));
        const ends = compiles ? endsOf(fix, side, runs, programs) : [];
        rows.push({ variant, compiles, ends });
        process.stderr.write(
          `${rows.length} of ${variants.length}: ${variant.id}: ${told(ends)}\n`,
        );
      }
      const ends = [...whole, ...rows.flatMap((row) => row.ends)];
      expect(ends.filter(({ machine, native }) => machine !== native)).toEqual([]);
    },
    SLOW,
  );
});
