import type { TranslationUnit, Variable } from '../c/ast.ts';
import type { Callee, CompileContext } from '../c/compile/context.ts';
import { itself, type Kin } from '../c/kin.ts';
import type { Location } from '../c/source.ts';
import { Machine, type Compiled } from './machine.ts';
import { builtinFor } from './externals.ts';
import { Marks, type Ran, Reading } from './marks.ts';
import { Statics } from './statics.ts';
import type { ProgramOptions } from './program.ts';
import type { Builtin } from './runtime.ts';
import { Stop } from './stop.ts';

/** One of the programs that a linker holds: the units that it was made for, or another version of them. */
export interface Side {
  readonly kin: Kin;
  /** The functions that are others here, as far as they are compiled. */
  readonly compiled: Map<number, Compiled>;
  readonly reading: Reading;
}

/**
 * Resolves names between translation units and hands out the numbers by which generated code refers
 * to the program.
 *
 * Versions of the units that differ in bodies of functions only are sides of one linker: `F[n]` is bound
 * to the present side's function, and all others are compiled once.
 */
export class Linker implements CompileContext {
  readonly machine: Machine;
  readonly trace: boolean;
  private readonly units: readonly TranslationUnit[];
  private readonly options: ProgramOptions;
  private readonly compileFunction: (variable: Variable, linker: Linker) => Compiled;
  private readonly symbols = new Map<string, Variable>();
  private readonly indices = new Map<Variable, number>();
  private readonly functions: Compiled[] = [unbound];
  /** Compiled functions that are the same on every side that has no other. */
  private readonly shared = new Map<number, Compiled>();
  private readonly builtins: Builtin[] = [];
  private readonly builtinIndices = new Map<string, number>();
  readonly statics: Statics;
  private readonly labels = new Map<string, number>();
  private readonly marks: Marks;
  private current: Variable | undefined;
  private side: Side;

  constructor(
    units: readonly TranslationUnit[],
    options: ProgramOptions,
    compileFunction: (variable: Variable, linker: Linker) => Compiled,
  ) {
    this.units = withHeads(units);
    this.options = options;
    this.trace = options.trace === true;
    this.compileFunction = compileFunction;
    this.machine = new Machine((variable) => this.shiftOf(variable));
    this.marks = new Marks(this.machine);
    this.side = this.newSide(itself());
    this.statics = new Statics(this);
    this.machine.late = (index) => this.statics.allocateLate(index);
    this.site({ file: '', line: 0, column: 0 });
    for (const unit of this.units) {
      for (const variable of unit.globals.values()) {
        this.offer(variable);
      }
    }
  }

  /** C11 §6.9.2: a definition wins over a tentative one, that one over a declaration. */
  private offer(variable: Variable): void {
    if (variable.internal) {
      return;
    }
    const known = this.symbols.get(variable.name);
    if (known === undefined || strength(variable) > strength(known)) {
      this.symbols.set(variable.name, variable);
    }
  }

  resolve(variable: Variable): Variable {
    return variable.internal
      ? (this.side.kin.twins.get(variable) ?? variable)
      : (this.symbols.get(variable.name) ?? variable);
  }

  // Sides

  newSide(kin: Kin): Side {
    return { kin, compiled: new Map(), reading: new Reading() };
  }

  get present(): Side {
    return this.side;
  }

  /** Binds the functions of a side, and puts static objects back to what they were before anything ran. */
  use(side: Side): void {
    const bound = new Set([...this.side.kin.others.keys(), ...side.kin.others.keys()]);
    this.side = side;
    for (const variable of bound) {
      const index = this.indices.get(variable);
      if (index !== undefined) {
        const { others } = side.kin;
        const known = others.has(variable) ? side.compiled.get(index) : this.shared.get(index);
        this.functions[index] = known ?? this.uncompiled(variable, index);
      }
    }
    this.statics.initialize(this.units);
  }

  private shiftOf(variable: Variable | undefined): number {
    return (variable && this.side.kin.shifts.get(variable)) ?? 0;
  }

  // CompileContext

  site(location: Location): number {
    const entry = { location, function: this.current?.name ?? '', variable: this.current };
    return this.machine.sites.push(entry) - 1;
  }

  callee(variable: Variable): Callee {
    if (variable.name === this.options.bound && variable.body === undefined) {
      return { kind: 'c', index: BOUND };
    }
    const target = this.resolve(variable);
    return target.body === undefined
      ? { kind: 'builtin', index: this.builtin(target.name) }
      : { kind: 'c', index: this.index(target) };
  }

  staticAddress(variable: Variable): string {
    return this.statics.object(this.resolve(variable));
  }

  functionAddress(variable: Variable): string {
    return this.statics.function(this.resolve(variable));
  }

