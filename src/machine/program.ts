import type { TranslationUnit, Variable } from '../c/ast.ts';
import { generateFunction, placeOf } from '../c/compile/function.ts';
import type { Kin } from '../c/kin.ts';
import { CError } from '../c/source.ts';
import type { Bounds, Execution } from './execution.ts';
import { DEFAULT_BOUNDS } from './execution.ts';
import { explore, type Exploration } from './explore.ts';
import { Linker, type Side } from './link.ts';
import type { Compiled, Machine } from './machine.ts';
import type { OutcomeKind } from './outcome.ts';
import { Exit, Skip, Stop } from './stop.ts';
import type { Watch } from './watch.ts';

/** Externals that have no code anywhere: `trace_*` does nothing, a query answers a stated value. */
export interface ExternalsPolicy {
  readonly stubs: readonly { readonly match: string; readonly returns: number }[];
}

export interface ProgramOptions {
  readonly policy: ExternalsPolicy;
  /** Record statements and calls; several times slower. */
  readonly trace?: boolean;
  /** What looks on as traced executions run; called once, with what there is to see. */
  readonly watch?: (machine: Pick<Machine, 'memory' | 'names'>) => Watch;
  /** The files whose statements are marked when they run. */
  readonly cover?: (file: string) => boolean;
  /** A function that each run chooses anew: `scenario`, of which every scenario has its own. */
  readonly bound?: string;
  /**
   * A function that is called once, after the constructors, for all executions together. Where it stops
   * or chooses, it is as if it had not been called: each execution meets for itself what it met.
   */
  readonly prepare?: string | undefined;
  /** Report heap blocks that nothing points to when an execution ends. */
  readonly leaks?: boolean;
}

export interface RunOptions {
  /** The function to call: `main`, or one without parameters. */
  readonly entry: string;
  /** The unit whose definition of the bound function is called. */
  readonly unit?: TranslationUnit;
  readonly args?: readonly string[];
  /** Answers to the first choices; all further ones are 0. */
  readonly choices?: readonly number[];
  readonly bounds?: Bounds;
  /** All of it, or what gives the next bytes, undefined at the end. */
  readonly stdin?: Uint8Array | (() => Uint8Array | undefined);
  /** Takes what the program writes to stdout (1) and stderr (2) at once, instead of the execution. */
  readonly output?: (fd: number, bytes: Uint8Array) => void;
}

/** Translation units linked together; static objects initialized and constructors run, once. */
export class Program {
  private readonly linker: Linker;
  private readonly side: Side;
  private readonly machine: Machine;
  private readonly options: ProgramOptions;
  private readonly watch: Watch | undefined;
  private snapshot: ReturnType<Machine['memory']['snapshot']> | undefined;
  /** Addresses of late objects that every execution starts with. */
  private kept: readonly number[] = [];
  private started: Stop | undefined;
  /** What constructors and `prepare` ran and the policy stood in for: part of every execution. */
  private prepared: { readonly covered: Uint8Array; readonly notModelled: ReadonlySet<string> } = {
    covered: new Uint8Array(0),
    notModelled: new Set(),
  };

  constructor(linker: Linker, side: Side, options: ProgramOptions) {
    this.options = options;
    this.linker = linker;
    this.side = side;
    this.machine = linker.machine;
    this.watch = options.watch?.(this.machine);
  }

  /** Another version of the units, which shares with this one what both have: they take turns, and each starts afresh. */
  variant(kin: Kin): Program {
    return new Program(this.linker, this.linker.newSide(kin), this.options);
  }

  /** One execution. */
  run(options: RunOptions): Execution {
    const bounds = options.bounds ?? DEFAULT_BOUNDS;
    this.start(bounds);
    this.linker.statics.reset(this.kept);
    this.linker.bind(options.unit);
    this.machine.reset(bounds, options.choices ?? []);
    this.machine.covered.set(this.prepared.covered);
    this.machine.notModelled = new Set(this.prepared.notModelled);
    this.machine.state.set('stdin', options.stdin);
    this.machine.sink = options.output;
    this.watch?.begin();
    this.machine.watch = this.watch;
    if (this.started !== undefined) {
      return this.execution(this.started.kind, 0, this.started);
    }
    return this.attempt(options);
  }

  /** Every path within the bounds. */
  explore(options: Omit<RunOptions, 'choices'>): Exploration {
    return explore(
      (choices) => this.run({ ...options, choices }),
      options.bounds ?? DEFAULT_BOUNDS,
    );
  }

  /** Static objects and constructors, once a turn; later executions start from the snapshot. */
  private start(bounds: Bounds): void {
    if (this.snapshot !== undefined && this.linker.present === this.side) {
      this.machine.memory.restore(this.snapshot);
      return;
    }
    this.machine.reset(bounds, []);
    this.started = undefined;
    try {
      this.linker.use(this.side);
      for (const constructor of this.linker.constructors()) {
        constructor();
      }
    } catch (error) {
      this.started = asStop(error);
    }
    this.kept = this.linker.statics.keep();
    this.snapshot = this.machine.memory.snapshot();
    this.notePrepared();
    if (this.started === undefined && this.options.prepare !== undefined) {
      this.prepare(this.options.prepare, this.snapshot);
    }
  }

