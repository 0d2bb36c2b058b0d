import type { TranslationUnit, Variable } from '../c/ast.ts';
import { generateInitializer } from '../c/compile/static.ts';
import { sizeOf } from '../c/layout.ts';
import type { Linker } from './link.ts';
import type { Snapshot } from './memory-arena.ts';
import { Stop } from './stop.ts';

type Late =
  | { readonly kind: 'object'; readonly variable: Variable }
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  | { readonly kind: 'function'; readonly variable: Variable };

/** Static objects before anything ran, and why they could not all be made. */
interface Initial {
  readonly memory: Snapshot;
  readonly slots: readonly number[];
  readonly failure: { readonly error: unknown } | undefined;
}

/**
 * What has an address in static storage. Objects of file scope have theirs for good; strings, statics of blocks and
 * addresses of functions get theirs when an execution first asks (`S[n] || R.late(n)`), because function bodies are
 * parsed late.
 */
export class Statics {
  /** `S` of generated code: addresses of late objects, 0 where nobody asked yet. */
  readonly slots: number[] = [];
  private readonly linker: Linker;
  private readonly addresses = new Map<Variable, number>();
  private readonly late: Late[] = [];
  private readonly lateIndices = new Map<Variable | string, number>();
  private readonly initializers = new Map<Variable, (address: number) => void>();
  private initial: Initial | undefined;

  constructor(linker: Linker) {
    this.linker = linker;
  }

  /** A JavaScript expression for the address of an object. */
  object(variable: Variable): string {
    const address = this.addresses.get(variable);
    return address === undefined ? this.slot(variable, { kind: 'object', variable }) : `${address}`;
  }

  /** A JavaScript expression for the address of a function. */
  function(variable: Variable): string {
    const key = variable.body === undefined ? `function ${variable.name}` : variable;
    return this.slot(key, { kind: 'function', variable });
  }

  /** A JavaScript expression for the address of a string literal's array. */
  string(bytes: Uint8Array): string {
    return this.slot(`string ${bytes.join()}`, { kind: 'string', bytes });
  }

  /** Static objects as they are before anything ran, made when first asked for. */
  initialize(units: readonly TranslationUnit[]): void {
    if (this.initial === undefined) {
      const failure = failureOf(() => this.makeObjects(units));
      this.initial = {
        memory: this.linker.machine.memory.snapshot(),
        slots: this.keep(),
        failure,
      };
    } else {
      this.linker.machine.memory.restore(this.initial.memory);
      this.reset(this.initial.slots);
    }
    if (this.initial.failure !== undefined) {
      throw this.initial.failure.error;
    }
  }

  /** Allocate and initialize every static object that the units define at file scope. */
  private makeObjects(units: readonly TranslationUnit[]): void {
    const objects: Variable[] = [];
    for (const unit of units) {
      // Compound literals come first: the objects that are initialized from them copy their value.
      for (const variable of [...unit.literals, ...unit.globals.values()]) {
        const owner = this.linker.resolve(variable);
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
    return this.linker.machine.memory.allocateZeroed(
      sizeOf(variable.type),
      'static',
      variable.name,
    );
  }

  private runInitializer(variable: Variable, address: number): void {
    if (variable.initializer === undefined) {
      return;
    }
    let run = this.initializers.get(variable);
    if (run === undefined) {
      run = this.linker.evaluate(generateInitializer(variable, this.linker));
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

  /** Gives a late object its address, which generated code asked for. */
  allocateLate(index: number): number {
    const late = this.late[index];
    if (late === undefined) {
      throw new Error(`no late object ${index}`);
    }
    switch (late.kind) {
      case 'object':
        return this.lateObject(index, late.variable);
      case 'string':
        return (this.slots[index] = this.stringObject(late.bytes));
      case 'function':
        return (this.slots[index] = this.functionObject(late.variable));
    }
  }

  private lateObject(index: number, variable: Variable): number {
    if (!variable.defined) {
      throw new Stop(
        'unsupported',
        `the object ${variable.name} is defined nowhere`,
        this.linker.site(variable.location),
      );
    }
    const address = this.allocateObject(variable);
    this.slots[index] = address;
    this.runInitializer(variable, address);
    return address;
  }

  private stringObject(bytes: Uint8Array): number {
    const { memory } = this.linker.machine;
    const address = memory.allocate(bytes.length, 'string', 'string literal');
    memory.initialize(address, bytes);
    return address;
  }

  private functionObject(variable: Variable): number {
    const address = this.linker.machine.memory.allocate(0, 'function', variable.name);
    this.linker.machine.functions.set(address, this.linker.indirect(variable));
    return address;
  }

  /** The addresses that late objects have now. */
  keep(): readonly number[] {
    return [...this.slots];
  }

  /** Late objects have the addresses that were kept, and others none. */
  reset(kept: readonly number[]): void {
    for (let index = 0; index < this.slots.length; index++) {
      this.slots[index] = kept[index] ?? 0;
    }
  }
}

function failureOf(run: () => void): { readonly error: unknown } | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return { error };
  }
}
