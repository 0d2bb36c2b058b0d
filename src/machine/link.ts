import type { TranslationUnit, Variable } from '../c/ast.ts';
import type { Callee, CompileContext } from '../c/compile/context.ts';
import { generateInitializer } from '../c/compile/static.ts';
import { sizeOf } from '../c/layout.ts';
import type { Location } from '../c/source.ts';
import { Machine, type Compiled } from './machine.ts';
import { builtinFor } from './externals.ts';
import type { ProgramOptions } from './program.ts';
import type { Builtin } from './runtime.ts';
import { Stop } from './stop.ts';

type Late =
  | { readonly kind: 'object'; readonly variable: Variable }
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  | { readonly kind: 'function'; readonly variable: Variable };

/** What ran: `file:line` of marked statements, and names of functions. */
interface Ran {
  readonly lines: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

const LATIN1 = new TextDecoder('latin1');

/**
 * Resolves names between translation units and hands out the numbers by which generated code refers
 * to the program. Static objects of file scope have addresses for good; strings, statics of blocks
 * and addresses of functions get theirs when an execution first asks (`S[n] || R.late(n)`), because
 * function bodies are parsed late.
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
  private readonly builtins: Builtin[] = [];
  private readonly builtinIndices = new Map<string, number>();
  private readonly addresses = new Map<Variable, number>();
  private readonly late: Late[] = [];
  private readonly lateIndices = new Map<Variable | string, number>();
  private readonly slots: number[] = [];
  private kept: readonly number[] = [];
  private readonly initializers = new Map<Variable, (address: number) => void>();
  private readonly labels = new Map<string, number>();
  private readonly marks: string[][] = [];
  /** Names of functions, by the mark that each sets when it is entered. */
  private readonly entries = new Map<number, string>();
  private readonly rans = new Map<string, Ran>();
  private current: Variable | undefined;

  constructor(
    units: readonly TranslationUnit[],
    options: ProgramOptions,
    compileFunction: (variable: Variable, linker: Linker) => Compiled,
  ) {
    this.units = withHeads(units);
    this.options = options;
    this.trace = options.trace === true;
    this.compileFunction = compileFunction;
    this.machine = new Machine();
    this.machine.late = (index) => this.allocateLate(index);
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

  private resolve(variable: Variable): Variable {
    return variable.internal ? variable : (this.symbols.get(variable.name) ?? variable);
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
    const target = this.resolve(variable);
    const address = this.addresses.get(target);
    return address === undefined
      ? this.slot(target, { kind: 'object', variable: target })
      : `${address}`;
  }

  functionAddress(variable: Variable): string {
    const target = this.resolve(variable);
    return this.slot(target.body === undefined ? `function ${target.name}` : target, {
      kind: 'function',
      variable: target,
    });
  }

  /** Above all objects. Functions that have a label of the same name share its address. */
  labelAddress(label: string): string {
    const number = this.labels.get(label) ?? this.labels.size;
    this.labels.set(label, number);
    return `${FIRST_LABEL + 16 * number}`;
  }

  stringAddress(bytes: Uint8Array): string {
    return this.slot(`string ${bytes.join()}`, { kind: 'string', bytes });
  }

  label(name: string): string {
    return JSON.stringify(/^[\w() .]*$/.test(name) ? name : '(object)');
  }

  mark(locations: readonly Location[]): number | undefined {
    const { cover } = this.options;
    if (cover === undefined) {
      return undefined;
    }
    const lines = new Set(
      locations.filter((location) => cover(location)).map(({ file, line }) => `${file}:${line}`),
    );
    return lines.size === 0 ? undefined : this.newMark([...lines]);
  }

  entered(variable: Variable): number | undefined {
    if (this.options.cover === undefined) {
      return undefined;
    }
    const mark = this.newMark([]);
    this.entries.set(mark, variable.name);
    return mark;
  }

  private newMark(texts: string[]): number {
    const index = this.marks.push(texts) - 1;
    if (index >= this.machine.covered.length) {
      const grown = new Uint8Array(Math.max(256, this.machine.covered.length * 2));
      grown.set(this.machine.covered);
      this.machine.covered = grown;
    }
    return index;
  }

  /** What the marks of the present execution stand for. Many executions set the same ones, and share the sets. */
  ran(): Ran {
    const set = this.machine.covered.subarray(0, this.marks.length);
    const key = LATIN1.decode(set);
    const known = this.rans.get(key) ?? {
      lines: new Set(this.marks.filter((_, mark) => set[mark] === 1).flat()),
      functions: new Set(
        [...this.entries].filter(([mark]) => set[mark] === 1).map(([, name]) => name),
      ),
    };
    this.rans.set(key, known);
    return known;
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
    const variable = unit?.globals.get(this.options.bound ?? '');
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
    this.functions.push((...args) => {
      const outer = this.current;
      this.current = variable;
      try {
        this.functions[index] = this.compileFunction(variable, this);
      } finally {
        this.current = outer;
      }
      return this.functions[index]?.(...args);
    });
    return index;
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
      this.slots,
    );
    return compiled;
  }

