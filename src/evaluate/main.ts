import { Command, InvalidArgumentError, Option } from 'commander';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Progress } from '../cli/progress.ts';
import { openEngine, openPack, scenariosOf, type Session } from '../cli/session.ts';
import { openTreeSession } from '../cli/source.ts';
import {
  type Row,
  runMutants,
  runRefactorings,
  sample,
  withExplanation,
  type Workbench,
} from './evaluate.ts';
import { readFidelity } from './fidelity.ts';
import { readSource } from './functions.ts';
import { mutantsOf } from './mutants.ts';
import { refactoringsOf } from './refactorings.ts';
import { mutationTable, refactoringTable, scoreOf, rowList, table } from './report.ts';
import { parseRules } from './rules.ts';
import { Runner } from './runner.ts';

interface Options {
  readonly tree: string;
  readonly only?: 'mutants' | 'refactorings' | 'fidelity';
  readonly function?: string;
  readonly operator?: string;
  readonly limit?: number;
  readonly json?: string;
  readonly from?: string;
}

const TREES = process.env['CHECK_LIFECYCLE_TREES'] ?? '/tmp/qemu';

function number(text: string): number {
  if (!/^\d+$/u.test(text)) {
    throw new InvalidArgumentError('write a number');
  }
  return Number(text);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What a run found, as it is written with --json. */
interface Report {
  readonly tree: string;
  file: string;
  mutants?: { score: ReturnType<typeof scoreOf>; rows: readonly Row[] };
  refactorings?: { introduced: number; rows: readonly Row[] };
  fidelity?: ReturnType<typeof readFidelity>;
  readonly cost: Record<string, number>;
}

async function evaluate(options: Options): Promise<Report> {
  const report: Report = { tree: options.tree, file: '', cost: {} };
  const wants = (part: Options['only']): boolean => [undefined, part].includes(options.only);
  if (wants('fidelity')) {
    report.fidelity = readFidelity();
    print(`Fidelity: paths that end the same on the machine and compiled by gcc\n`);
    print(`${table(report.fidelity.map(({ tree, same, of }) => [tree, `${same} of ${of}`]))}\n`);
  }
  if (wants('mutants') || wants('refactorings')) {
    await evaluateChanges(options, report, wants);
  }
  report.cost['bytes'] = process.resourceUsage().maxRSS * 1024;
  return report;
}

async function evaluateChanges(
  options: Options,
  report: Report,
  wants: (part: Options['only']) => boolean,
): Promise<void> {
  const progress = new Progress();
  const session = await openTreeSession(options.tree);
  const bench = await openBench(session, progress, report.cost);
  const { source, rules } = bench;
  report.file = source.path;
  const chosen = source.functions.filter(({ name }) => (options.function ?? name) === name);
  const grounds = { source, rules, fields: new Set(session.pack.concern.fields) };
  const isWanted = ({ operator }: { operator: string }): boolean =>
    (options.operator ?? operator) === operator;
  if (wants('mutants')) {
    const all = chosen.flatMap((of) => mutantsOf(of, grounds)).filter(isWanted);
    const mutants = sample(all, options.limit);
    const rows = timed(report.cost, 'mutants', () =>
      runMutants(watched(bench, progress, 'mutants', mutants.length), mutants),
    );
    progress.clear();
    report.mutants = { score: scoreOf(rows), rows };
    print(`Mutants of ${chosen.length} functions of ${source.path}\n`);
    print(`${rowList(source.path, rows.filter(isLeft))}\n\n${mutationTable(rows)}\n`);
  }
  if (wants('refactorings')) {
    const all = chosen.flatMap((of) => refactoringsOf(of, grounds)).filter(isWanted);
    const changes = sample(all, options.limit);
    const rows = timed(report.cost, 'refactorings', () =>
      runRefactorings(watched(bench, progress, 'refactorings', changes.length), changes),
    );
    progress.clear();
    const introduced = rows.filter(({ fate }) => fate === 'killed').length;
    report.refactorings = { introduced, rows };
    print(`Refactorings of ${chosen.length} functions of ${source.path}\n`);
    print(`${rowList(source.path, rows.filter(isAlarm))}\n\n${refactoringTable(rows)}\n`);
  }
}

function isLeft({ fate }: Row): boolean {
  return fate !== 'killed' && fate !== 'no-c';
}

function isAlarm({ fate }: Row): boolean {
  return fate !== 'survived';
}

async function openBench(
  session: Session,
  progress: Progress,
  cost: Record<string, number>,
): Promise<Workbench> {
  const engine = await openEngine(session.pack);
  const rules = parseRules(session.base.get('evaluate.yaml') ?? '');
  const path = session.pack.units[0] ?? '';
  const fields = new Set(session.pack.concern.fields);
  const source = readSource(path, session.base.get(path) ?? '', rules.calls, fields);
  const runner = new Runner(session, engine, source);
  const scenarios = scenariosOf(session, {});
  let done = 0;
  timed(cost, 'base', () => {
    runner.prepare(scenarios, () => {
      done += 1;
      progress.tell(`base: ${done} of ${scenarios.length} scenarios`);
    });
  });
  cost['scenarios'] = runner.size;
  return { runner, source, rules, tick: () => undefined };
}

function watched(bench: Workbench, progress: Progress, what: string, of: number): Workbench {
  let done = 0;
  let killed = 0;
  return {
    ...bench,
    tick: ({ fate }) => {
      done += 1;
      killed += fate === 'killed' ? 1 : 0;
      progress.tell(`${what}: ${done} of ${of}, ${killed} found`);
    },
  };
}

function timed<T>(cost: Record<string, number>, name: string, run: () => T): T {
  const start = performance.now();
  const result = run();
  cost[`${name}Seconds`] = (performance.now() - start) / 1000;
  return result;
}

/** A report that was written before: what survived may have been looked at since. */
async function explained(file: string): Promise<Report> {
  const report: Report = JSON.parse(await readFile(file, 'utf8'));
  const { programs } = await openPack();
  const rules = parseRules(programs.get('evaluate.yaml') ?? '');
  if (report.mutants !== undefined) {
    const rows = report.mutants.rows.map((row) => withExplanation(rules, row));
    report.mutants = { score: scoreOf(rows), rows };
    print(`${rowList(report.file, rows.filter(isLeft))}\n\n${mutationTable(rows)}\n`);
  }
  if (report.refactorings !== undefined) {
    const { rows } = report.refactorings;
    print(`${rowList(report.file, rows.filter(isAlarm))}\n\n${refactoringTable(rows)}\n`);
  }
  return report;
}

const program = new Command('evaluate')
  .description('Measures what a review finds: mutants, refactorings, fidelity, cost.')
  .option('--tree <dir>', 'the tree whose file is changed', join(TREES, 'qemu-10.0'))
  .addOption(
    new Option('--only <part>', 'one part').choices(['mutants', 'refactorings', 'fidelity']),
  )
  .option('--function <name>', 'changes of one function')
  .option('--operator <name>', 'changes of one kind')
  .option('--limit <n>', 'so many changes of each part, evenly from all', number)
  .option('--json <file>', 'write everything there')
  .option('--from <file>', 'print what was written there, with the present explanations')
  .action(async (options: Options) => {
    const report =
      options.from === undefined ? await evaluate(options) : await explained(options.from);
    print(`Cost: ${JSON.stringify(report.cost)}`);
    if (options.json !== undefined) {
      await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    }
  });
await program.parseAsync();
