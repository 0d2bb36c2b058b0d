import { type Macro, partsOf } from './preprocess-definition.ts';
import { type Argument, type Call, substitute } from './preprocess-substitute.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

/** The file behind the macros: where arguments go on when a replacement list is used up. */
export interface TokenSource {
  /** The next token, directives before it carried out; undefined at the end of the file. */
  peek(): Token | undefined;
  next(): Token | undefined;
}

/** What the preprocessor itself answers for a built-in macro; the tokens stand in its place. */
export type AnswerBuiltin = (name: Token, macro: Macro) => readonly Token[];

/**
 * A replacement list that is being rescanned. They are stacked:
 *
 *     file  <-  body of f  <-  body of g  <-  top
 *
 * While a macro's context is on the stack the macro is disabled. An identifier that names a disabled macro
 * is painted when it is read, and is never replaced again (C11 §6.10.3.4p2). It is what hide sets compute,
 * without a set per token.
 */
interface Context {
  readonly tokens: readonly Token[];
  index: number;
  readonly macro: Macro | undefined;
  /** White space before the macro's name, which the first token takes over. */
  readonly space: boolean;
  /** Reading never goes on below it: an argument or a directive's line. */
  readonly barrier: boolean;
  readonly below: Context | undefined;
}

/** Bounds against text that was written to explode. */
const MAX_TOKENS = 3_000_000;
const MAX_DEPTH = 400;

/** Replaces macros (C11 §6.10.3). Throws CError for wrong arguments, and where a bound is reached. */
export class Expander {
  private readonly macros: ReadonlyMap<string, Macro>;
  private readonly source: TokenSource;
  private readonly answer: AnswerBuiltin;
  private readonly painted = new Set<Token>();
  /** `__LINE__` tokens that an argument spells: they mean their own line, not that of the macro. */
  private readonly written = new Set<Token>();
  private top: Context | undefined;
  private depth = 0;
  private count = 0;
  /** An expansion to nothing had white space before it: it goes to the token that follows. */
  private space = false;
  /** Where the outermost macro is used. */
  private use: Location = { file: '', line: 1, column: 1 };

  constructor(macros: ReadonlyMap<string, Macro>, source: TokenSource, answer: AnswerBuiltin) {
    this.macros = macros;
    this.source = source;
    this.answer = answer;
  }

  /** Where the outermost macro that is being replaced is used. */
  get place(): Location {
    return this.use;
  }

  /** The line that a `__LINE__` means. */
  lineOf(name: Token): number {
    return this.written.has(name) ? name.location.line : this.use.line;
  }

  /** Puts an end to every expansion, so that shared definitions are usable after an error. */
  reset(): void {
    while (this.top !== undefined) {
      this.pop();
    }
  }

  /** Replaces a macro name of the file itself; what comes of it is appended to `output`. */
  expandName(name: Token, macro: Macro, output: Token[]): void {
    this.use = name.location;
    this.space = false;
    if (!this.enter(name, macro)) {
      output.push(name);
      return;
    }
    let { startsLine } = name;
    for (;;) {
      while (this.top !== undefined && this.top.index >= this.top.tokens.length) {
        this.pop();
      }
      const token = this.top === undefined ? undefined : this.take();
      if (token === undefined) {
        return;
      }
      if (!this.replace(token)) {
        output.push(this.placed(token, startsLine));
        startsLine = false;
      }
    }
  }

  /** Replaces all macros in a list as if nothing came behind it: an argument, a directive's line. */
  expandList(tokens: readonly Token[]): readonly Token[] {
    if (!tokens.some((token) => token.kind === 'identifier' && this.macros.has(token.text))) {
      return tokens;
    }
    if (++this.depth > MAX_DEPTH) {
      throw new CError(this.use, 'macro arguments are nested too deep');
    }
    const output: Token[] = [];
    this.push(tokens, undefined, tokens[0]?.spaceBefore ?? false, true);
    for (let token = this.take(); token !== undefined; token = this.take()) {
      if (!this.replace(token)) {
        this.tally();
        output.push(token);
      }
    }
    this.pop();
    this.depth--;
    return output;
  }

  /** Replaces all macros in a directive's line, which stands at `at`. */
  expandLine(tokens: readonly Token[], at: Location): readonly Token[] {
    const outer = this.use;
    this.use = at;
    const expanded = this.expandList(tokens);
    this.use = outer;
    return expanded;
  }

  /** The next token as it stands, for a built-in that reads its operand. */
  takeRaw(): Token | undefined {
    return this.takeOrNext();
  }

  /** Whether `(` comes next. */
  peekParenthesis(): boolean {
    for (let context = this.top; context !== undefined; context = this.top) {
      const token = context.tokens[context.index];
      if (token !== undefined) {
        return token.text === '(';
      }
      if (context.barrier) {
        return false;
      }
      this.pop();
    }
    return this.source.peek()?.text === '(';
  }

  private tally(tokens = 1): void {
    this.count += tokens;
    if (this.count > MAX_TOKENS) {
      throw new CError(this.use, 'macros expand to too many tokens');
    }
  }

  /** The token at the place where the outermost macro is used. */
  private placed(token: Token, startsLine: boolean): Token {
    this.tally();
    return {
      kind: token.kind,
      text: token.text,
      location: this.use,
      spelled: token.location,
      startsLine,
      spaceBefore: token.spaceBefore || token.startsLine,
    };
  }

