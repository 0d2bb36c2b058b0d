import { lex } from './lex.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

/** Names of macros whose expansion a token came out of: they do not expand again (C11 §6.10.3.4p2). */
export type HideSet = ReadonlySet<string>;

/** A token on its way through expansion. */
export type PpToken = Token & { readonly hide?: HideSet };

export interface Macro {
  readonly name: string;
  readonly location: Location;
  /** Parameter names; undefined for an object-like macro. */
  readonly params: readonly string[] | undefined;
  /** The name that stands for the variable arguments: `__VA_ARGS__`, or GNU's own. */
  readonly rest: string | undefined;
  readonly body: readonly Token[];
}

/** Where expansion reads from, and puts back what it has made. */
export interface TokenSource {
  next(): PpToken | undefined;
  unread(tokens: readonly PpToken[]): void;
}

const NONE: HideSet = new Set();

function union(a: HideSet | undefined, b: HideSet): HideSet {
  if (a === undefined || a.size === 0 || a === b) {
    return b;
  }
  return new Set([...a, ...b]);
}

function withName(hide: HideSet | undefined, name: string): HideSet {
  return new Set([...(hide ?? NONE), name]);
}

function intersection(a: HideSet | undefined, b: HideSet | undefined): HideSet {
  return new Set([...(a ?? NONE)].filter((name) => b?.has(name) === true));
}

/** Macro replacement (C11 §6.10.3), after Prosser's algorithm. */
export class Expander {
  readonly macros: Map<string, Macro>;
  private readonly dynamic: (token: Token) => string | undefined;

  /** `dynamic` answers for `__FILE__`, `__LINE__` and their like. */
  constructor(macros: Map<string, Macro>, dynamic: (token: Token) => string | undefined) {
    this.macros = macros;
    this.dynamic = dynamic;
  }

  /** Expand a closed list of tokens, as a macro argument or a directive is. */
  expandList(tokens: readonly PpToken[]): PpToken[] {
    const output: PpToken[] = [];
    const source = listSource(tokens);
    for (let token = source.next(); token !== undefined; token = source.next()) {
      if (!this.expand(token, source)) {
        output.push(token);
      }
    }
    return output;
  }

  /** True when the token was a macro: its replacement has been put back into the source. */
  expand(token: PpToken, source: TokenSource): boolean {
    if (token.kind !== 'identifier' || token.hide?.has(token.text) === true) {
      return false;
    }
    const macro = this.macros.get(token.text);
    if (macro === undefined) {
      const text = this.dynamic(token);
      if (text !== undefined) {
        const kind = text.startsWith('"') ? 'string' : 'number';
        source.unread([{ ...token, kind, text }]);
      }
      return text !== undefined;
    }
    if (macro.params === undefined) {
      const hide = withName(token.hide, macro.name);
      source.unread(this.substitute(macro, new Map(), token, hide));
      return true;
    }
    return this.expandCall(macro, token, source);
  }

  private expandCall(macro: Macro, token: PpToken, source: TokenSource): boolean {
    const open = source.next();
    if (open === undefined || open.kind === 'eof' || open.text !== '(') {
      if (open !== undefined) {
        source.unread([open]);
      }
      return false;
    }
    const { args, close } = readArguments(macro, token, source);
    const hide = withName(intersection(token.hide, close.hide), macro.name);
    source.unread(this.substitute(macro, args, token, hide));
    return true;
  }

  private substitute(
    macro: Macro,
    args: ReadonlyMap<string, readonly PpToken[]>,
    use: PpToken,
    hide: HideSet,
  ): PpToken[] {
    const replaced = new Substitution(this, macro, args, use).run();
    return replaced.map((token, index) => ({
      ...token,
      hide: union(token.hide, hide),
      ...(index === 0 ? { startsLine: use.startsLine, spaceBefore: use.spaceBefore } : {}),
    }));
  }
}

