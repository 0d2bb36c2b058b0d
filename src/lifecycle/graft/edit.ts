import { ALREADY_THERE, PARTLY_THERE } from '../engine.ts';
import { alignFunction, type FunctionAlignment } from './align.ts';
import { Draft, type Mapped } from './draft.ts';
import { doubtOf, gapFor, type Matched } from './gap.ts';
import { scriptOf, type Step } from './script.ts';
import type { Shown } from './shown.ts';
import { spell, type Tok } from './text.ts';
import { declaredNames, newTokens, renamedUnit, unknownName, uses } from './names.ts';
import { isBalanced } from './blocks.ts';
import { type Failure, halfMoves } from './moves.ts';
import { whatIsThere } from './there.ts';
import type { Unit } from './units.ts';

export interface Edit {
  /** The model's function after the edit; undefined when nothing is to be changed. */
  readonly units: readonly Unit[] | undefined;
  readonly failures: readonly Failure[];
  readonly mapped: readonly Mapped[];
  /** How many statements of the pre-image stayed. */
  readonly kept: number;
}

export interface Scope {
  /** Functions, types, globals, macros and enumerators that are known at file level. */
  readonly isGlobal: (name: string) => boolean;
  /** Names of fields: macros take them as bare arguments. */
  readonly isField: (name: string) => boolean;
  /** Functions that the model's files define. */
  readonly isFunction: (name: string) => boolean;
  readonly parameters: ReadonlySet<string>;
  /** Parameters of the patch that have other names in the model. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Alignment costs time and memory by the product of lengths. */
const MAX_PAIRS = 4_000_000;
const INCOMPLETE = 'what is changed along with it in the function could not be placed';
const MISFIT = "its blocks do not fit those of the model's function";

class Editor implements Matched {
  readonly pre: Shown;
  readonly post: Shown;
  readonly model: readonly Unit[];
  readonly steps: readonly Step[];
  readonly aligned: FunctionAlignment;
  private readonly scope: Scope;
  private readonly renames: Map<string, string>;
  private readonly failures: Failure[] = [];
  private draft: Draft;
  private readonly modelWords: ReadonlySet<string>;

  private readonly isFixed = (name: string): boolean =>
    this.scope.isGlobal(name) || this.scope.parameters.has(name);

  constructor(pre: Shown, post: Shown, model: readonly Unit[], scope: Scope) {
    this.pre = pre;
    this.post = post;
    this.model = model;
    this.scope = scope;
    this.modelWords = new Set(model.flatMap((unit) => unit.tokens.map((token) => token.text)));
    this.steps = scriptOf(pre, post);
    this.aligned = alignFunction(pre, model, this.isFixed, scope);
    this.renames = new Map(this.aligned.renames);
    this.draft = new Draft(model);
  }

  run(): Edit {
    const { pre, post, model, steps, aligned, isFixed } = this;
    const there = whatIsThere(pre, post, model, steps, aligned, isFixed);
    if (there !== 'none') {
      const failures = this.everything(there === 'all' ? ALREADY_THERE : PARTLY_THERE);
      return { units: undefined, failures, mapped: [], kept: this.pre.units.length };
    }
    this.renameLocals();
    for (let at = 0; at < this.steps.length;) {
      at = this.applyGroup(at);
    }
    this.undoHalfMoves();
    const kept = this.steps.filter((step) => step.kind === 'keep').length;
    const { edits, mapped } = this.draft;
    if (edits > 0 && this.failures.some(({ tokens }) => this.calls(tokens))) {
      return { units: undefined, failures: this.everything(INCOMPLETE), mapped: [], kept };
    }
    const strange = edits > 0 ? this.strangeCall() : undefined;
    if (strange !== undefined) {
      const reason = `the model's function is another one: it does not call ${strange}`;
      return { units: undefined, failures: this.everything(reason), mapped: [], kept };
    }
    const units = edits === 0 ? undefined : this.draft.units();
    if (units !== undefined && !isBalanced(units)) {
      return { units: undefined, failures: this.everything(MISFIT), mapped: [], kept };
    }
    return { units, failures: this.failures, mapped, kept };
  }

