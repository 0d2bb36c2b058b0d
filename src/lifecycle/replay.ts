import { DEFAULT_BOUNDS, type Execution } from '../machine/execution.ts';
import { harmOf } from '../machine/outcome.ts';
import type { Image } from '../tree/image.ts';
import type { Engine } from './engine.ts';
import { asContract, type Contract, type Scenario } from './scenario.ts';
import type { SideEnd } from './verdict.ts';

/** All scenarios on one image. */
export interface Side {
  readonly image: Image;
  /** What was run, in order: each case by itself where a scenario has cases. */
  readonly scenarios: readonly Scenario[];
  /** The path that counts, by scenario id. */
  readonly worst: ReadonlyMap<string, Execution>;
  /** `file:line` of the statements of the pack's files that ran. */
  readonly covered: ReadonlySet<string>;
  /** Names of the functions that ran, by scenario id. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly notModelled: ReadonlySet<string>;
}

export interface SideOptions {
  readonly tick?: () => void;
  /** A side that was run before, and the functions that are others now; undefined where any may be. */
  readonly earlier?: {
    readonly side: Side;
    readonly changed: ReadonlySet<string> | undefined;
  };
}

/**
 * A path that takes so many times the steps that the scenario took on an earlier side, and at least so many, has no end
 * worth waiting for: a loop that never ends does not in any of a thousand paths. The longest path of the pack's takes
 * some 36,000 steps.
 */
const MORE_STEPS = 20;
const LEAST_STEPS = 400_000;

/** Runs every scenario over all its paths on one image. `tick` is called after each. */
export function runSide(
  engine: Engine,
  image: Image,
  scenarios: readonly Scenario[],
  options: SideOptions = {},
): Side {
  const judged: Scenario[] = [];
  const worst = new Map<string, Execution>();
  const covered = new Set<ReadonlySet<string>>();
  const functions = new Map<string, ReadonlySet<string>>();
  const notModelled = new Set(options.earlier?.side.notModelled);
  for (const scenario of scenarios) {
    options.tick?.();
    const same = takenOver(image, scenario, options.earlier);
    if (same !== undefined) {
      judged.push(scenario);
      worst.set(scenario.id, same.end);
      functions.set(scenario.id, same.functions);
      continue;
    }
    const paths = engine.explore(image, scenario, stepsOf(scenario, options.earlier));
    for (const [one, path] of judgedPaths(scenario, paths)) {
      judged.push(one);
      worst.set(one.id, lean(path));
      functions.set(one.id, scenario.cases === true ? path.functions : functionsOf(paths));
    }
    for (const path of paths) {
      covered.add(path.covered);
      path.notModelled.forEach((name) => notModelled.add(name));
    }
  }
  // Most paths run the same lines as others do, and share the set of them.
  const places = new Set([...covered].flatMap((some) => [...some]));
  return { image, scenarios: judged, worst, covered: places, functions, notModelled };
}

function stepsOf(scenario: Scenario, earlier: SideOptions['earlier']): number {
  const { steps } = DEFAULT_BOUNDS;
  const taken = earlier?.side.worst.get(scenario.id)?.steps;
  return taken === undefined ? steps : Math.min(steps, Math.max(LEAST_STEPS, MORE_STEPS * taken));
}

const NOTHING: ReadonlySet<string> = new Set();

/** Without what the side gathers from all paths: hundreds of ends are kept for as long as a review is. */
function lean(path: Execution): Execution {
  return { ...path, covered: NOTHING, functions: NOTHING, notModelled: NOTHING };
}

function functionsOf([first, ...others]: readonly Execution[]): ReadonlySet<string> {
  const names = new Set(first?.functions);
  for (const { functions } of others) {
    functions.forEach((name) => names.add(name));
  }
  return names;
}

/**
 * How a scenario ended on an earlier side, where it ran none of the changed functions. An end at a place of a file that
 * is another now is not taken over: its line may have another number.
 */
