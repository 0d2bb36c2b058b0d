import { isRecord, markSame } from './type-rules.ts';
import type { CType, Field, RecordType } from './types.ts';

/**
 * Whether two declarations of one record came to the same: the same members with the same layout, and
 * so on through all records that they lead to. Two records that lead back to themselves are the same
 * when nothing on the way tells them apart. Where they are, all records of `b` that were compared are those of
 * `a` from here on: two units that share the one share, by that, the others.
 */
export function unifyRecords(a: RecordType, b: RecordType): boolean {
  const comparison = new Comparison();
  const same = comparison.records(a, b);
  if (same) {
    comparison.unify();
  }
  return same;
}

class Comparison {
  private readonly assumed = new Map<RecordType, Set<RecordType>>();

  unify(): void {
    for (const [record, others] of this.assumed) {
      others.forEach((other) => {
        markSame(other, record);
      });
    }
  }

  records(a: RecordType, b: RecordType): boolean {
    if (a === b || this.isAssumed(a, b)) {
      return true;
    }
    if (a.kind !== b.kind || a.tag !== b.tag || a.size !== b.size || a.align !== b.align) {
      return false;
    }
    if (a.fields === undefined || b.fields === undefined) {
      return a.fields === b.fields;
    }
    return this.all(a.fields, b.fields, (x, y) => this.fields(x, y));
  }

  private isAssumed(a: RecordType, b: RecordType): boolean {
    const known = this.assumed.get(a) ?? new Set();
    const assumed = known.has(b);
    this.assumed.set(a, known.add(b));
    return assumed;
  }

  private fields(a: Field, b: Field): boolean {
    return (
      a.name === b.name &&
      a.offset === b.offset &&
      a.bits?.width === b.bits?.width &&
      a.bits?.shift === b.bits?.shift &&
      this.types(a.type, b.type)
    );
  }

  private types(a: CType, b: CType): boolean {
    if (a.kind !== b.kind) {
      return false;
    }
    if (isRecord(a)) {
      return isRecord(b) && this.records(a, b);
    }
    switch (a.kind) {
      case 'enum':
        return b.kind === 'enum' && a.tag === b.tag && this.types(a.underlying, b.underlying);
      case 'pointer':
        return b.kind === 'pointer' && a.qualified === b.qualified && this.types(a.to, b.to);
      case 'array':
        return b.kind === 'array' && a.length === b.length && this.types(a.of, b.of);
      case 'function':
        return (
          b.kind === 'function' &&
          a.variadic === b.variadic &&
          a.unprototyped === b.unprototyped &&
          this.types(a.returns, b.returns) &&
          this.all(a.params, b.params, (x, y) => this.types(x, y))
        );
      default:
        return true;
    }
  }

  private all<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
    return (
      a.length === b.length &&
      a.every((x, index) => {
        const y = b[index];
        return y !== undefined && same(x, y);
      })
    );
  }
}
