import { LIBC } from '../../../src/machine/libc/index.ts';
import { Memory } from '../../../src/machine/memory.ts';
import type { Runtime } from '../../../src/machine/runtime.ts';
import { Exit, Stop } from '../../../src/machine/stop.ts';

type Value = number | bigint;
type Callback = (...args: Value[]) => Value | undefined;

/** The site that every call of a test has. */
export const SITE = 7;

/** A machine that runs no C: memory, output, and callbacks that are TypeScript functions. */
export class Fake implements Runtime {
  readonly memory = new Memory(1 << 26);
  readonly state = new Map<string, unknown>();
  readonly notModelled = new Set<string>();
  readonly notes: string[] = [];
  readonly written: number[][] = [[], [], []];
  private readonly functions = new Map<number, Callback>();

  write(fd: number, bytes: Uint8Array): void {
    this.written[fd]?.push(...bytes);
  }

  call(address: number, args: readonly Value[]): Value | undefined {
    return this.functions.get(address)?.(...args);
  }

  choose(): number {
    return 0;
  }

  declare(): void {}

  longjmp(buffer: number, value: number): never {
    throw new Error(`longjmp ${buffer} ${value}`);
  }

  name(): void {}

  note(text: string): void {
    this.notes.push(text);
  }

  /** The address of a function. */
  function(callback: Callback): number {
    const address = this.memory.allocate(1, 'function', 'callback');
    this.functions.set(address, callback);
    return address;
  }

  /** The address of a string literal. */
  text(text: string): number {
    const bytes = Buffer.from(`${text}\0`, 'utf8');
    const address = this.memory.allocate(bytes.length, 'string', 'literal');
    this.memory.initialize(address, bytes);
    return address;
  }

  /** An uninitialized object. */
  room(size: number): number {
    return this.memory.allocate(size, 'stack', 'buffer');
  }

  /** Call a libc function; texts become string literals. */
  run(name: string, ...args: (Value | string)[]): Value | undefined {
    const builtin = LIBC.get(name);
    if (builtin === undefined) {
      throw new Error(`no ${name}`);
    }
    const values = args.map((arg) => (typeof arg === 'string' ? this.text(arg) : arg));
    return builtin(this, SITE, values);
  }

  /** As C passes what stands behind `...`: a BigInt is an integer, a number a double, a text a pointer. */
  area(...args: (Value | string)[]): number {
    if (args.length === 0) {
      return 0;
    }
    const area = this.memory.allocate(8 * args.length, 'stack', '(variadic arguments)');
    for (const [index, arg] of args.entries()) {
      if (typeof arg === 'number') {
        this.memory.wf64(area + 8 * index, arg, SITE);
      } else {
        const word = typeof arg === 'string' ? BigInt(this.text(arg)) : arg;
        this.memory.w64(area + 8 * index, word, SITE);
      }
    }
    return area;
  }

  output(fd = 1): string {
    return Buffer.from(this.written[fd] ?? []).toString('utf8');
  }

  string(address: Value | undefined): string {
    return this.memory.string(Number(address), SITE);
  }

  format(format: string, ...args: (Value | string)[]): string {
    const to = this.room(4096);
    this.run('snprintf', to, 4096n, format, this.area(...args));
    return this.string(to);
  }
}

/** How `run` ended. */
export function stopOf(run: () => unknown): Stop | Exit {
  try {
    run();
  } catch (error) {
    if (error instanceof Stop || error instanceof Exit) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was stopped');
}
