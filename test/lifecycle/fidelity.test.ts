import { afterAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { openEngine, scenariosOf } from '../../src/cli/session.ts';
import { openTreeSession } from '../../src/cli/source.ts';
import type { Engine } from '../../src/lifecycle/engine.ts';
import { pathName } from '../../src/lifecycle/replay.ts';
import type { Scenario } from '../../src/lifecycle/scenario.ts';
import type { Image } from '../../src/tree/image.ts';
import { buildTree, type TreeBuild } from '../model/native-tree.ts';
import { dispose, hasGcc, linkScenario, runProgram } from '../model/native.ts';
import { RELEASES } from './qemu-trees.ts';
import { patched, REAL, toldByGcc, toldByMachine, writeTable } from './real-runs.ts';

const TABLE = 'docs/fidelity.md';
const SLOW = 900_000;

/** Everything takes minutes: without the word only one column runs. */
const everything = process.env['CHECK_LIFECYCLE_FIDELITY'] === 'all';

/** A tree as it is, or with a mail. */
interface Column {
  readonly name: string;
  readonly folder: string;
  readonly mail?: string;
}

const columns: readonly Column[] = RELEASES.flatMap(({ release, folder }) => {
  const plain: Column = { name: release, folder };
  const mails = release === '10.0' && existsSync(REAL) ? ['v1.eml', 'v2-09of15.eml'] : [];
  return [plain, ...mails.map((mail) => ({ name: `${release} with ${mail}`, folder, mail }))];
}).filter(({ folder, name }) => folder !== '' && hasGcc() && (everything || name === '10.0'));

/** One path of a scenario: how the machine ended it, and what gcc's program said. */
interface Row {
  readonly path: string;
  readonly machine: string;
  readonly native: string;
}

function rowsOf(engine: Engine, image: Image, build: TreeBuild, scenario: Scenario): Row[] {
  const program = linkScenario(build.of(scenario), `rules/memory-region/${scenario.path}`);
  return engine.explore(image, scenario).map((end) => {
    const taken = end.choices.map((choice) => choice.taken);
    return {
      path: pathName(scenario, end),
      machine: toldByMachine(end),
      native: toldByGcc(runProgram(program, taken.join('.'))),
    };
  });
}

async function compare({ folder, mail }: Column): Promise<Row[]> {
  const session = await openTreeSession(folder);
  const engine = await openEngine(session.pack);
  const image = mail === undefined ? session.base : await patched(session, mail);
  const build = buildTree(session, folder, image);
  // Scenarios with hundreds of cases are left to the full comparison.
  const scenarios = scenariosOf(session, {}).filter((each) => everything || each.cases !== true);
  const rows = scenarios.flatMap((scenario) => rowsOf(engine, image, build, scenario));
  dispose(build);
  return rows;
}

/** One line a path, with the outcome where both agree and both where they do not; cases are counted. */
function tableOf(found: ReadonlyMap<string, readonly Row[]>): string[] {
  const names = [...found.keys()];
  const paths = [...new Set([...found.values()].flatMap((rows) => rows.map(({ path }) => path)))];
  const cells = new Map(
    [...found].flatMap(([name, rows]) =>
      rows.map(({ path, machine, native }) => {
        const short = machine.split(' ').slice(0, machine.startsWith('assertion') ? 2 : 1);
        const same = machine === native;
        return [`${name} ${path}`, same ? short.join(' ') : `${machine} / ${native}`] as const;
      }),
    ),
  );
  const single = paths.filter((path) => !path.startsWith('topology/'));
  const lines = single.map(
    (path) =>
      `| ${path} | ${names.map((name) => cells.get(`${name} ${path}`) ?? '-').join(' | ')} |`,
  );
  const counts = names.map((name) => {
    const rows = found.get(name) ?? [];
    return `${rows.filter((row) => row.machine === row.native).length} of ${rows.length}`;
  });
  return [
    `| | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' --- |').join('')}`,
    `| same, with all cases of topology/ | ${counts.join(' | ')} |`,
    ...lines,
    '',
  ];
}

const found = new Map<string, readonly Row[]>();

afterAll(() => {
  if (everything && process.env['UPDATE_GOLDEN'] === '1') {
    writeTable(TABLE, 'test/lifecycle/fidelity.test.ts', tableOf(found));
  }
});

const whenHere =
  columns.length > 0 ? describe.each([...columns]) : describe.skip.each([{ name: '', folder: '' }]);

whenHere('QEMU $name, compiled with gcc -fsanitize=address', (column) => {
  test(
    'ends every path of every scenario as the machine does',
    async () => {
      const rows = await compare(column);
      found.set(column.name, rows);
      expect(rows.filter(({ machine, native }) => machine !== native)).toEqual([]);
    },
    SLOW,
  );
});
