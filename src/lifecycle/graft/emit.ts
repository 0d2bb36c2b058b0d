import type { Tok } from './text.ts';
import type { Unit } from './units.ts';

/** Writes tokens as C, with `#line` wherever the next line is not the one that follows. */
class Emitter {
  private readonly parts: string[] = [];
  private file = '';
  private line = 0;
  private atStart = true;
  private chained = false;
  private previous: Tok | undefined;

  text(): string {
    return this.parts.join('');
  }

  newline(): void {
    if (!this.atStart) {
      this.parts.push('\n');
      this.line++;
      this.atStart = true;
      this.previous = undefined;
    }
  }

  /** Tokens of one statement, from a line of its own; newlines inside, never a directive. */
  run(tokens: readonly Tok[], depth: number): void {
    const first = tokens[0];
    if (first === undefined) {
      return;
    }
    if (this.chained) {
      this.chained = false;
      this.previous = undefined;
      this.atStart = false;
      this.oneLine(tokens);
      return;
    }
    this.newline();
    if (first.file !== this.file || first.line !== this.line) {
      this.parts.push(`#line ${String(first.line)} "${first.file}"\n`);
      this.file = first.file;
      this.line = first.line;
    }
    const directive = first.text === '#';
    for (const token of tokens) {
      if (token.file === this.file && token.line > this.line && !directive) {
        this.parts.push('\n'.repeat(token.line - this.line));
        this.line = token.line;
        this.atStart = true;
      }
      const hang = token.startsLine && token !== first ? token.column - first.column : 0;
      this.one(token, directive ? 0 : Math.max(0, depth * 4 + hang));
    }
  }

  /** Behind something: the first line goes there, lines that follow keep their distance. */
  private oneLine(tokens: readonly Tok[]): void {
    let line = tokens[0]?.line ?? 0;
    for (const token of tokens) {
      if (token.line > line) {
        this.parts.push('\n'.repeat(token.line - line));
        this.line += token.line - line;
        line = token.line;
        this.atStart = true;
      }
      this.one(token, token.column - 1);
    }
  }

  /** What comes next stays on this line: `else if`. */
  chain(): void {
    this.parts.push(' ');
    this.chained = true;
  }

  /** A brace behind what stands there, or on a line of its own. */
  bare(text: string, depth: number): void {
    this.parts.push(this.atStart ? `${'    '.repeat(depth)}${text}` : ` ${text}`);
    this.atStart = false;
    this.previous = undefined;
  }

  private one(token: Tok, indent: number): void {
    const blank = this.previous !== undefined && (token.spaceBefore || token.startsLine);
    const words = this.previous?.kind !== 'punctuator' && token.kind !== 'punctuator';
    if (this.atStart) {
      this.parts.push(' '.repeat(indent));
    } else if (blank || (words && this.previous !== undefined)) {
      this.parts.push(' ');
    }
    this.parts.push(token.text);
    this.atStart = false;
    this.previous = token;
  }
}

/** Whether the block that opens at `at` holds one statement only, and where it ends. */
function inside(units: readonly Unit[], at: number): { single: boolean; end: number } {
  let depth = 0;
  let statements = 0;
  let special = false;
  for (let i = at + 1; i < units.length; i++) {
    const unit = units[i];
    if (depth === 0 && (unit?.kind === 'end' || unit?.kind === 'else')) {
      return { single: statements === 1 && !special, end: i };
    }
    if (depth === 0) {
      statements++;
      special ||= unit?.kind === 'declaration' || unit?.kind === 'label';
    }
    depth += unit?.kind === 'open' ? 1 : unit?.kind === 'end' ? -1 : 0;
  }
  return { single: false, end: units.length };
}

/** How many units from `at` on are one declaration that is still whole; 0 when it is not. */
function wholeCount(units: readonly Unit[], at: number): number {
  const whole = units[at]?.whole;
  if (whole === undefined || units[at - 1]?.whole === whole) {
    return 0;
  }
  let count = 1;
  while (units[at + count]?.whole === whole) {
    count++;
  }
  const commas = units.slice(at, at + count).reduce((sum, unit) => sum + unit.tokens.length, 0);
  const first = units[at];
  // Every declarator repeats the type and the semicolon; each but the last had a comma.
  const shared = (first?.type ?? '').replaceAll('*', '').trim().split(/ +/).length + 1;
  return commas - (count - 1) * shared + (count - 1) === whole.length ? count : 0;
}

/** The C of a function: its head, and its units from the opening to the closing brace. */
export function emitFunction(head: readonly Tok[], units: readonly Unit[]): string {
  const out = new Emitter();
  out.run(head, 0);
  const braces: boolean[] = [];
  let skip = 0;
  units.forEach((unit, at) => {
    const count = wholeCount(units, at);
    if (skip > 0 || count > 0) {
      skip = Math.max(skip, count) - 1;
      out.run(count > 0 ? (unit.whole ?? []) : [], braces.length);
      return;
    }
    const isFrame = unit.word === 'function';
    if (unit.kind === 'open' || unit.kind === 'else') {
      const closes = unit.kind === 'else' ? braces.pop() === true : false;
      const brace = unit.braced || !inside(units, at).single;
      if (isFrame) {
        out.newline();
      } else {
        const depth = braces.length;
        if (closes) {
          out.newline();
          out.bare('}', depth);
          out.chain();
        }
        out.run(unit.tokens, depth);
      }
      if (brace) {
        out.bare('{', braces.length);
      }
      const chained = !brace && unit.kind === 'else' && units[at + 1]?.word === 'if';
      if (chained) {
        out.chain();
      } else {
        out.newline();
      }
      braces.push(brace);
    } else if (unit.kind === 'end') {
      const brace = braces.pop() === true;
      const [first, ...rest] = unit.tokens;
      if (brace && first?.text === '}') {
        out.run([first, ...rest], braces.length);
      } else if (brace) {
        out.newline();
        out.bare('}', braces.length);
      } else {
        out.run(unit.tokens, braces.length);
      }
    } else {
      out.run(unit.tokens, unit.kind === 'label' ? braces.length - 1 : braces.length);
    }
  });
  out.newline();
  return out.text();
}

/** The C of anything at file level. */
export function emitTokens(tokens: readonly Tok[]): string {
  const out = new Emitter();
  let line: Tok[] = [];
  for (const token of tokens) {
    if (token.startsLine && line.length > 0 && line[0]?.text !== '#') {
      const last = line.at(-1);
      if (last !== undefined && (last.file !== token.file || last.line > token.line)) {
        out.run(line, ((line[0]?.column ?? 1) - 1) / 4);
        line = [];
      }
    }
    line.push(token);
  }
  out.run(line, ((line[0]?.column ?? 1) - 1) / 4);
  out.newline();
  return out.text();
}
