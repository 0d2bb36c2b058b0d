import { relabelled } from './names.ts';
import type { Tok } from './text.ts';
import type { Unit } from './units.ts';

/** A statement of the patch and the first token of what holds it. */
export interface Mapped {
  readonly tokens: readonly Tok[];
  readonly at: Tok | undefined;
  /** The model's own, for when nothing is changed in the end. */
  readonly model?: Tok | undefined;
}

/** The model's function while it is edited. Its statements go by their index before any edit. */
export class Draft {
  private readonly model: readonly Unit[];
  /** What comes before a statement of the model's. */
  private readonly gaps: Map<number, readonly Unit[]>;
  private readonly replaced: Map<number, Unit>;
  private readonly relabels: Map<number, Unit>;
  private readonly deleted: Set<number>;
  readonly mapped: Mapped[];
  /** How many there are; another label is none. */
  edits: number;

  /** @param earlier the edits to go on from, which stay as they are */
  constructor(model: readonly Unit[], earlier?: Draft) {
    this.model = model;
    this.gaps = new Map(earlier?.gaps);
    this.replaced = new Map(earlier?.replaced);
    this.relabels = new Map(earlier?.relabels);
    this.deleted = new Set(earlier?.deleted);
    this.mapped = [...(earlier?.mapped ?? [])];
    this.edits = earlier?.edits ?? 0;
  }

  insert(gap: number, unit: Unit): void {
    this.edits++;
    this.gaps.set(gap, [...(this.gaps.get(gap) ?? []), unit]);
  }

  replace(m: number, unit: Unit): void {
    this.edits++;
    this.replaced.set(m, unit);
  }

  delete(m: number): void {
    this.edits++;
    this.deleted.add(m);
  }

  /** The statement stays, and is reported where the patch has it. */
  relabel(m: number, unit: Unit): void {
    this.relabels.set(m, unit);
  }

  map(mapped: Mapped): void {
    this.mapped.push(mapped);
  }

  /** Undoes `delete`; false where there was none. */
  restore(m: number): boolean {
    const found = this.deleted.delete(m);
    this.edits -= found ? 1 : 0;
    return found;
  }

  /** Undoes `insert`; false where there was none. */
  withdraw(unit: Unit): boolean {
    for (const [gap, units] of this.gaps) {
      const rest = units.filter((each) => each.tokens[0]?.from !== unit.tokens[0]?.from);
      if (rest.length < units.length) {
        this.gaps.set(gap, rest);
        this.edits--;
        return true;
      }
    }
    return false;
  }

  /** The function after the edits. */
  units(): Unit[] {
    const units: Unit[] = [];
    for (let m = 0; m <= this.model.length; m++) {
      this.gaps.get(m)?.forEach((unit) => units.push(unit));
      const unit = this.model[m];
      if (unit !== undefined && !this.deleted.has(m)) {
        const label = this.relabels.get(m);
        units.push(this.replaced.get(m) ?? (label ? relabelled(unit, label.tokens[0]) : unit));
      }
    }
    return units;
  }
}