  /** What ran before any execution counts as run by each of them. */
  private notePrepared(): void {
    const { covered, notModelled } = this.machine;
    this.prepared = { covered: covered.slice(), notModelled: new Set(notModelled) };
  }

  private prepare(name: string, fresh: ReturnType<Machine['memory']['snapshot']>): void {
    const { machine, linker } = this;
    try {
      linker.entry(name)();
      if (machine.choices.length === 0) {
        this.notePrepared();
        this.kept = linker.statics.keep();
        this.snapshot = machine.memory.snapshot();
        return;
      }
    } catch (error) {
      asStop(error);
    }
    machine.memory.restore(fresh);
  }

  private attempt(options: RunOptions): Execution {
    try {
      const status = this.call(options);
      this.machine.runAtExit();
      return this.ended(status);
    } catch (error) {
      if (error instanceof Exit) {
        return this.ended(error.status);
      }
      if (error instanceof Skip) {
        return { ...this.execution('clean', 0), skipped: true };
      }
      const stop = asStop(error);
      return this.execution(stop.kind, 0, stop);
    }
  }

  private call(options: RunOptions): number {
    const entry = this.linker.entry(options.entry);
    const argv = options.entry === 'main' ? this.arguments(options.args ?? []) : [];
    const result = entry(...argv);
    return typeof result === 'number' ? result & 255 : 0;
  }

  /** `argc` and `argv`, as C11 §5.1.2.2.1 has them. */
  private arguments(args: readonly string[]): (number | bigint)[] {
    const { memory } = this.machine;
    const argv = memory.allocateZeroed(8 * (args.length + 2), 'static', 'argv');
    for (const [index, arg] of ['a.out', ...args].entries()) {
      const bytes = new TextEncoder().encode(`${arg}\0`);
      const address = memory.allocateZeroed(bytes.length, 'static', `argv[${index}]`);
      memory.writeBytes(address, bytes, 0);
      memory.wptr(argv + 8 * index, address, 0);
    }
    return [args.length + 1, argv, argv + 8 * (args.length + 1)];
  }

  private ended(status: number): Execution {
    const lost = this.options.leaks === true ? this.machine.memory.unreachableHeapBlocks() : [];
    const [first] = lost;
    if (first === undefined) {
      return this.execution('clean', status);
    }
    const more = lost.length > 1 ? ` and ${lost.length - 1} more` : '';
    return this.execution(
      'leak',
      status,
      new Stop('leak', `nothing points to ${first.name}${more} any more`, 0),
    );
  }

  private execution(outcome: OutcomeKind, exitStatus: number, stop?: Stop): Execution {
    const { machine } = this;
    const at = stop === undefined || stop.site === 0 ? undefined : machine.site(stop.site);
    const { lines, functions } = this.linker.ran();
    return {
      outcome,
      ...(at === undefined ? {} : { at }),
      message: stop?.detail ?? '',
      stack: this.options.trace === true ? machine.callStack(at) : [],
      choices: machine.choices,
      ...(machine.case === undefined ? {} : { case: machine.case }),
      trace: machine.trace,
      covered: lines,
      functions,
      notModelled: machine.notModelled,
      stdout: machine.text(1),
      stderr: machine.text(2),
      exitStatus,
      steps: machine.stepsTaken,
    };
  }
}

/** What the host says when a text, an array or a number does not fit. */
const TOO_LARGE = /string length|array length|buffer allocation|BigInt/i;

/** Anything that ends an execution as a Stop; bugs of ours pass through. */
function asStop(error: unknown): Stop {
  if (error instanceof Stop) {
    return error;
  }
  if (error instanceof Exit) {
    return new Stop('unsupported', 'a constructor called exit()', 0);
  }
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return new Stop('stack-overflow', 'the machine has no stack left', 0);
  }
  if (error instanceof RangeError && TOO_LARGE.test(error.message)) {
    return new Stop('out-of-memory', 'the machine cannot hold a value of that size', 0);
  }
  throw error;
}

/** Compile one function on its first call; what is not understood stops the execution there. */
function compile(variable: Variable, linker: Linker): Compiled {
  const body = variable.body;
  const site = linker.site(placeOf(variable));
  if (body === undefined) {
    throw new Stop('unsupported', `call to ${variable.name}`, site);
  }
  try {
    const source = generateFunction(variable, body.get(), linker);
    return linker.evaluate(source);
  } catch (error) {
    if (error instanceof CError) {
      throw new Stop(
        'unsupported',
        `${variable.name}: ${error.message}`,
        linker.site(error.location),
      );
    }
    throw error;
  }
}

export function linkProgram(units: readonly TranslationUnit[], options: ProgramOptions): Program {
  const linker = new Linker(units, options, compile);
  return new Program(linker, linker.present, options);
}