  /** Above all objects. Functions that have a label of the same name share its address. */
  labelAddress(label: string): string {
    const number = this.labels.get(label) ?? this.labels.size;
    this.labels.set(label, number);
    return `${FIRST_LABEL + 16 * number}`;
  }

  stringAddress(bytes: Uint8Array): string {
    return this.statics.string(bytes);
  }

  label(name: string): string {
    return JSON.stringify(/^[\w() .]*$/.test(name) ? name : '(object)');
  }

  mark(locations: readonly Location[]): number | undefined {
    const { cover } = this.options;
    const covered = locations.filter(({ file }) => cover?.(file) === true);
    return covered.length === 0
      ? undefined
      : this.marks.add({ locations: covered, variable: this.current });
  }

  entered(variable: Variable): number | undefined {
    return this.options.cover === undefined
      ? undefined
      : this.marks.add({ locations: [], variable, entered: variable.name });
  }

  ran(): Ran {
    return this.marks.ran(this.side.reading, (variable) => this.shiftOf(variable));
  }

  // Functions

  /** The function of that name, for the outside. */
  entry(name: string): Compiled {
    const variable = this.symbols.get(name);
    if (variable?.body === undefined) {
      throw new Stop('unsupported', `there is no function ${name} to start with`, 0);
    }
    const index = this.index(variable);
    return this.functionAt(index);
  }

  /** The bound function is this unit's from now on. */
  bind(unit: TranslationUnit | undefined): void {
    const named = unit?.globals.get(this.options.bound ?? '');
    const variable = named && (this.side.kin.twins.get(named) ?? named);
    this.functions[BOUND] =
      variable?.body === undefined ? unbound : this.functionAt(this.index(variable));
  }

  private functionAt(index: number): Compiled {
    return (...args) => this.functions[index]?.(...args);
  }

  constructors(): Compiled[] {
    const found: Compiled[] = [];
    for (const unit of this.units) {
      for (const variable of unit.globals.values()) {
        if (variable.isConstructor === true && variable.body !== undefined) {
          const index = this.index(variable);
          found.push(this.functionAt(index));
        }
      }
    }
    return found;
  }

  private index(variable: Variable): number {
    const known = this.indices.get(variable);
    if (known !== undefined) {
      return known;
    }
    const index = this.functions.length;
    this.indices.set(variable, index);
    this.functions.push(this.uncompiled(variable, index));
    return index;
  }

  /** Compiles the function that the present side has there when it is first called. */
  private uncompiled(variable: Variable, index: number): Compiled {
    return (...args) => {
      const outer = this.current;
      const other = this.side.kin.others.get(variable);
      this.current = other ?? variable;
      try {
        const compiled = this.compileFunction(this.current, this);
        (other === undefined ? this.shared : this.side.compiled).set(index, compiled);
        this.functions[index] = compiled;
      } finally {
        this.current = outer;
      }
      return this.functions[index]?.(...args);
    };
  }

  /** What a call through a pointer to the function runs. */
  indirect(variable: Variable): Compiled {
    const target = this.callee(variable);
    if (target.kind === 'c') {
      return this.functionAt(target.index);
    }
    return (...args) => this.builtins[target.index]?.(this.machine, this.machine.callSite, args);
  }

  private builtin(name: string): number {
    const known = this.builtinIndices.get(name);
    if (known !== undefined) {
      return known;
    }
    const index = this.builtins.push(builtinFor(name, this.options.policy)) - 1;
    this.builtinIndices.set(name, index);
    return index;
  }

  /** Generated source in the scope it expects. */
  evaluate(source: string): Compiled {
    // oxlint-disable-next-line typescript/no-implied-eval -- compiling C is this: see ARCHITECTURE.md
    const make = new Function('M', 'R', 'F', 'B', 'S', `'use strict'; return ${source};`);
    const compiled: Compiled = make(
      this.machine.memory,
      this.machine,
      this.functions,
      this.builtins,
      this.statics.slots,
    );
    return compiled;
  }
}

/** Units, and before the first of those that share it the unit of their headers. */
function withHeads(units: readonly TranslationUnit[]): TranslationUnit[] {
  const all = new Set<TranslationUnit>();
  for (const unit of units) {
    if (unit.head !== undefined) {
      all.add(unit.head);
    }
    all.add(unit);
  }
  return [...all];
}

const FIRST_LABEL = 2 ** 47 + 2 ** 20;

/** The index of the function that each run binds. */
const BOUND = 0;

function unbound(): never {
  throw new Stop('unsupported', 'no scenario was chosen', 0);
}

function strength(variable: Variable): number {
  if (variable.body !== undefined || variable.initializer !== undefined) {
    return 2;
  }
  return variable.defined && variable.storage !== 'function' ? 1 : 0;
}
