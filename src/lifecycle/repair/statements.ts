import { behindDirective, behindGroup } from '../graft/items.ts';
import type { Tok } from '../graft/text.ts';
import { unitsOf } from '../graft/units.ts';

/** A part of a statement that is a list of statements. */
export interface Block {
  /** With its braces, where it has them. */
  readonly start: number;
  readonly end: number;
  readonly braced: boolean;
  readonly list: readonly Statement[];
}

/** A statement as it is written, before any macro is expanded, and where. */
export interface Statement {
  /** `each` is a macro with a statement behind it: a loop over a list, or a guard. */
  readonly kind:
    | 'simple'
    | 'declaration'
    | 'label'
    | 'directive'
    | 'block'
    | 'if'
    | 'while'
    | 'for'
    | 'do'
    | 'switch'
    | 'each';
  /** Of a statement with a body: what stands before it. */
  readonly tokens: readonly Tok[];
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** What stands between the parentheses of `if`, `while`, `for`, `do` and `switch`. */
  readonly head: readonly Tok[];
  readonly body?: Block;
  readonly otherwise?: Block;
  /** Of a declaration of one name. */
  readonly declared?: { readonly name: string; readonly type: string };
}

const HEADED = ['if', 'while', 'for', 'switch'] as const;

class Parser {
  private readonly tokens: readonly Tok[];
  private at = 0;

  constructor(tokens: readonly Tok[]) {
    this.tokens = tokens;
  }

  list(): Statement[] {
    const found: Statement[] = [];
    while (this.at < this.tokens.length && this.text() !== '}') {
      found.push(this.statement());
    }
    return found;
  }

  private text(ahead = 0): string {
    return this.tokens[this.at + ahead]?.text ?? '';
  }

  private take(end: number): readonly Tok[] {
    const taken = this.tokens.slice(this.at, end);
    this.at = Math.max(end, this.at + 1);
    return taken;
  }

  private statement(): Statement {
    const text = this.text();
    const headed = HEADED.find((word) => word === text);
    if (text === '#') {
      return this.finish('directive', this.take(behindDirective(this.tokens, this.at)));
    }
    if (text === '{') {
      const body = this.block();
      return { kind: 'block', tokens: [], head: [], line: this.lineAt(body), ...body, body };
    }
    if (headed !== undefined) {
      return this.headed(headed);
    }
    if (text === 'do') {
      return this.doLoop();
    }
    if (text === 'case' || text === 'default' || this.text(1) === ':') {
      const colon = this.tokens.findIndex((token, at) => at >= this.at && token.text === ':');
      return this.finish('label', this.take(colon + 1));
    }
    return this.isEach() ? this.headed('each') : this.simple();
  }

  private lineAt({ list }: Block): number {
    return list[0]?.line ?? this.tokens[this.at - 1]?.line ?? 0;
  }

  private finish(
    kind: Statement['kind'],
    tokens: readonly Tok[],
    more: Partial<Statement> = {},
  ): Statement {
    const [first] = tokens;
    const last = this.tokens[this.at - 1];
    return {
      kind,
      tokens,
      head: [],
      start: first?.start ?? 0,
      end: last?.end ?? 0,
      line: first?.line ?? 0,
      ...more,
    };
  }

  private headed(kind: 'if' | 'while' | 'for' | 'switch' | 'each'): Statement {
    const tokens = this.take(behindGroup(this.tokens, this.at + 1));
    const body = this.block();
    const more = { head: tokens.slice(2, -1), body };
    if (kind === 'if' && this.text() === 'else') {
      this.at++;
      const otherwise = this.block();
      return this.finish(kind, tokens, { ...more, otherwise });
    }
    return this.finish(kind, tokens, more);
  }

  private doLoop(): Statement {
    const tokens = this.take(this.at + 1);
    const body = this.block();
    const tail = this.take(behindGroup(this.tokens, this.at + 1) + 1);
    return this.finish('do', tokens, { body, head: tail.slice(2, -2) });
  }

  /** A statement in braces, or one without. */
  private block(): Block {
    const start = this.tokens[this.at]?.start ?? 0;
    const braced = this.text() === '{';
    let list: readonly Statement[];
    if (braced) {
      this.at++;
      list = this.list();
      this.at++;
    } else {
      list = [this.statement()];
    }
    return { start, end: this.tokens[this.at - 1]?.end ?? start, braced, list };
  }

  private isEach(): boolean {
    if (this.tokens[this.at]?.kind !== 'identifier' || this.text(1) !== '(') {
      return false;
    }
    const next = this.tokens[behindGroup(this.tokens, this.at + 1)];
    return next?.text === '{';
  }

  private simple(): Statement {
    let end = this.at;
    while (end < this.tokens.length && this.tokens[end]?.text !== ';') {
      const opens = /^[([{]$/u.test(this.tokens[end]?.text ?? '');
      end = opens ? behindGroup(this.tokens, end) : end + 1;
    }
    const tokens = this.take(end + 1);
    const units = unitsOf(tokens);
    const [first] = units;
    if (first?.kind !== 'declaration') {
      return this.finish('simple', tokens);
    }
    const { name, type } = first;
    const isOne = units.length === 1 && name !== undefined && type !== undefined;
    return this.finish('declaration', tokens, isOne ? { declared: { name, type } } : {});
  }
}

/** The statements between the braces of a function. */
export function statementsOf(body: readonly Tok[]): Statement[] {
  return new Parser(body).list();
}

/** A statement among those that it stands with. */
export interface Placed {
  readonly statement: Statement;
  readonly list: readonly Statement[];
  readonly index: number;
  /** That whose part the list is; undefined for the body of the function. */
  readonly parent?: Statement | undefined;
  /** The list stands between braces, so that a statement can be added to it or taken from it. */
  readonly free: boolean;
}

/** Every statement of a list and of all lists inside, in the order of the text. */
export function everyStatement(list: readonly Statement[]): Placed[] {
  return walk(list, true, undefined);
}

function walk(list: readonly Statement[], free: boolean, parent: Statement | undefined): Placed[] {
  return list.flatMap((statement, index) => [
    { statement, list, index, parent, free },
    ...[statement.body, statement.otherwise].flatMap((block) =>
      block === undefined ? [] : walk(block.list, block.braced, statement),
    ),
  ]);
}
