/** Integer types by C's rank; `bool` is `_Bool`. Sizes are x86-64's (System V ABI): see `layout.ts`. */
export type IntegerKind =
  | 'bool'
  | 'char' // plain char is signed on x86-64
  | 'schar'
  | 'uchar'
  | 'short'
  | 'ushort'
  | 'int'
  | 'uint'
  | 'long'
  | 'ulong'
  | 'llong'
  | 'ullong'
  | 'int128'
  | 'uint128';

export type FloatKind = 'float' | 'double' | 'ldouble';

/** A type, qualifiers dropped: they never change what an execution does. */
export type CType =
  | { readonly kind: 'void' }
  | { readonly kind: IntegerKind }
  | { readonly kind: FloatKind }
  | { readonly kind: 'enum'; readonly tag: string; readonly underlying: CType }
  | {
      readonly kind: 'pointer';
      readonly to: CType;
      /** Qualifiers of what it points to: for `_Generic` and `__builtin_types_compatible_p` only. */
      readonly qualified?: 'const' | 'volatile' | 'const volatile';
    }
  | ArrayType
  | RecordType
  | FunctionType;

export interface ArrayType {
  readonly kind: 'array';
  readonly of: CType;
  /** Number of elements; undefined while incomplete (`T a[]`, flexible array member); an expression for a VLA. */
  length: number | undefined;
  readonly vla?: import('./ast.ts').Expr;
}

export interface Field {
  /** '' for an anonymous record member (its members are found through it) and for unnamed bit-fields. */
  readonly name: string;
  readonly type: CType;
  /** Bytes from the start of the record; for a bit-field: of its storage unit. */
  offset: number;
  readonly bits?: { readonly width: number; shift: number };
}

/** `struct` or `union`; one object per declared type, compared by identity, completed in place. */
export interface RecordType {
  readonly kind: 'struct' | 'union';
  readonly tag: string;
  fields: Field[] | undefined;
  size: number;
  align: number;
}

export interface FunctionType {
  readonly kind: 'function';
  readonly returns: CType;
  readonly params: readonly CType[];
  readonly variadic: boolean;
  /** `f()` of old C: arguments are not checked. */
  readonly unprototyped: boolean;
}