  /** New locals of the patch: a mere renaming keeps the model's name, a clash gets a name of its own. */
  private renameLocals(): void {
    const own = declaredNames(this.model);
    const before = declaredNames(this.pre.units);
    for (const step of this.steps) {
      const b = step.kind === 'replace' ? this.post.units[step.q] : undefined;
      const a = step.kind === 'replace' ? this.pre.units[step.p] : undefined;
      const from = a?.name;
      const to = b?.name;
      if (from !== undefined && to !== undefined && from !== to && !uses(this.post.units, from)) {
        const m = step.kind === 'replace' ? this.aligned.of[step.p] : undefined;
        const modelName = m === undefined ? undefined : this.model[m]?.name;
        if (modelName !== undefined && !before.has(to)) {
          this.renames.set(to, modelName);
        }
      }
    }
    const images = new Set(this.renames.values());
    for (const name of declaredNames(this.post.units)) {
      if (!before.has(name) && !this.renames.has(name) && own.has(name) && !images.has(name)) {
        this.renames.set(name, `${name}_2`);
      }
    }
  }

  private known(name: string): boolean {
    return (
      this.scope.isGlobal(name) ||
      this.scope.parameters.has(name) ||
      this.modelWords.has(name) ||
      [...declaredNames(this.post.units)].some((own) => (this.renames.get(own) ?? own) === name)
    );
  }

  /** Whether one of the model's own functions is called: what only traces or logs may be missing. */
  private calls(tokens: readonly Tok[]): boolean {
    return tokens.some(({ text }, at) => tokens[at + 1]?.text === '(' && this.scope.isGlobal(text));
  }

  /**
   * What a statement that the patch leaves alone calls of the model, and the model's function does not: the patch is
   * for a function that works in another way, and what it changes would mean something else there.
   */
  private strangeCall(): string | undefined {
    for (const step of this.steps) {
      const tokens = step.kind === 'keep' ? (this.pre.units[step.p]?.tokens ?? []) : [];
      const strange = tokens.find(
        ({ text }, at) => !this.modelWords.has(text) && this.isCalled(tokens, at),
      );
      if (strange !== undefined) {
        return strange.text;
      }
    }
    return undefined;
  }

  /** `f(` of a function of the model, or `o->f(` and `(o->f)(` of a field. */
  private isCalled(tokens: readonly Tok[], at: number): boolean {
    const [before, name, ...after] = [-1, 0, 1, 2].map((step) => tokens[at + step]?.text ?? '');
    const isField = /^(?:->|\.)$/u.test(before ?? '') && this.scope.isField(name ?? '');
    return isField
      ? /^\)?\($/u.test(after.join('')) || after[0] === '('
      : after[0] === '(' && this.scope.isFunction(name ?? '');
  }

  private unknownIn(unit: Unit): string | undefined {
    return unknownName(unit, (name) => this.known(name), this.scope.isField);
  }

  private fail(side: 'old' | 'new', unit: Unit | undefined, reason: string): void {
    this.failures.push({ side, tokens: unit?.tokens ?? [], reason });
  }

  /**
   * Statements changed together are changed together or not at all: half of a move would be a fault that
   * the patch does not have.
   */
  private applyGroup(from: number): number {
    let end = from + 1;
    while (this.steps[from]?.kind !== 'keep' && end < this.steps.length) {
      if (this.steps[end]?.kind === 'keep') {
        break;
      }
      end++;
    }
    const count = this.failures.length;
    const earlier = this.draft;
    this.draft = new Draft(this.model, earlier);
    const steps = this.steps.slice(from, end);
    steps.forEach((step, index) => {
      this.apply(step, from + index);
    });
    if (
      this.draft.edits > earlier.edits &&
      this.failures.slice(count).some(({ side }) => side === 'new')
    ) {
      this.draft = earlier;
      const failed = new Set(this.failures.slice(count).map(({ tokens }) => tokens));
      const rest = this.everything('what is changed along with it could not be placed', steps);
      rest
        .filter(({ tokens }) => !failed.has(tokens))
        .forEach((failure) => this.failures.push(failure));
    }
    return end;
  }

  private undoHalfMoves(): void {
    const { takenOut, putIn } = halfMoves(this.steps, this.pre, this.post, this.failures);
    for (const p of takenOut) {
      const m = this.aligned.of[p];
      if (m !== undefined && this.draft.restore(m)) {
        this.fail('old', this.pre.units[p], 'where it moves to has no place in the model');
      }
    }
    for (const unit of putIn) {
      if (this.draft.withdraw(unit)) {
        this.fail('new', unit, 'where it moves from has no place in the model');
      }
    }
  }

  private apply(step: Step, at: number): void {
    if (step.kind === 'keep') {
      this.keep(step.p, step.q);
    } else if (step.kind === 'delete') {
      this.remove(step.p);
    } else if (step.kind === 'replace') {
      this.replace(step.p, step.q, at);
    } else {
      this.insert(step.q, at);
    }
  }