function listSource(tokens: readonly PpToken[]): TokenSource {
  const pending = [...tokens].reverse();
  return {
    next: () => pending.pop(),
    unread: (more) => {
      for (let index = more.length - 1; index >= 0; index--) {
        const token = more[index];
        if (token !== undefined) {
          pending.push(token);
        }
      }
    },
  };
}

/** The arguments of a call whose `(` was read (C11 §6.10.3p10-12). */
function readArguments(
  macro: Macro,
  use: Token,
  source: TokenSource,
): { args: Map<string, PpToken[]>; close: PpToken } {
  const names = [...(macro.params ?? []), ...(macro.rest === undefined ? [] : [macro.rest])];
  const lists: PpToken[][] = [[]];
  let depth = 0;
  for (;;) {
    const token = source.next();
    if (token === undefined || token.kind === 'eof') {
      throw new CError(use.location, `the call of macro ${macro.name} is never closed with )`);
    }
    if (token.text === ')' && depth === 0 && token.kind === 'punctuator') {
      return { args: bind(macro, names, lists, use), close: token };
    }
    const separates = token.text === ',' && depth === 0 && token.kind === 'punctuator';
    if (separates && !(macro.rest !== undefined && lists.length === names.length)) {
      lists.push([]);
      continue;
    }
    if (token.kind === 'punctuator') {
      depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    }
    lists.at(-1)?.push(token);
  }
}

function bind(
  macro: Macro,
  names: readonly string[],
  lists: PpToken[][],
  use: Token,
): Map<string, PpToken[]> {
  const none = lists.length === 1 && lists[0]?.length === 0;
  const given = none && names.length === 0 ? 0 : lists.length;
  const fixed = macro.params?.length ?? 0;
  if (given > names.length || given < fixed) {
    const wanted = macro.rest === undefined ? `${fixed}` : `at least ${fixed}`;
    throw new CError(use.location, `macro ${macro.name} takes ${wanted} arguments, not ${given}`);
  }
  const args = new Map<string, PpToken[]>();
  for (const [index, name] of names.entries()) {
    const list = lists[index];
    if (list !== undefined) {
      args.set(name, list);
    }
  }
  return args;
}

/** One replacement list with its arguments put in: `#`, `##`, `__VA_OPT__` and GNU's `, ## rest`. */
class Substitution {
  private readonly expander: Expander;
  private readonly macro: Macro;
  private readonly args: ReadonlyMap<string, readonly PpToken[]>;
  private readonly use: PpToken;
  private readonly expanded = new Map<string, PpToken[]>();

  constructor(
    expander: Expander,
    macro: Macro,
    args: ReadonlyMap<string, readonly PpToken[]>,
    use: PpToken,
  ) {
    this.expander = expander;
    this.macro = macro;
    this.args = args;
    this.use = use;
  }

  run(): PpToken[] {
    return this.list(this.macro.body);
  }

  private list(body: readonly Token[]): PpToken[] {
    const output: PpToken[] = [];
    for (let index = 0; index < body.length; index++) {
      index = this.step(body, index, output);
    }
    return output;
  }

  /** Handle the token at `index`; the result is the index of the last one used. */
  private step(body: readonly Token[], index: number, output: PpToken[]): number {
    const token = body[index];
    const next = body[index + 1];
    if (token === undefined) {
      return index;
    }
    if (token.text === '#' && this.macro.params !== undefined && next && this.isParam(next)) {
      output.push(this.at(stringify(this.args.get(next.text) ?? [], token)));
      return index + 1;
    }
    if (token.text === '##' && output.length > 0 && next !== undefined) {
      return this.paste(body, index, output);
    }
    if (token.text === '__VA_OPT__' && this.macro.rest !== undefined && next?.text === '(') {
      const end = closing(body, index + 1);
      if (this.hasRest()) {
        output.push(...this.list(body.slice(index + 2, end)));
      }
      return end;
    }
    if (this.isParam(token)) {
      const raw = next?.text === '##';
      output.push(...this.argument(token, raw));
      // An empty argument left of ## takes the operator with it.
      return raw && (this.args.get(token.text)?.length ?? 0) === 0
        ? this.skipPaste(body, index, output)
        : index;
    }
    output.push(this.at(token));
    return index;
  }

