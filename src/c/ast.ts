import type { Location } from './source.ts';
import type { CType, FunctionType } from './types.ts';

/**
 * The typed syntax tree: the parser has resolved names, applied the usual conversions and inserted
 * every implicit cast, so that compiling it needs no rule of C beyond each node's own.
 */
export type Expr = ExprNode & { readonly type: CType; readonly location: Location };

type ExprNode =
  /** Integer and character constants, enumerators, `sizeof`, `_Alignof`: two's complement in range of the type. */
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  /** An array lvalue of static storage: the bytes include the terminating 0; type is array of char (or wchar/char16/32). */
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  /** `x`: an lvalue, or a function designator. */
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** `s.m`, `p->m` being `(*p).m`: an lvalue when `of` is one. Anonymous records are already spelled out. */
  | { readonly kind: 'member'; readonly of: Expr; readonly field: import('./types.ts').Field }
  /** `*p`, `p[i]` being `*(p + i)`. */
  | { readonly kind: 'deref'; readonly pointer: Expr }
  /** `&lvalue`, and array-to-pointer and function-to-pointer decay (then `type` is the decayed pointer). */
  | { readonly kind: 'address'; readonly of: Expr }
  /** `(T)e` and every implicit conversion; `void` drops the value; to `bool` compares with 0. */
  | { readonly kind: 'cast'; readonly operand: Expr }
  /** `-e ~e !e`, operand promoted; `!` has type int. */
  | { readonly kind: 'unary'; readonly operator: '-' | '~' | '!'; readonly operand: Expr }
  /**
   * Arithmetic: both sides have the node's type (shifts: the left one). Comparison: both sides have
   * one type, the node is int. `padd`/`psub`: pointer and a `long` count of elements (negative is fine);
   * `pdiff`: two pointers, type long, in elements.
   */
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expr;
      readonly right: Expr;
    }
  /** `a && b`, `a || b`: operands of any scalar type, result int. */
  | {
      readonly kind: 'logical';
      readonly operator: '&&' | '||';
      readonly left: Expr;
      readonly right: Expr;
    }
  /** `c ? a : b`; GNU `c ?: b` has `then` undefined: the value of `test` cast to the node's type. */
  | {
      readonly kind: 'conditional';
      readonly test: Expr;
      readonly then: Expr | undefined;
      readonly else: Expr;
    }
  /** `a = b`; records are copied. The value is that of the left side after the store. */
  | { readonly kind: 'assign'; readonly left: Expr; readonly right: Expr }
  /**
   * `a op= b`, `++a` (a += 1): `left` is evaluated once, converted to `compute`, the operation done in
   * `compute` (for padd/psub: the pointer type), converted back. `right` already has its operand type.
   * `post`: the value is that of the left side before (`a++`).
   */
  | {
      readonly kind: 'update';
      readonly operator: BinaryOperator;
      readonly left: Expr;
      readonly right: Expr;
      readonly compute: CType;
      readonly post: boolean;
    }
  | { readonly kind: 'comma'; readonly left: Expr; readonly right: Expr }
  /** `f(a, …)`: `callee` is of function type (direct) or of pointer-to-function type. Arguments are converted. */
  | { readonly kind: 'call'; readonly callee: Expr; readonly args: readonly Expr[] }
  /** `__builtin_NAME(…)` that is no plain function: `va_start va_arg va_end va_copy alloca …`; see `builtins.ts`. */
  | {
      readonly kind: 'builtin';
      readonly name: string;
      readonly args: readonly Expr[];
      readonly typeArgument?: CType;
    }
  /** `({ … })`: the value is that of the last expression statement. */
  | { readonly kind: 'statement-expression'; readonly body: Extract<Stmt, { kind: 'block' }> }
  /** `(T){ … }`: an lvalue; a fresh object each time it is evaluated (static at file scope). */
  | { readonly kind: 'compound-literal'; readonly variable: Variable }
  /** `&&label` of GNU C. */
  | { readonly kind: 'label-address'; readonly label: string };

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '<<'
  | '>>'
  | '&'
  | '|'
  | '^'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'padd'
  | 'psub'
  | 'pdiff';

