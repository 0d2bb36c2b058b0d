import type { Variable } from '../c/ast.ts';
import type { Location } from '../c/source.ts';
import type { Bounds, Case, Choice, Site, TraceEvent } from './execution.ts';
import { Checks, type Value } from './checks.ts';
import { Escape, LongJump } from './jump.ts';
import { runAtExit } from './libc/index.ts';
import type { Shift } from './marks.ts';
import { GRANULE } from './memory-object.ts';
import { Memory } from './memory.ts';
import type { Runtime } from './runtime.ts';
import { Stop } from './stop.ts';
import type { Watch } from './watch.ts';

export type Compiled = (...args: readonly (number | bigint)[]) => Value;

/** A source position in a C function; the number that generated code passes is its index. */
export interface SiteEntry {
  readonly location: Location;
  readonly function: string;
  readonly variable: Variable | undefined;
}

const MAX_EVENTS = 200_000;
/** Longer ones are not shown. */
const LONGEST_LITERAL = 64;
/** Bytes that may be moved for each step. */
const WORK_PER_STEP = 64;
/** What is printed is kept, and takes more room as text. */
const OUTPUT_WORK = 64;

/** The state of one execution, and what generated code calls by the name `R`. */
export class Machine extends Checks implements Runtime {
  readonly memory: Memory;
  readonly sites: SiteEntry[] = [];
  steps = 0;
  depth = 0;
  maxDepth = 0;
  callSite = 0;
  covered = new Uint8Array(0);
  choices: Choice[] = [];
  case: Case | undefined;
  trace: TraceEvent[] = [];
  /** Sites of the calls that are open, in traced executions. */
  stack: { readonly callee: string; readonly from: number }[] = [];
  line = 0;
  notModelled = new Set<string>();
  /** What the pack's C calls the objects at these addresses, also those inside of others; each name is one's own. */
  names = new Map<number, string>();
  /** Only in traced executions. */
  watch: Watch | undefined;
  /** Takes output as it is written; it is kept for the execution otherwise. */
  sink: ((fd: number, bytes: Uint8Array) => void) | undefined;
  private output: Uint8Array[][] = [[], [], []];
  prefix: readonly number[] = [];
  /** Scratch of libc, emptied before each execution. */
  readonly state = new Map<string, unknown>();
  /** Gives a late static object its address; set by the linker. */
  late: (index: number) => number = () => 0;
  readonly functions = new Map<number, Compiled>();
  private readonly escapes: Escape[] = [];
  private allowed = 0;
  private frames = 0;
  private landing: number | undefined;
  private readonly shift: Shift;

  constructor(shift: Shift) {
    super();
    this.shift = shift;
    this.memory = new Memory();
  }

  get stepsTaken(): number {
    return this.allowed - this.steps;
  }

  /** Back to the start of an execution; memory is restored by the program. */
  reset(bounds: Bounds, prefix: readonly number[]): void {
    this.steps = bounds.steps;
    this.allowed = bounds.steps;
    this.memory.allowWork(bounds.steps * WORK_PER_STEP);
    this.maxDepth = bounds.depth;
    this.depth = 0;
    this.callSite = 0;
    this.line = 0;
    this.covered.fill(0);
    this.choices = [];
    this.case = undefined;
    this.trace = [];
    this.stack = [];
    this.notModelled = new Set();
    this.names = new Map();
    this.output = [[], [], []];
    this.state.clear();
    this.prefix = prefix;
    this.frames = 0;
    this.landing = undefined;
  }

  site(index: number): Site | undefined {
    const entry = this.sites[index];
    if (entry === undefined) {
      return undefined;
    }
    const { location, function: name } = entry;
    const shift = this.shift(entry.variable);
    return {
      location: shift === 0 ? location : { ...location, line: location.line + shift },
      function: name,
    };
  }

  // Bounds

  bound(site: number): void {
    if (this.depth > this.maxDepth) {
      throw new Stop('stack-overflow', `more than ${this.maxDepth} nested calls`, site);
    }
    this.outOfSteps(site);
  }

  outOfSteps(site: number): never {
    throw new Stop('non-termination', 'the bound on steps was reached', site);
  }

  /** `__builtin_*_overflow`: stores the exact result cut to the type; 1 when that changed it. */
  overflow(exact: bigint, address: number, width: number, unsigned: boolean, site: number): number {
    const result = unsigned ? BigInt.asUintN(width, exact) : BigInt.asIntN(width, exact);
    const store = { 8: 'w8', 16: 'w16', 32: 'w32' }[width];
    if (store === 'w8' || store === 'w16' || store === 'w32') {
      this.memory[store](address, Number(result), site);
    } else {
      this.memory.w64(address, result, site);
    }
    return result === exact ? 0 : 1;
  }

  // Calls

  callable(address: number, site: number): Compiled {
    const found = this.functions.get(address);
    if (found !== undefined) {
      return found;
    }
    if (address < 65536 && address > -65536) {
      throw new Stop('null-dereference', 'a call through a null function pointer', site);
    }
    throw new Stop(
      'out-of-bounds',
      `a call of ${this.memory.describe(address)}, which is no function`,
      site,
    );
  }

  returnRecord(to: number, from: number, size: number, site: number): number {
    this.memory.copy(to, from, size, site);
    return to;
  }

  vla(bytes: number, site: number): number {
    if (bytes < 0) {
      throw new Stop('out-of-bounds', 'an array of negative length', site);
    }
    return this.memory.allocate(bytes, 'stack', 'array', site);
  }

  alloca(size: bigint, site: number): number {
    return this.memory.allocate(Number(size), 'stack', 'alloca', site);
  }

