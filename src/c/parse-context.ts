import type { Expr, Stmt, Variable } from './ast.ts';
import type { MemberDeclaration } from './layout.ts';
import { Scope, type Declared } from './scope.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';
import type { CType } from './types.ts';

/** What all parsers of one translation unit share. */
export interface UnitState {
  /** The unit of its first headers, which others share: see `headers.ts`. */
  readonly head?: UnitState | undefined;
  readonly globals: Map<string, Variable>;
  readonly literals: Variable[];
  readonly statics: Variable[];
  readonly tags: Map<string, CType>;
  readonly typedefs: Map<string, CType>;
  readonly errors: CError[];
  readonly scope: Scope;
  /** Function bodies are parsed late: the tokens stay. */
  readonly tokens: readonly Token[];
}

/** What is gathered while one function body is parsed. */
export interface FunctionState {
  readonly name: string;
  readonly returns: CType;
  readonly locals: Variable[];
  /** Promoted types of the enclosing `switch` statements. */
  readonly switches: CType[];
  /** Lengths of variable-length arrays, to be evaluated before the declaration at hand. */
  readonly pending: Stmt[];
  hasLabels: boolean;
  labelCount: number;
}

/** One member-declaration: `struct { … };` without a declarator, or its declarators. */
export interface MemberGroup {
  readonly anonymous?: MemberDeclaration;
  readonly members: readonly (MemberDeclaration & { readonly location: Location })[];
}

type Block = Extract<Stmt, { kind: 'block' }>;

/**
 * Nonterminals that the grammar reaches from more than one side: expressions hold types (casts),
 * types hold expressions (array lengths), and both hold statements (`({ … })`).
 */
export interface Grammar {
  expression(parser: Parser): Expr;
  assignment(parser: Parser): Expr;
  conditional(parser: Parser): Expr;
  unary(parser: Parser): Expr;
  typeName(parser: Parser): Declared;
  block(parser: Parser): Block;
  initializer(parser: Parser, variable: Variable): void;
  staticAssert(parser: Parser): void;
  members(parser: Parser): MemberGroup;
}

/** How deep the grammar may nest before the stack of the host would be at risk, in units of `deepen`. */
const MAX_DEPTH = 1200;
/** Links of one chain such as `a + b + c`: the tree is as deep as the chain is long. */
export const MAX_CHAIN = 2000;

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** A cursor over the tokens, with the scope it stands in. */
export class Parser {
  readonly unit: UnitState;
  readonly grammar: Grammar;
  readonly tokens: readonly Token[];
  scope: Scope;
  /** At file scope a stand-in that nothing is read from. */
  fn: FunctionState;
  /** Inside a function body: objects are automatic and array lengths may vary. */
  inside = false;
  index = 0;
  depth = 0;
  token: Token;

  constructor(unit: UnitState, grammar: Grammar, index: number, scope: Scope, fn: FunctionState) {
    this.unit = unit;
    this.grammar = grammar;
    this.tokens = unit.tokens;
    this.scope = scope;
    this.fn = fn;
    this.token = this.at(index);
    this.index = index;
  }

  /** The last token (`eof`) stands for everything behind the end. */
  at(index: number): Token {
    const token = this.tokens[index] ?? this.tokens[this.tokens.length - 1];
    if (token === undefined) {
      throw new Error('no tokens, not even eof');
    }
    return token;
  }

  /** Goes down `cost`; the caller comes up again with `depth -= cost`. An error starts afresh. */
  deepen(cost: number): void {
    this.depth += cost;
    if (this.depth > MAX_DEPTH) {
      throw this.error('nested too deeply');
    }
  }

  peek(distance = 1): Token {
    return this.at(this.index + distance);
  }

  /** Consumes and returns the token at hand. */
  next(): Token {
    const { token } = this;
    this.index++;
    this.token = this.at(this.index);
    return token;
  }

  seek(index: number): void {
    this.index = index;
    this.token = this.at(index);
  }

  is(text: string): boolean {
    return this.token.text === text;
  }

  accept(text: string): boolean {
    if (this.token.text !== text) {
      return false;
    }
    this.next();
    return true;
  }

  expect(text: string): Token {
    if (this.token.text !== text) {
      throw this.error(`expected '${text}' before '${describe(this.token)}'`);
    }
    return this.next();
  }

  identifier(): Token {
    if (this.token.kind !== 'identifier') {
      throw this.error(`expected an identifier before '${describe(this.token)}'`);
    }
    return this.next();
  }

  error(message: string, location: Location = this.token.location): CError {
    return new CError(location, message);
  }

  /** Runs `parse` in a scope of its own. */
  scoped<T>(parse: () => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer);
    try {
      return parse();
    } finally {
      this.scope = outer;
    }
  }

  /** Skips `( … )`, `{ … }` or `[ … ]`, which begins at the token at hand; yields the closing token. */
  skipBalanced(): Token {
    const open: Token[] = [];
    for (;;) {
      const token = this.next();
      const { text } = token;
      if (text === '{' || text === '(' || text === '[') {
        open.push(token);
      } else if (text === '}' || text === ')' || text === ']' || token.kind === 'eof') {
        const last = open.pop();
        if (last === undefined || text !== CLOSERS[last.text]) {
          // Where it opens is where somebody forgot it; where it is missed may be far below.
          throw this.error(`'${last?.text ?? text}' has no counterpart`, (last ?? token).location);
        }
        if (open.length === 0) {
          return token;
        }
      }
    }
  }
}

export function describe(token: Token): string {
  return token.kind === 'eof' ? 'end of file' : token.text;
}

export function newFunctionState(name: string, returns: CType): FunctionState {
  return {
    name,
    returns,
    locals: [],
    switches: [],
    pending: [],
    hasLabels: false,
    labelCount: 0,
  };
}
