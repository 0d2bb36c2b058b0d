import type { Stmt } from '../ast.ts';
import { leaveClosure } from './escape.ts';
import { type Escape, type Frame, type Jump, unsupported } from './frame.ts';
import { childrenOf } from './walk.ts';

interface Target {
  readonly block: number;
  /** How many scopes are open there. */
  readonly depth: number;
}

interface Targets {
  readonly break?: Target;
  readonly continue?: Target;
}

/** Go on with a block of the flat form, whatever scopes are open. */
export function jumpTo(block: number): string {
  return `{ pc = ${block}; continue flow; }`;
}

/**
 * Where the jumps of a flat function lead, and what they run on the way: the cleanups of every scope that
 * they leave. It numbers the blocks, and is told which scopes, loops and switches are open.
 */
export class FlatJumps {
  private readonly frame: Frame;
  /** Inside a statement expression: where its jumps to the outside are noted. */
  private readonly outside: Escape[] | undefined;
  private readonly labels = new Map<string, number>();
  /** For each label, the blocks that are open where it stands, outermost first. */
  private readonly chains = new Map<string, readonly Stmt[]>();
  private readonly open: { stmt: Stmt; cleanups: string[] }[] = [];
  /** For each label that was placed, how many cleanups each open block owed there. */
  private readonly owed = new Map<string, readonly number[]>();
  private targets: Targets = {};
  private blocks = 1;

  constructor(frame: Frame, outside?: Escape[]) {
    this.frame = frame;
    this.outside = outside;
  }

  newBlock(): number {
    return this.blocks++;
  }

  /** Numbers all labels, before any jump to them. `chain`: the blocks around `stmt`. */
  findLabels(stmt: Stmt, chain: readonly Stmt[] = []): void {
    if (stmt.kind === 'label') {
      this.labels.set(stmt.name, this.newBlock());
      this.chains.set(stmt.name, chain);
    }
    const inner = stmt.kind === 'block' || stmt.kind === 'for' ? [...chain, stmt] : chain;
    for (const child of childrenOf(stmt)) {
      this.findLabels(child, inner);
    }
  }

  /** The block of a label that stands here. */
  placeLabel(name: string): number {
    this.owed.set(
      name,
      this.open.map(({ cleanups }) => cleanups.length),
    );
    return this.labels.get(name) ?? 0;
  }

  /** Compiles what is inside of a scope; the result is what its end owes. */
  inScope(stmt: Stmt, inside: () => void): string {
    const scope = { stmt, cleanups: [] as string[] };
    this.open.push(scope);
    inside();
    this.open.pop();
    return scope.cleanups.toReversed().join(' ');
  }

  /** From here on, leaving the innermost scope runs this cleanup first. */
  owe(cleanup: string): void {
    this.open.at(-1)?.cleanups.push(cleanup);
  }

  /** `end` and `step`: the blocks of `break` and `continue`. */
  inLoop(end: number, step: number, inside: () => void): void {
    const depth = this.open.length;
    this.within({ break: { block: end, depth }, continue: { block: step, depth } }, inside);
  }

  /** A `continue` inside leaves the switch and whatever is around it in the loop. */
  inSwitch(end: number, inside: () => void): void {
    this.within({ ...this.targets, break: { block: end, depth: this.open.length } }, inside);
  }

  private within(targets: Targets, inside: () => void): void {
    const outer = this.targets;
    this.targets = targets;
    inside();
    this.targets = outer;
  }

  /** Run what the scopes that a jump leaves owe, and jump. */
  leaveBy(jump: Jump): string {
    switch (jump.kind) {
      case 'return':
        return this.outside === undefined ? `${this.leave(0)} break body;` : this.escape(jump);
      case 'break':
      case 'continue': {
        const target = this.targets[jump.kind];
        return target === undefined
          ? this.escape(jump)
          : `${this.leave(target.depth)} ${jumpTo(target.block)}`;
      }
      case 'goto':
        return this.goto(jump.label) ?? this.escape(jump);
      case 'dispatch':
        return this.dispatch(jump);
    }
  }

  private escape(jump: Jump): string {
    if (this.outside === undefined) {
      throw unsupported(jump.location, `${jump.kind} that leads nowhere`);
    }
    return `${this.leave(0)} ${leaveClosure(this.frame, jump, this.outside)}`;
  }

  /** Undefined for a label outside of this statement expression. */
  private goto(label: string): string | undefined {
    const block = this.labels.get(label);
    const chain = this.chains.get(label);
    if (block === undefined || chain === undefined) {
      return undefined;
    }
    let shared = 0;
    while (shared < this.open.length && this.open[shared]?.stmt === chain[shared]) {
      shared++;
    }
    return `${this.leave(shared, this.owed.get(label))} ${jumpTo(block)}`;
  }

  /** A computed goto runs no cleanups (GCC manual, "Labels as Values"). */
  private dispatch(jump: Extract<Jump, { kind: 'dispatch' }>): string {
    const { context } = this.frame;
    const cases = [...this.labels.keys()].map(
      (label) =>
        `if (${jump.target} === ${context.labelAddress(label)}) ${jumpTo(this.labels.get(label) ?? 0)}`,
    );
    const otherwise =
      this.outside === undefined
        ? `R.noLabel(${jump.target}, ${this.frame.site(jump.location)});`
        : leaveClosure(this.frame, jump, this.outside);
    return `${cases.join(' ')} ${otherwise}`;
  }

  /** `owed`: where the jump leads, so many cleanups of each scope that stays open are owed still. */
  private leave(depth: number, owed?: readonly number[]): string {
    const code: string[] = [];
    for (let index = this.open.length - 1; index >= 0; index--) {
      const { cleanups } = this.open[index] ?? { cleanups: [] };
      const kept = index >= depth ? 0 : (owed?.[index] ?? cleanups.length);
      code.push(...cleanups.slice(kept).toReversed());
    }
    return code.join(' ');
  }
}