  private push(
    tokens: readonly Token[],
    macro: Macro | undefined,
    space: boolean,
    barrier: boolean,
  ): void {
    if (macro !== undefined) {
      macro.disabled = true;
    }
    this.top = { tokens, index: 0, macro, space, barrier, below: this.top };
  }

  private pop(): void {
    const { top } = this;
    if (top === undefined) {
      return;
    }
    if (top.macro !== undefined) {
      top.macro.disabled = false;
    }
    this.space ||= top.tokens.length === 0 && top.space;
    this.top = top.below;
  }

  /** The next token of the replacement lists, painted where it must be; undefined at a barrier or below. */
  private take(): Token | undefined {
    for (let context = this.top; context !== undefined; context = this.top) {
      let token = context.tokens[context.index];
      if (token !== undefined) {
        const space = context.index === 0 ? context.space : token.spaceBefore;
        context.index++;
        token = this.respace(token, space || this.space);
        this.space = false;
        return this.paint(token);
      }
      if (context.barrier) {
        return undefined;
      }
      this.pop();
    }
    return undefined;
  }

  private takeOrNext(): Token | undefined {
    const token = this.take();
    if (token !== undefined || this.top !== undefined) {
      return token;
    }
    const next = this.source.next();
    if (next?.text === '__LINE__') {
      this.written.add(next);
    }
    return next;
  }

  private paint(token: Token): Token {
    if (token.kind !== 'identifier' || this.macros.get(token.text)?.disabled !== true) {
      return token;
    }
    if (this.painted.has(token)) {
      return token;
    }
    const copy = { ...token };
    this.painted.add(copy);
    return copy;
  }

  private respace(token: Token, spaceBefore: boolean): Token {
    if (token.spaceBefore === spaceBefore) {
      return token;
    }
    const { kind, text, location, startsLine } = token;
    const copy = { kind, text, location, startsLine, spaceBefore };
    if (kind === 'identifier' && this.painted.has(token)) {
      this.painted.add(copy);
    }
    if (this.written.has(token)) {
      this.written.add(copy);
    }
    return copy;
  }

  /** Whether the token was a macro's name and its replacement is now on the stack. */
  private replace(token: Token): boolean {
    if (token.kind !== 'identifier') {
      return false;
    }
    const macro = this.macros.get(token.text);
    if (macro === undefined || macro.disabled || this.painted.has(token)) {
      return false;
    }
    return this.enter(token, macro);
  }

  private enter(name: Token, macro: Macro): boolean {
    const space = name.spaceBefore;
    if (macro.kind === 'object') {
      this.push(this.objectBody(macro), macro, space, false);
      return true;
    }
    if (macro.kind === 'builtin') {
      this.push(this.answer(name, macro), undefined, space, false);
      return true;
    }
    if (!this.peekParenthesis()) {
      return false;
    }
    this.takeOrNext();
    const args = this.arguments(macro);
    const body = substitute(partsOf(macro), this.call(macro, args));
    this.push(body, macro, space, false);
    return true;
  }

  private call(macro: Macro, args: readonly Argument[]): Call {
    return {
      args,
      variable: macro.variadic ? macro.parameters.length - 1 : -1,
      expand: (argument) => (argument.expanded ??= this.expandList(argument.raw)),
      respace: (token, space) => this.respace(token, space),
      charge: (tokens) => {
        this.tally(tokens);
      },
    };
  }

  /** Only `##` changes the body of an object-like macro, and always in the same way. */
  private objectBody(macro: Macro): readonly Token[] {
    if (!macro.body.some((token) => token.text === '##')) {
      return macro.body;
    }
    return substitute(partsOf(macro), this.call(macro, []));
  }

  /** Everything up to the `)` that closes the call, cut at its commas (C11 §6.10.3p11). */
  private arguments(macro: Macro): Argument[] {
    const args: Token[][] = [];
    let current: Token[] = [];
    let depth = 0;
    const last = macro.parameters.length - 1;
    for (;;) {
      const token = this.takeOrNext();
      if (token === undefined) {
        throw new CError(this.use, `unterminated argument list invoking macro "${macro.name}"`);
      }
      this.tally();
      const text = token.kind === 'punctuator' ? token.text : '';
      if (text === ')' && depth === 0) {
        args.push(current);
        return this.checkArguments(macro, args);
      }
      if (text === ',' && depth === 0 && !(macro.variadic && args.length === last)) {
        args.push(current);
        current = [];
        continue;
      }
      depth += text === '(' ? 1 : text === ')' ? -1 : 0;
      current.push(token);
    }
  }

  private checkArguments(macro: Macro, args: readonly Token[][]): Argument[] {
    const wanted = macro.parameters.length;
    const none = wanted === 0 && args.length === 1 && args[0]?.length === 0;
    const fits = args.length === wanted || (macro.variadic && args.length === wanted - 1);
    if (!none && !fits) {
      const counts = `${wanted} argument${wanted === 1 ? '' : 's'}, but ${args.length} given`;
      throw new CError(this.use, `macro "${macro.name}" takes ${counts}`);
    }
    return args.map((raw) => ({ raw, expanded: undefined }));
  }
}