  // Static objects

  /** Allocate and initialize every static object that the units define at file scope. */
  initialize(): void {
    const objects: Variable[] = [];
    for (const unit of this.units) {
      // Compound literals come first: the objects that are initialized from them copy their value.
      for (const variable of [...unit.statics, ...unit.globals.values()]) {
        const owner = this.resolve(variable);
        if (
          variable.storage === 'static' &&
          variable.defined &&
          owner === variable &&
          !this.addresses.has(variable)
        ) {
          this.addresses.set(variable, this.allocateObject(variable));
          objects.push(variable);
        }
      }
    }
    for (const variable of objects) {
      this.runInitializer(variable, this.addresses.get(variable) ?? 0);
    }
  }

  private allocateObject(variable: Variable): number {
    return this.machine.memory.allocateZeroed(sizeOf(variable.type), 'static', variable.name);
  }

  private runInitializer(variable: Variable, address: number): void {
    if (variable.initializer === undefined) {
      return;
    }
    let run = this.initializers.get(variable);
    if (run === undefined) {
      run = this.evaluate(generateInitializer(variable, this));
      this.initializers.set(variable, run);
    }
    run(address);
  }

  private slot(key: Variable | string, late: Late): string {
    let index = this.lateIndices.get(key);
    if (index === undefined) {
      index = this.late.push(late) - 1;
      this.lateIndices.set(key, index);
      this.slots[index] = 0;
    }
    return `(S[${index}] || R.late(${index}))`;
  }

  private allocateLate(index: number): number {
    const late = this.late[index];
    if (late === undefined) {
      throw new Error(`no late object ${index}`);
    }
    switch (late.kind) {
      case 'object':
        return this.lateObject(index, late.variable);
      case 'string':
        return (this.slots[index] = this.string(late.bytes));
      case 'function':
        return (this.slots[index] = this.functionObject(late.variable));
    }
  }

  private lateObject(index: number, variable: Variable): number {
    if (!variable.defined) {
      throw new Stop(
        'unsupported',
        `the object ${variable.name} is defined nowhere`,
        this.site(variable.location),
      );
    }
    const address = this.allocateObject(variable);
    this.slots[index] = address;
    this.runInitializer(variable, address);
    return address;
  }

  private string(bytes: Uint8Array): number {
    const { memory } = this.machine;
    const address = memory.allocate(bytes.length, 'string', 'string literal');
    memory.initialize(address, bytes);
    return address;
  }

  private functionObject(variable: Variable): number {
    const address = this.machine.memory.allocate(0, 'function', variable.name);
    this.machine.functions.set(address, this.indirect(variable));
    return address;
  }

  private indirect(variable: Variable): Compiled {
    const target = this.callee(variable);
    if (target.kind === 'c') {
      return this.functionAt(target.index);
    }
    return (...args) => this.builtins[target.index]?.(this.machine, this.machine.callSite, args);
  }

  /** What has an address now keeps it in every execution. */
  keep(): void {
    this.kept = [...this.slots];
  }

  reset(): void {
    for (let index = 0; index < this.slots.length; index++) {
      this.slots[index] = this.kept[index] ?? 0;
    }
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