function takenOver(
  image: Image,
  scenario: Scenario,
  earlier: SideOptions['earlier'],
): { end: Execution; functions: ReadonlySet<string> } | undefined {
  const end = earlier?.side.worst.get(scenario.id);
  const functions = earlier?.side.functions.get(scenario.id);
  const changed = earlier?.changed;
  if (earlier === undefined || end === undefined || functions === undefined) {
    return undefined;
  }
  const file = end.at?.location.file;
  const stays = file === undefined || image.get(file) === earlier.side.image.get(file);
  const ranAll = functions.size > 0 && stays && end.outcome !== 'unsupported';
  return ranAll && changed !== undefined && ![...changed].some((name) => functions.has(name))
    ? { end, functions }
    : undefined;
}

/** The path that counts, or each path as a scenario of its own. */
function judgedPaths(
  scenario: Scenario,
  paths: readonly Execution[],
): readonly (readonly [Scenario, Execution])[] {
  return scenario.cases === true
    ? paths.map((path) => [caseOf(scenario, path), path])
    : [[scenario, worstPath(scenario.contract, paths)]];
}

/** A path by itself, with what it said of itself; one that stopped before it could has the scenario's contract. */
function caseOf(scenario: Scenario, path: Execution): Scenario {
  const { path: file, because, needs, asked } = scenario;
  return {
    path: file,
    because,
    needs,
    ...(asked === undefined ? {} : { asked }),
    id: pathName(scenario, path),
    summary: path.case?.text ?? scenario.summary,
    contract: asContract(path.case?.contract ?? '') ?? scenario.contract,
    choices: path.choices.map((choice) => choice.taken),
  };
}

/**
 * The path that counts: one that could not be run before any other, since it might be worse than
 * what was seen; then the most harm; the first of equals. Where a stop is the promise, the path
 * that did not stop is the worst one.
 */
export function worstPath(contract: Contract, paths: readonly Execution[]): Execution {
  const [first, ...rest] = paths;
  if (first === undefined) {
    throw new Error('an exploration without paths');
  }
  let worst = first;
  for (const path of rest) {
    if (rank(contract, path) > rank(contract, worst)) {
      worst = path;
    }
  }
  return worst;
}

function rank(contract: Contract, path: Execution): number {
  if (path.outcome === 'unsupported') {
    return 10;
  }
  if (contract === 'must-assert') {
    return path.outcome === 'assertion' ? -1 : harmOf(path.outcome);
  }
  return harmOf(path.outcome);
}

/** How an execution ended, with a name of the failing statement that both sides share. */
export function endOf(image: Image, execution: Execution): SideEnd {
  return { outcome: execution.outcome, statement: statementName(image, execution) };
}

/** `function: text of the line`, which survives lines moving; undefined where nothing failed at a place. */
function statementName(image: Image, execution: Execution): string | undefined {
  if (execution.at === undefined) {
    return undefined;
  }
  const { location, function: name } = execution.at;
  const text = linesOf(image.get(location.file) ?? '')[location.line - 1] ?? '';
  return `${name}: ${text.trim().replaceAll(/\s+/gu, ' ')}`;
}

/** Of the last text asked for: thousands of paths end in the same few files. */
let lastLines: { readonly text: string; readonly lines: readonly string[] } | undefined;

function linesOf(text: string): readonly string[] {
  if (lastLines?.text !== text) {
    lastLines = { text, lines: text.split('\n') };
  }
  return lastLines.lines;
}

/** `id:1.0`: names one path of a scenario; the choices are left out where none was made. */
export function pathName(scenario: Scenario, execution: Execution): string {
  const choices = execution.choices.map((choice) => choice.taken);
  return choices.length === 0 || scenario.choices !== undefined
    ? scenario.id
    : `${scenario.id}:${choices.join('.')}`;
}

/** Reads `id` or `id:1.0`. Undefined when what follows the colon is no list of numbers. */
export function parsePathName(text: string): { id: string; choices: number[] } | undefined {
  const match = /^([^:]+)(?::(\d+(?:\.\d+)*))?$/u.exec(text);
  if (match?.[1] === undefined) {
    return undefined;
  }
  return { id: match[1], choices: match[2]?.split('.').map(Number) ?? [] };
}
