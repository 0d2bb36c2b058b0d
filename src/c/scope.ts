import type { Variable } from './ast.ts';
import type { CType, RecordType } from './types.ts';

/** A type with what the declaration says besides: qualifier bits of `type-rules.ts`, alignment in bytes or 0. */
export interface Declared {
  readonly type: CType;
  readonly qualifiers: number;
  readonly align: number;
}

export type Entry =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'typedef'; readonly declared: Declared }
  | { readonly kind: 'constant'; readonly value: bigint; readonly type: CType };

/** An enumeration named before it is listed is completed in place. */
export interface EnumTag {
  readonly kind: 'enum';
  readonly tag: string;
  underlying: CType;
}

export type Tagged = RecordType | EnumTag;

/**
 * C11 §6.2.1 and §6.2.3: ordinary identifiers, tags and GNU local labels of one block. A scope that
 * continues another one is the same block, in which that one's names were declared before; the other
 * one does not see what is declared later, so that several can continue it.
 */
export class Scope {
  readonly parent: Scope | undefined;
  private readonly continued: Scope | undefined;
  private names: Map<string, Entry> | undefined;
  private tags: Map<string, Tagged> | undefined;
  private labels: Map<string, string> | undefined;

  constructor(parent: Scope | undefined, continued?: Scope) {
    this.parent = continued ?? parent;
    this.continued = continued;
  }

  find(name: string): Entry | undefined {
    return this.names?.get(name) ?? this.parent?.find(name);
  }

  /** Only of this block. */
  own(name: string): Entry | undefined {
    return this.names?.get(name) ?? this.continued?.own(name);
  }

  declare(name: string, entry: Entry): void {
    this.names ??= new Map();
    this.names.set(name, entry);
  }

  findTag(name: string): Tagged | undefined {
    return this.tags?.get(name) ?? this.parent?.findTag(name);
  }

  ownTag(name: string): Tagged | undefined {
    return this.tags?.get(name) ?? this.continued?.ownTag(name);
  }

  /** Whether the block that this one continues declared the tag. */
  inherits(tag: string): boolean {
    return this.tags?.has(tag) !== true && this.continued?.ownTag(tag) !== undefined;
  }

  declareTag(name: string, tagged: Tagged): void {
    this.tags ??= new Map();
    this.tags.set(name, tagged);
  }

  /** `__label__ name;`: the label is known elsewhere by a name of its own. */
  declareLabel(name: string, unique: string): void {
    this.labels ??= new Map();
    this.labels.set(name, unique);
  }

  label(name: string): string {
    return this.labels?.get(name) ?? this.parent?.label(name) ?? name;
  }
}