  private skipPaste(body: readonly Token[], index: number, output: PpToken[]): number {
    const right = body[index + 2];
    if (right !== undefined && this.isParam(right)) {
      const raw = body[index + 3]?.text === '##';
      output.push(...this.argument(right, true));
      return raw && (this.args.get(right.text)?.length ?? 0) === 0
        ? this.skipPaste(body, index + 2, output)
        : index + 2;
    }
    return index + 1;
  }

  private isParam(token: Token): boolean {
    return (
      token.kind === 'identifier' &&
      (this.macro.rest === token.text || this.macro.params?.includes(token.text) === true)
    );
  }

  private hasRest(): boolean {
    return this.expand(this.macro.rest ?? '').length > 0;
  }

  private argument(token: Token, raw: boolean): PpToken[] {
    const tokens = raw ? [...(this.args.get(token.text) ?? [])] : this.expand(token.text);
    return tokens.map((inner, index) =>
      index === 0 ? { ...inner, startsLine: false, spaceBefore: token.spaceBefore } : inner,
    );
  }

  private expand(name: string): PpToken[] {
    let tokens = this.expanded.get(name);
    if (tokens === undefined) {
      tokens = this.expander.expandList(this.args.get(name) ?? []);
      this.expanded.set(name, tokens);
    }
    return tokens;
  }

  /** A token of the body is reported where the macro was used. */
  private at(token: Token): PpToken {
    return {
      kind: token.kind,
      text: token.text,
      location: this.use.location,
      spelled: token.spelled ?? token.location,
      startsLine: false,
      spaceBefore: token.spaceBefore,
    };
  }

  private paste(body: readonly Token[], index: number, output: PpToken[]): number {
    const right = body[index + 1];
    const left = output.pop();
    if (right === undefined || left === undefined) {
      return index;
    }
    if (!this.isParam(right)) {
      output.push(...joined(left, this.at(right)));
      return index + 1;
    }
    const tokens = this.argument(right, true);
    if (left.text === ',' && right.text === this.macro.rest) {
      // GNU: the comma goes when there are no variable arguments, and is not pasted when there are.
      output.push(
        ...(this.args.has(right.text) && (tokens.length > 0 || this.restIsGiven())
          ? [left, ...this.argument(right, false)]
          : []),
      );
      return index + 1;
    }
    const [first, ...others] = tokens;
    output.push(...(first === undefined ? [left] : joined(left, first)), ...others);
    return index + 1;
  }

  /** `f(a,)` gives an empty variable argument where `f(a)` gives none; without fixed ones both give none. */
  private restIsGiven(): boolean {
    return (this.macro.params?.length ?? 0) > 0;
  }
}

function closing(body: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < body.length; index++) {
    depth += body[index]?.text === '(' ? 1 : body[index]?.text === ')' ? -1 : 0;
    if (depth === 0) {
      return index;
    }
  }
  return body.length;
}

/** `#param` (C11 §6.10.3.2). */
export function stringify(tokens: readonly Token[], at: Token): PpToken {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    const space = index > 0 && (token.spaceBefore || token.startsLine) ? ' ' : '';
    const quoted = token.kind === 'string' || token.kind === 'char';
    text += space + (quoted ? token.text.replaceAll(/[\\"]/g, String.raw`\$&`) : token.text);
  }
  return { ...at, kind: 'string', text: `"${text}"` };
}

/** `a ## b` (C11 §6.10.3.3); what is not one token stays two. */
function joined(left: PpToken, right: PpToken): PpToken[] {
  const tokens = lex(left.location.file, left.text + right.text);
  const [token] = tokens;
  if (token === undefined || tokens.length !== 2) {
    return [left, right];
  }
  return [{ ...left, kind: token.kind, text: token.text }];
}
