import { createHash } from 'node:crypto';
import type { Session } from '../cli/session.ts';
import type { Engine } from '../lifecycle/engine.ts';
import { matches } from '../lifecycle/pack.ts';
import { endOf, runSide } from '../lifecycle/replay.ts';
import type { Scenario } from '../lifecycle/scenario.ts';
import { classify } from '../lifecycle/verdict.ts';
import type { ScenarioClass } from '../lifecycle/verdict.ts';
import type { Execution } from '../machine/execution.ts';
import { type Image, overlay } from '../tree/image.ts';
import type { Change } from './edit.ts';
import { edited } from '../lifecycle/repair/edit.ts';
import type { SourceFile } from './functions.ts';

/** How a scenario ends on the unchanged file, and which of its lines it runs. */
interface BaseRun {
  readonly scenario: Scenario;
  readonly end: Execution;
  readonly lines: ReadonlySet<number>;
  /** The choices of each path. */
  readonly paths: readonly (readonly number[])[];
}

/** What a change did to one scenario. */
export interface Difference {
  readonly scenario: string;
  readonly class: ScenarioClass;
  readonly before: Execution;
  readonly after: Execution;
}

export interface Trial {
  /** Required and must-assert scenarios that do not end as before, in the order in which they ran. */
  readonly differences: readonly Difference[];
  /** How many scenarios ran. */
  readonly ran: number;
  /** Scenarios that run a changed line on the unchanged file. */
  readonly reached: number;
}

/** Runs changed versions of one file. Only scenarios that enter the changed function can end differently. */
export class Runner {
  private readonly session: Session;
  private readonly engine: Engine;
  private readonly source: SourceFile;
  private readonly runs: BaseRun[] = [];
  /** How often a scenario told a change from the base: those that did go first. */
  private readonly found = new Map<string, number>();
  private readonly traces = new Map<string, string>();

  constructor(session: Session, engine: Engine, source: SourceFile) {
    this.session = session;
    this.engine = engine;
    this.source = source;
  }

  /** Every scenario on the unchanged file; cases one by one, since each enters other functions. */
  prepare(scenarios: readonly Scenario[], tick: () => void): void {
    const { base } = this.session;
    for (const scenario of scenarios) {
      for (const one of runSide(this.engine, base, [scenario]).scenarios) {
        const { worst, covered } = runSide(this.engine, base, [one]);
        const end = worst.get(one.id);
        if (end !== undefined) {
          this.runs.push({
            scenario: one,
            end,
            lines: this.linesOf(covered),
            paths: this.paths(one),
          });
        }
      }
      tick();
    }
  }

  /** Lines of the file among the places that ran. */
  private linesOf(covered: ReadonlySet<string>): Set<number> {
    const start = `${this.source.path}:`;
    const places = [...covered].filter((place) => place.startsWith(start));
    return new Set(places.map((place) => Number(place.slice(start.length))));
  }

  private paths(scenario: Scenario): number[][] {
    const found = this.engine.explore(this.session.base, scenario);
    return found.map(({ choices }) => choices.map(({ taken }) => taken));
  }

  get size(): number {
    return this.runs.length;
  }

  /** Runs a change; with `untilFound` it ends with the first scenario that ends worse. */
  try(change: Change, untilFound: boolean): Trial {
    const image = this.imageOf(change);
    const runs = this.runsOf(change);
    const differences: Difference[] = [];
    let ran = 0;
    for (const run of runs) {
      const difference = this.compare(image, run);
      ran += 1;
      if (difference === undefined) {
        continue;
      }
      differences.push(difference);
      if (difference.class === 'introduced' && untilFound) {
        this.found.set(run.scenario.id, (this.found.get(run.scenario.id) ?? 0) + 1);
        break;
      }
    }
    return { differences, ran, reached: this.reachedBy(change).length };
  }

  /** The first scenario in which anything is done differently: what was called, with what, in which order. */
  differs(change: Change, calls: readonly string[]): string | undefined {
    const reached = this.reachedBy(change);
    // The engine keeps one side linked: all of the base first.
    const before = reached.map((run) => this.storyOfBase(run, calls));
    const image = this.imageOf(change);
    const at = reached.findIndex((run, index) => this.story(image, run, calls) !== before[index]);
    return reached[at]?.scenario.id;
  }

  private storyOfBase(run: BaseRun, calls: readonly string[]): string {
    const { id } = run.scenario;
    const known = this.traces.get(id) ?? this.story(this.session.base, run, calls);
    this.traces.set(id, known);
    return known;
  }

  private imageOf(change: Change): Image {
    const { path, text } = this.source;
    return overlay(this.session.base, new Map([[path, edited(text, change.edits)]]));
  }

  /** What runs a changed line on the unchanged file. */
  private reachedBy(change: Change): BaseRun[] {
    const { text } = this.source;
    const changed = change.edits.map(({ start }) => text.slice(0, start).split('\n').length);
    return this.runsOf(change).filter(({ lines }) => changed.some((line) => lines.has(line)));
  }

  private runsOf(change: Change): BaseRun[] {
    const of = this.source.functions.find(({ name }) => name === change.function);
    if (of === undefined) {
      return [];
    }
    const { first, last } = of.lines;
    const entered = this.runs.filter(({ lines }) =>
      [...lines].some((line) => line >= first && line <= last),
    );
    const rank = ({ scenario, lines }: BaseRun): number =>
      (lines.has(change.line) ? 1e6 : 0) + (this.found.get(scenario.id) ?? 0);
    return entered.toSorted((a, b) => rank(b) - rank(a));
  }

  private compare(image: Image, { scenario, end }: BaseRun): Difference | undefined {
    const after = runSide(this.engine, image, [scenario]).worst.get(scenario.id);
    if (after === undefined) {
      throw new Error(`${scenario.id} was not run`);
    }
    const result = classify({
      contract: scenario.contract,
      before: endOf(this.session.base, end),
      after: endOf(image, after),
      between: [],
      failsElsewhereOnBase: false,
    });
    const isSame = result === 'clean' || result === 'preexisting';
    return isSame || scenario.contract === 'tolerated'
      ? undefined
      : { scenario: scenario.id, class: result, before: end, after };
  }

  /** What each path that the base has does. */
  private story(image: Image, { scenario, paths }: BaseRun, calls: readonly string[]): string {
    return paths.map((taken) => hashOf(this.engine.trace(image, scenario, taken), calls)).join();
  }
}

/** An execution without its places, which move with every edit. */
function hashOf({ outcome, message, trace }: Execution, calls: readonly string[]): string {
  const hash = createHash('sha256').update(`${outcome} ${message}`);
  for (const event of trace) {
    if (event.kind === 'note' || event.kind === 'choice') {
      hash.update(`${event.kind === 'note' ? event.text : event.choice.n}\n`);
    } else if (event.kind === 'call' && matches(calls, event.callee)) {
      hash.update(`${event.callee}(${event.args.map(placeless).join()})\n`);
    }
  }
  return hash.digest('hex');
}

/** Addresses of records and texts are handed out as they are asked for: they tell nothing. */
function placeless(argument: string): string {
  return /^\d{10,}$/u.test(argument) ? '' : argument;
}