  private keep(p: number, q: number): void {
    const m = this.aligned.of[p];
    const unit = this.post.units[q];
    const from = unit?.tokens[0]?.from;
    if (m !== undefined && unit !== undefined && from?.kind === 'added') {
      const at = unit.tokens[0];
      this.draft.relabel(m, unit);
      this.draft.map({ tokens: unit.tokens, at, model: this.model[m]?.tokens[0] });
    }
  }

  private remove(p: number): void {
    const unit = this.pre.units[p];
    const m = this.aligned.of[p];
    const doubt = doubtOf(this.aligned, p);
    if (m === undefined || doubt !== undefined) {
      const harmless = unit?.kind === 'declaration' && !spell(unit.tokens).includes('=');
      if (!harmless) {
        this.fail('old', unit, doubt ?? '');
      }
      return;
    }
    this.draft.delete(m);
    this.draft.map({ tokens: unit?.tokens ?? [], at: this.model[m]?.tokens[0] });
  }

  private replace(p: number, q: number, at: number): void {
    const before = this.pre.units[p];
    const after = this.post.units[q];
    const m = this.aligned.of[p];
    const there = m === undefined ? undefined : this.model[m];
    const doubt = doubtOf(this.aligned, p);
    if (before === undefined || after === undefined) {
      return;
    }
    if (m === undefined || there === undefined || doubt !== undefined) {
      if (before.kind === 'declaration') {
        this.insert(q, at);
        return;
      }
      this.fail('old', before, doubt ?? '');
      this.fail('new', after, doubt ?? '');
      return;
    }
    const unit = renamedUnit(after, this.renames);
    const tokens = newTokens(before, unit, there, this.renames);
    if (tokens === undefined) {
      this.fail('old', before, 'only a part of the statement is visible, and it reads differently');
      this.fail('new', after, 'only a part of the statement is visible, and it reads differently');
      return;
    }
    const unknown = this.unknownIn({ ...unit, tokens });
    if (unknown !== undefined) {
      this.fail('old', before, `${unknown} has no counterpart in the model's function`);
      this.fail('new', after, `${unknown} has no counterpart in the model's function`);
      return;
    }
    const model = there.tokens[0];
    this.draft.map({ tokens: before.tokens, at: model });
    this.draft.map({ tokens: after.tokens, at: after.tokens[0], model });
    if (spell(tokens) === spell(there.tokens)) {
      this.draft.relabel(m, unit);
      return;
    }
    const word = unit.word === '?' ? there.word : unit.word;
    this.draft.replace(m, { ...unit, tokens, word, partial: false });
  }

  private insert(q: number, at: number): void {
    const after = this.post.units[q];
    if (after === undefined) {
      return;
    }
    const unit = renamedUnit(after, this.renames);
    const unknown = this.unknownIn(unit);
    const gap = gapFor(this, q, at);
    if (after.partial || unknown !== undefined || gap === undefined) {
      const reason = after.partial
        ? 'only a part of the statement is visible'
        : unknown === undefined
          ? "no neighbour of it corresponds to a statement of the model's function"
          : `${unknown} has no counterpart in the model's function`;
      this.fail('new', after, reason);
      return;
    }
    this.draft.insert(gap, unit);
    this.draft.map({ tokens: after.tokens, at: after.tokens[0] });
  }

  private everything(reason: string, steps = this.steps): Failure[] {
    return steps.flatMap((step): Failure[] => [
      ...(step.kind === 'delete' || step.kind === 'replace'
        ? [{ side: 'old' as const, tokens: this.pre.units[step.p]?.tokens ?? [], reason }]
        : []),
      ...(step.kind === 'insert' || step.kind === 'replace'
        ? [{ side: 'new' as const, tokens: this.post.units[step.q]?.tokens ?? [], reason }]
        : []),
    ]);
  }
}

/** Do to the model's function what the patch does between `pre` and `post`. */
export function editFunction(pre: Shown, post: Shown, model: readonly Unit[], scope: Scope): Edit {
  const size = pre.units.length + post.units.length;
  if (size * Math.max(size, model.length) > MAX_PAIRS) {
    const reason = 'the function is too large to align';
    const failures: Failure[] = [
      { side: 'old', tokens: pre.units.flatMap((unit) => unit.tokens), reason },
      { side: 'new', tokens: post.units.flatMap((unit) => unit.tokens), reason },
    ];
    return { units: undefined, failures, mapped: [], kept: 0 };
  }
  return new Editor(pre, post, model, scope).run();
}