/** A declared object or function; one per entity (all declarations of `f` in a unit share it). */
export interface Variable {
  readonly name: string;
  type: CType;
  readonly location: Location;
  /** `function` is any function; `static` any object of static storage, of file or block scope. */
  readonly storage: 'function' | 'static' | 'automatic' | 'parameter';
  /** Internal linkage, or a static of block scope. */
  readonly internal: boolean;
  /** Set once a definition (or tentative definition) was seen. */
  defined: boolean;
  /** `&x` was taken, or it is an array or a record: it needs memory of its own. */
  addressTaken: boolean;
  initializer?: Initializer;
  /** `__attribute__((cleanup(f)))`. */
  cleanup?: Variable;
  /** The definition's body, parsed when first asked for. */
  body?: LazyBody;
  /** `__attribute__((constructor))`: runs before main. */
  isConstructor?: boolean;
  /** `__attribute__((noreturn))`, `weak`, `alias("x")` where given. */
  attributes: ReadonlySet<string>;
}

/** Assignments in order, to fresh zeroed memory (C11 §6.7.9): later ones win, as the standard says. */
export interface Initializer {
  readonly parts: readonly InitializerPart[];
  /** An initializer list in braces (or a string): what is not named is zero. False for `T x = expression`. */
  readonly zeroed: boolean;
}

export interface InitializerPart {
  /** Byte offset in the object. */
  readonly offset: number;
  readonly bits?: { readonly width: number; shift: number };
  /** Already converted to the type of the element; a record value is copied; a string is copied as bytes. */
  readonly value: Expr;
}

export interface LazyBody {
  /** Parses on first call. Throws CError when the body is not understood: an error of this function only. */
  get(): FunctionBody;
  /** Of the whole definition, from the first token of the declarator to the closing brace. */
  readonly first: Location;
  readonly last: Location;
  /** The same as indices into the tokens of the unit, specifiers included; `to` is behind the brace. */
  readonly from: number;
  readonly to: number;
}

export interface FunctionBody {
  readonly params: readonly Variable[];
  /** Every automatic variable of every scope inside, parameters not included. */
  readonly locals: readonly Variable[];
  readonly block: Extract<Stmt, { kind: 'block' }>;
  readonly hasLabels: boolean;
}

export type Stmt = StmtNode & { readonly location: Location };

type StmtNode =
  | { readonly kind: 'expression'; readonly expr: Expr }
  | { readonly kind: 'declare'; readonly variable: Variable } // automatic objects only; statics are hoisted
  | { readonly kind: 'block'; readonly body: readonly Stmt[] }
  | { readonly kind: 'if'; readonly test: Expr; readonly then: Stmt; readonly else?: Stmt }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Stmt }
  | { readonly kind: 'do'; readonly body: Stmt; readonly test: Expr }
  /** `init` declares or evaluates; a declaration lives to the end of the loop. */
  | {
      readonly kind: 'for';
      readonly init: readonly Stmt[];
      readonly test?: Expr;
      readonly step?: Expr;
      readonly body: Stmt;
    }
  | { readonly kind: 'switch'; readonly value: Expr; readonly body: Stmt }
  /** `case low ... high:`; both promoted to the type of the switch. */
  | { readonly kind: 'case'; readonly low: bigint; readonly high: bigint; readonly body: Stmt }
  | { readonly kind: 'default'; readonly body: Stmt }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'goto'; readonly label: string }
  | { readonly kind: 'computed-goto'; readonly target: Expr }
  | { readonly kind: 'label'; readonly name: string; readonly body: Stmt }
  | { readonly kind: 'return'; readonly value?: Expr }
  | { readonly kind: 'empty' }
  /** `asm volatile("" ::: "memory")`: a compiler barrier is nothing; any other text is unsupported when reached. */
  | { readonly kind: 'asm'; readonly text: string };

/** One translation unit, headers included. */
export interface TranslationUnit {
  /** What its first headers declare, where it shares that with other units: not repeated here. */
  readonly head?: TranslationUnit | undefined;
  /** Every object and function with linkage or static storage, by name for those of file scope. */
  readonly globals: ReadonlyMap<string, Variable>;
  /** Compound literals of file scope. */
  readonly literals: readonly Variable[];
  /** Statics of block scope, found while bodies are parsed. */
  readonly statics: readonly Variable[];
  /** Record types by tag, typedefs by name: for descriptions and `--dump=types`. */
  readonly tags: ReadonlyMap<string, CType>;
  readonly typedefs: ReadonlyMap<string, CType>;
  /** Top-level declarations that could not be understood and were skipped, to the next `;` or `}`. */
  readonly errors: readonly import('./source.ts').CError[];
}

export type FunctionVariable = Variable & { readonly type: FunctionType };