  // Variable arguments: a `va_list` is 24 bytes, of which the word at 8 points to the next slot

  vaStart(list: number, area: number | undefined, site: number): void {
    this.memory.fill(list, 0, 24, site);
    this.memory.wptr(list + 8, area ?? 0, site);
  }

  vaSlot(list: number, size: number, site: number): number {
    const slot = this.memory.ptr(list + 8, site);
    this.memory.wptr(list + 8, slot + size, site);
    return slot;
  }

  // Jumps

  escape(number: number): Escape {
    return (this.escapes[number] ??= new Escape(number));
  }

  escaped(error: unknown): number {
    if (error instanceof Escape) {
      return error.number;
    }
    throw error;
  }

  noLabel(address: number, site: number): never {
    const what = this.memory.describe(address);
    throw new Stop('out-of-bounds', `a jump to ${what}, which is no label of this function`, site);
  }

  // setjmp and longjmp

  newFrame(): number {
    return ++this.frames;
  }

  setjmp(buffer: number, frame: number, block: number, site: number): number {
    if (this.landing !== undefined) {
      const value = this.landing;
      this.landing = undefined;
      return value;
    }
    const words = [frame, block, this.depth, this.stack.length];
    for (const [index, word] of words.entries()) {
      this.memory.w64(buffer + 8 * index, BigInt(word), site);
    }
    return 0;
  }

  longjmp(buffer: number, value: number, site: number): never {
    const word = (index: number): number => Number(this.memory.u64(buffer + 8 * index, site));
    this.landing = value === 0 ? 1 : value;
    throw new LongJump(word(0), word(1), word(2), word(3));
  }

  land(error: unknown, frame: number): number {
    if (error instanceof LongJump && error.frame === frame) {
      this.depth = error.depth;
      this.stack.length = error.stack;
      return error.block;
    }
    throw error;
  }

  // Choices

  choose(n: number, what: string): number {
    const taken = this.prefix[this.choices.length] ?? 0;
    if (n < 1 || taken >= n) {
      throw new Stop('unsupported', `choice ${taken} of ${n} (${what}) does not exist`, this.line);
    }
    const choice = { what, n, taken };
    this.choices.push(choice);
    this.event({ kind: 'choice', choice });
    return taken;
  }

  declare(stated: Case): void {
    this.case = stated;
  }

  // What libc asks for (see runtime.ts)

  write(fd: number, bytes: Uint8Array): void {
    if (this.sink === undefined) {
      this.memory.spend(bytes.length * OUTPUT_WORK, this.callSite);
      this.output[fd]?.push(bytes.slice());
    } else {
      this.sink(fd, bytes);
    }
  }

  text(fd: number): string {
    const decoder = new TextDecoder();
    const parts = this.output[fd] ?? [];
    return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
  }

  call(address: number, args: readonly (number | bigint)[], site: number): Value {
    this.callSite = site;
    // A sort calls back as often as it likes, also what is no C and counts no steps.
    this.memory.spend(WORK_PER_STEP, site);
    return this.callable(address, site)(...args);
  }

  runAtExit(): void {
    runAtExit(this);
  }

  note(text: string): void {
    this.event({ kind: 'note', text });
  }

  name(address: number, text: string): void {
    this.memory.rename(address, text);
    if (this.watch === undefined) {
      return;
    }
    const taken = new Set(this.names.values());
    let name = text;
    for (let count = 2; taken.has(name) && this.names.get(address) !== name; count++) {
      name = `${text}#${count}`;
    }
    this.names.set(address, name);
  }

  // Tracing

  event(event: TraceEvent): void {
    if (this.trace.length < MAX_EVENTS) {
      this.watch?.look(this.trace.length);
      this.trace.push(event);
    }
  }

  statement(index: number): void {
    this.line = index;
    const site = this.site(index);
    if (site !== undefined) {
      this.event({ kind: 'statement', site, depth: this.depth });
    }
  }

  enter(index: number, values: readonly (number | bigint)[]): void {
    const entry = this.sites[index];
    // The outermost call comes from outside the program.
    const site = this.site(this.callSite === 0 ? index : this.callSite);
    if (entry === undefined || site === undefined) {
      return;
    }
    const type = entry.variable?.type;
    const params = type?.kind === 'function' ? type.params : [];
    const args = values.map((value, at) =>
      params[at]?.kind === 'pointer' && typeof value === 'number' ? this.shown(value) : `${value}`,
    );
    if (entry.variable !== undefined) {
      this.watch?.enter(entry.variable, values);
    }
    this.event({ kind: 'call', callee: entry.function, args, values, site, depth: this.depth });
    this.stack.push({ callee: entry.function, from: this.callSite });
  }

  /** A pointer as people read it; a literal by its text. */
  private shown(address: number): string {
    const object = this.memory.objects[Math.floor(address / GRANULE)];
    if (object?.kind !== 'string' || object.base !== address || object.size > LONGEST_LITERAL) {
      return this.memory.describe(address);
    }
    return JSON.stringify(this.memory.string(address, 0));
  }

  leave(): void {
    const open = this.stack.pop();
    if (open !== undefined) {
      this.line = open.from;
      this.watch?.leave(open.callee);
      this.event({ kind: 'return', callee: open.callee, depth: this.depth });
    }
  }

  /** Innermost first: where the execution is, then where each open call was made. */
  callStack(at: Site | undefined): Site[] {
    const sites = at === undefined ? [] : [at];
    for (let index = this.stack.length - 1; index >= 0; index--) {
      const from = this.stack[index]?.from ?? 0;
      const site = this.site(from);
      if (site !== undefined && from !== 0) {
        sites.push(site);
      }
    }
    return sites;
  }
}
