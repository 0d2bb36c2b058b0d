import { behindDirective, behindGroup } from './items.ts';
import { spell, type Tok } from './text.ts';

/**
 * A function as a flat list: `open` (if, loop, block), `else`, `end` and what has no inside. Trees are
 * edited as lists, since a fragment shows ends without beginnings and beginnings without ends.
 */
export interface Unit {
  readonly kind: 'simple' | 'declaration' | 'label' | 'directive' | 'open' | 'else' | 'end';
  readonly tokens: readonly Tok[];
  /** What kind of block an `open` begins: `if`, `for`, `function`, ... */
  readonly word: string;
  /** Written with a brace. */
  readonly braced: boolean;
  /** Only a part of the statement is visible. */
  readonly partial: boolean;
  /** Of a declaration: the name and the type without it. */
  readonly name?: string;
  readonly type?: string;
  /** Of a declaration with several declarators: the whole of it, shared by their units. */
  readonly whole?: readonly Tok[];
}

const TYPE =
  /^(?:(?:const|static|struct|union|enum|unsigned|signed|volatile|register|extern) )*\w+(?: \( \w+ \))?((?: (?:const|\*|int|long|char))*) ([A-Za-z_]\w*)(?: [=[;,:]|$)/;
const FUNCTION_POINTER = /^(\w+(?: \w+| \*)*) \( \* (\w+) \) \(.*\) (?:=.*)?;$/;
const NOT_TYPE = /^(return|goto|case|else|sizeof|break|continue|default|typeof)\b/;

const plainUnit = { word: '', braced: false, partial: false } as const;

/** One declaration unit for each declarator, or undefined when it is no declaration. */
function declarations(tokens: readonly Tok[]): Unit[] | undefined {
  const text = spell(tokens);
  const pointer = NOT_TYPE.test(text) ? null : FUNCTION_POINTER.exec(text);
  if (pointer?.[2] !== undefined) {
    const [, type = '', name] = pointer;
    return [{ ...plainUnit, kind: 'declaration', tokens, name, type: `${type} ( * )` }];
  }
  const match = NOT_TYPE.test(text) ? null : TYPE.exec(text);
  if (match === null) {
    return undefined;
  }
  const baseLength = match[0].split(' ').indexOf(match[2] ?? '');
  let first = tokens.findIndex((token, at) => at >= baseLength && token.text === match[2]);
  while (tokens[first - 1]?.text === '*') {
    first--;
  }
  const base = tokens.slice(0, first);
  const ender = tokens.at(-1);
  const groups: Tok[][] = [[]];
  for (let at = first; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.text === ',') {
      groups.push([]);
    } else if (token !== undefined && /^[([{]$/.test(token.text)) {
      const end = behindGroup(tokens, at);
      tokens.slice(at, end).forEach((each) => groups.at(-1)?.push(each));
      at = end - 1;
    } else if (token !== undefined && token !== ender) {
      groups.at(-1)?.push(token);
    }
  }
  return groups.map((group) => {
    const name = group.find((token) => token.kind === 'identifier')?.text ?? '';
    const stars = group.filter((token, at) => token.text === '*' && at < 3).map(() => '*');
    return {
      ...plainUnit,
      kind: 'declaration',
      tokens: ender === undefined ? [...base, ...group] : [...base, ...group, ender],
      name,
      type: [spell(base), ...stars].join(' '),
      ...(groups.length > 1 ? { whole: tokens } : {}),
    };
  });
}

class Units {
  private readonly tokens: readonly Tok[];
  private readonly out: Unit[] = [];
  private at = 0;
  /** The fragment stops inside a block, so the ends of those around it are not in it either. */
  private cut = false;

  constructor(tokens: readonly Tok[]) {
    this.tokens = tokens;
  }

  run(midStatement: boolean): Unit[] {
    if (midStatement) {
      this.leadingPart();
    }
    while (this.at < this.tokens.length) {
      this.listed();
    }
    return this.out;
  }

  private text(ahead = 0): string {
    return this.tokens[this.at + ahead]?.text ?? '';
  }

  private take(end: number): Tok[] {
    const taken = this.tokens.slice(this.at, end);
    this.at = Math.max(end, this.at + 1);
    return taken;
  }

  private push(kind: Unit['kind'], tokens: readonly Tok[], more: Partial<Unit> = {}): void {
    this.out.push({ ...plainUnit, kind, tokens, ...more });
  }

  /** The tail of a statement whose beginning the fragment does not show: it closes a parenthesis or an initializer. */
  private leadingPart(): void {
    let depth = 0;
    for (let at = 0; at < this.tokens.length; at++) {
      const text = this.tokens[at]?.text ?? '';
      const next = this.tokens[at + 1]?.text ?? '';
      if (text === '}' && depth === 0 && next === ';') {
        this.finishLeading(at + 1);
        return;
      }
      if (text === '(') {
        depth++;
      } else if (text === ')' && --depth < 0) {
        this.finishLeading(at + 1);
        return;
      } else if (depth === 0 && (text === ';' || text === '{' || text === '}')) {
        return;
      }
    }
  }

  private finishLeading(end: number): void {
    if (this.tokens[end]?.text === '{') {
      const tokens = this.take(end);
      this.push('open', tokens, { word: '?', partial: true, braced: true });
      this.block();
      return;
    }
    const stop = this.tokens.findIndex((token, at) => at >= end && token.text === ';');
    this.push('simple', this.take(stop === -1 ? this.tokens.length : stop + 1), { partial: true });
  }

  /** A statement, or a brace that closes what the fragment does not show the opening of. */
  private listed(): void {
    if (this.text() !== '}') {
      this.statement();
      return;
    }
    const brace = this.take(this.at + 1);
    if (this.text() === 'else') {
      this.elsePart();
      return;
    }
    this.push('end', brace);
    if (this.tokens[behindGroup(this.tokens, this.at + 1)]?.text === ';') {
      this.afterDo();
    }
  }

  private elsePart(): void {
    const tokens = this.take(this.at + 1);
    this.push('else', tokens, { braced: this.text() === '{' });
    this.body();
  }

  /** After an open brace or a header: the inside and its end, unless the fragment stops before. */
  private body(): void {
    if (this.text() === '{') {
      this.block();
    } else if (this.at < this.tokens.length) {
      this.statement();
      if (this.text() === 'else') {
        this.elsePart();
      } else if (!this.cut) {
        this.push('end', []);
      }
    } else {
      this.cut = true;
    }
  }

  /** From `{` to behind `}` and any `else` that follows. */
  private block(): void {
    this.take(this.at + 1);
    while (this.at < this.tokens.length && this.text() !== '}') {
      this.statement();
    }
    if (this.at >= this.tokens.length) {
      this.cut = true;
      return;
    }
    const brace = this.take(this.at + 1);
    if (this.text() === 'else') {
      this.elsePart();
    } else {
      this.push('end', brace);
    }
  }

  private headed(word: string, end: number): void {
    const header = this.take(end);
    const partial = end >= this.tokens.length && header.at(-1)?.text !== ')';
    this.push('open', header, { word, braced: this.text() === '{', partial });
    this.body();
  }

  private statement(): void {
    const text = this.text();
    const token = this.tokens[this.at];
    if (text === '#' && token?.startsLine === true) {
      this.push('directive', this.take(behindDirective(this.tokens, this.at)));
    } else if (text === '{') {
      this.push('open', [], { word: 'block', braced: true });
      this.block();
    } else if (/^(if|for|while|switch)$/.test(text)) {
      this.headed(text, behindGroup(this.tokens, this.at + 1));
    } else if (text === 'do') {
      this.headed('do', this.at + 1);
      this.afterDo();
    } else if (text === 'case' || text === 'default' || this.isLabel(token)) {
      this.label();
    } else if (this.isMacroLoop(token)) {
      this.headed(text, behindGroup(this.tokens, this.at + 1));
    } else {
      this.simple();
    }
  }

  private afterDo(): void {
    const last = this.out.at(-1);
    if (this.text() === 'while' && last?.kind === 'end') {
      const end = behindGroup(this.tokens, this.at + 1) + 1;
      this.out[this.out.length - 1] = { ...last, tokens: [...last.tokens, ...this.take(end)] };
    }
  }

  private isLabel(token: Tok | undefined): boolean {
    return token?.kind === 'identifier' && this.text(1) === ':';
  }

  private label(): void {
    const end = this.tokens.findIndex((token, at) => at >= this.at && token.text === ':');
    this.push('label', this.take(end === -1 ? this.tokens.length : end + 1));
  }

  /** `NAME(...)` with a statement or a brace behind it is a loop or a guard, whatever its name. */
  private isMacroLoop(token: Tok | undefined): boolean {
    if (
      token?.kind !== 'identifier' ||
      this.text(1) !== '(' ||
      /^(return|sizeof)$/.test(token.text)
    ) {
      return false;
    }
    const next = this.tokens[behindGroup(this.tokens, this.at + 1)];
    const declares = token.text.startsWith('g_auto');
    return next !== undefined && !declares && (next.text === '{' || next.kind === 'identifier');
  }

  private simple(): void {
    let end = this.at;
    for (;;) {
      const text = this.tokens[end]?.text;
      if (text === undefined || text === '}') {
        break;
      }
      if (text === ';') {
        end++;
        break;
      }
      end = /^[([{]$/.test(text) ? behindGroup(this.tokens, end) : end + 1;
    }
    const tokens = this.take(end);
    const declared = declarations(tokens);
    if (declared !== undefined && tokens.at(-1)?.text === ';') {
      declared.forEach((unit) => this.out.push(unit));
    } else {
      this.push('simple', tokens, { partial: tokens.at(-1)?.text !== ';' });
    }
  }
}

/** Units of a body, or of a part of one. `midStatement`: its first statement may have begun before. */
export function unitsOf(tokens: readonly Tok[], midStatement = false): Unit[] {
  return new Units(tokens).run(midStatement);
}

export function frame(kind: 'open' | 'end', braceTokens: readonly Tok[]): Unit {
  return { ...plainUnit, kind, tokens: braceTokens, word: 'function', braced: true };
}

/** A statement without the names of its variables, to tell functions apart before renames are known. */
export function shape(unit: Unit): string {
  const { tokens } = unit;
  const plain = (at: number): boolean =>
    tokens[at]?.kind === 'identifier' &&
    tokens[at + 1]?.text !== '(' &&
    !/^(->|\.|goto)$/.test(tokens[at - 1]?.text ?? '');
  return tokens.map((token, at) => (plain(at) ? '_' : token.text)).join(' ');
}
