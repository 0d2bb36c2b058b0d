import { lex } from './lex.ts';
import {
  Expander,
  type Macro,
  type PpToken,
  stringify,
  type TokenSource,
} from './preprocess-macro.ts';
import { evaluateCondition } from './preprocess-if.ts';
import { ATTRIBUTES, PREDEFINED, PREDEFINED_SUFFIXES } from './preprocess-predefined.ts';
import { CError, type FileSystem, type Location } from './source.ts';
import type { Token } from './token.ts';

/** Lexed files by path, shared between runs: both sides of a comparison read the same headers. */
export type LexCache = Map<string, LexedFile>;

interface LexedFile {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Indices of every `#` that starts a line. */
  readonly directives: readonly number[];
  /** The macro of an include guard around the whole file. */
  readonly guard: string | undefined;
}

export interface PreprocessOptions {
  /** Path of the file to start with. */
  readonly main: string;
  readonly fs: FileSystem;
  /** Search folders for `<x.h>`, and for `"x.h"` behind the includer's own folder. */
  readonly include: readonly string[];
  /** Text before the main file, under the path `<prelude>`. */
  readonly prelude?: string;
  readonly defines?: Readonly<Record<string, string>>;
  /** Headers included before the main file, as gcc's -include. */
  readonly forced?: readonly string[];
  readonly cache?: LexCache;
}

export interface Preprocessed {
  readonly tokens: readonly Token[];
  /** Headers that no folder has: the text goes on without them. */
  readonly missing: readonly { readonly path: string; readonly location: Location }[];
  readonly included: readonly string[];
  readonly macros: ReadonlyMap<string, Macro>;
}

/** A file that is being read. */
interface Cursor {
  readonly path: string;
  readonly lexed: LexedFile;
  /** Index in the search path where it was found, for include_next; -1 for the includer's folder. */
  readonly found: number;
  readonly conditions: Condition[];
  position: number;
  /** From `#line`: what to add to lines, and the name to report. */
  shift: number;
  name: string | undefined;
}

interface Condition {
  readonly location: Location;
  /** A branch was taken already. */
  taken: boolean;
  /** `#else` was seen. */
  last: boolean;
}

const MAX_NESTING = 200;

class Preprocessor implements TokenSource {
  readonly missing: { path: string; location: Location }[] = [];
  readonly included = new Set<string>();
  private readonly options: PreprocessOptions;
  private readonly cache: LexCache;
  private readonly macros = new Map<string, Macro>();
  private readonly pushed = new Map<string, (Macro | undefined)[]>();
  private readonly once = new Set<string>();
  private readonly expander: Expander;
  private readonly cursors: Cursor[] = [];
  private readonly pending: PpToken[] = [];
  private counter = 0;

  constructor(options: PreprocessOptions) {
    this.options = options;
    this.cache = options.cache ?? new Map<string, LexedFile>();
    this.expander = new Expander(this.macros, (token) => this.dynamic(token));
    this.predefine();
  }

  run(): Preprocessed {
    const { main, prelude, forced } = this.options;
    const text = this.options.fs.read(main);
    if (text === undefined) {
      throw new CError({ file: main, line: 0, column: 0 }, 'there is no such file');
    }
    const output: Token[] = [];
    if (prelude !== undefined) {
      this.read(output, '<prelude>', prelude);
    }
    for (const header of forced ?? []) {
      this.read(output, '<forced>', `#include "${header}"\n`);
    }
    this.included.add(main);
    this.read(output, main, text);
    output.push({
      kind: 'eof',
      text: '',
      location: this.end(main, text),
      startsLine: true,
      spaceBefore: false,
    });
    const { missing, macros } = this;
    return { tokens: output, missing, included: [...this.included], macros };
  }

  private end(path: string, text: string): Location {
    return { file: path, line: text.split('\n').length, column: 1 };
  }

  private read(output: Token[], path: string, text: string): void {
    this.open(path, text, -1);
    for (let token = this.next(); token !== undefined; token = this.next()) {
      if (this.expander.expand(token, this)) {
        continue;
      }
      if (token.text === '_Pragma' && token.kind === 'identifier') {
        this.skipParentheses();
      } else {
        output.push(token);
      }
    }
  }

  private skipParentheses(): void {
    let depth = 0;
    for (let token = this.next(); token !== undefined; token = this.next()) {
      depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
      if (depth <= 0) {
        return;
      }
    }
  }

  private predefine(): void {
    const lines = Object.entries({ ...PREDEFINED, ...this.options.defines }).map(
      ([name, body]) => `${name} ${body}`,
    );
    for (const [name, suffix] of Object.entries(PREDEFINED_SUFFIXES)) {
      lines.push(suffix === '' ? `${name}(c) c` : `${name}(c) c ## ${suffix}`);
    }
    for (const line of lines) {
      this.define(lex('<predefined>', line).slice(0, -1), {
        file: '<predefined>',
        line: 1,
        column: 1,
      });
    }
  }

  private dynamic(token: Token): string | undefined {
    switch (token.text) {
      case '__FILE__':
        return JSON.stringify(token.location.file);
      case '__BASE_FILE__':
        return JSON.stringify(this.options.main);
      case '__LINE__':
        return `${token.location.line}`;
      case '__COUNTER__':
        return `${this.counter++}`;
      case '__INCLUDE_LEVEL__':
        return `${this.cursors.length - 1}`;
      default:
        return undefined;
    }
  }

  // Reading

  private open(path: string, text: string, found: number): void {
    if (this.cursors.length >= MAX_NESTING) {
      throw new CError(
        { file: path, line: 1, column: 1 },
        `more than ${MAX_NESTING} nested #include`,
      );
    }
    const lexed = this.lexed(path, text);
    this.cursors.push({
      path,
      lexed,
      found,
      conditions: [],
      position: 0,
      shift: 0,
      name: undefined,
    });
  }

  private lexed(path: string, text: string): LexedFile {
    const known = this.cache.get(path);
    if (known !== undefined && known.text === text) {
      return known;
    }
    const tokens = lex(path, text);
    const directives: number[] = [];
    for (const [index, token] of tokens.entries()) {
      if (token.startsLine && token.text === '#' && token.kind === 'punctuator') {
        directives.push(index);
      }
    }
    const file = { text, tokens, directives, guard: guardOf(tokens, directives) };
    this.cache.set(path, file);
    return file;
  }

  next(): PpToken | undefined {
    const pushed = this.pending.pop();
    if (pushed !== undefined) {
      return pushed;
    }
    for (let cursor = this.cursors.at(-1); cursor !== undefined; cursor = this.cursors.at(-1)) {
      const token = cursor.lexed.tokens[cursor.position];
      if (token === undefined || token.kind === 'eof') {
        this.close(cursor);
      } else if (token.startsLine && token.text === '#' && token.kind === 'punctuator') {
        this.directive(cursor);
      } else {
        cursor.position++;
        return this.located(cursor, token);
      }
    }
    return undefined;
  }

  unread(tokens: readonly PpToken[]): void {
    for (let index = tokens.length - 1; index >= 0; index--) {
      const token = tokens[index];
      if (token !== undefined) {
        this.pending.push(token);
      }
    }
  }

  private close(cursor: Cursor): void {
    const open = cursor.conditions.at(-1);
    if (open !== undefined) {
      throw new CError(open.location, 'this condition is never closed with #endif');
    }
    this.cursors.pop();
  }

  private located(cursor: Cursor, token: Token): Token {
    if (cursor.shift === 0 && cursor.name === undefined) {
      return token;
    }
    return { ...token, location: this.presumed(cursor, token.location) };
  }

  private presumed(cursor: Cursor, { file, line, column }: Location): Location {
    return { file: cursor.name ?? file, line: line + cursor.shift, column };
  }

  // Directives

  private line(cursor: Cursor): Token[] {
    const { tokens } = cursor.lexed;
    const line: Token[] = [];
    for (;;) {
      const token = tokens[cursor.position];
      if (token === undefined || token.kind === 'eof' || token.startsLine) {
        return line;
      }
      line.push(this.located(cursor, token));
      cursor.position++;
    }
  }

  private directive(cursor: Cursor): void {
    const hash = cursor.lexed.tokens[cursor.position];
    cursor.position++;
    const [name, ...rest] = this.line(cursor);
    if (name === undefined || hash === undefined) {
      return;
    }
    const location = this.presumed(cursor, hash.location);
    switch (name.text) {
      case 'define':
        this.define(rest, location);
        break;
      case 'undef':
        this.macros.delete(rest[0]?.text ?? '');
        break;
      case 'include':
      case 'include_next':
      case 'import':
        this.include(cursor, rest, location, name.text === 'include_next');
        break;
      case 'if':
      case 'ifdef':
      case 'ifndef':
        this.begin(cursor, location, this.test(name.text, rest, location));
        break;
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else':
        this.otherwise(cursor, location);
        break;
      case 'endif':
        if (cursor.conditions.pop() === undefined) {
          throw new CError(location, '#endif without #if');
        }
        break;
      case 'error':
        throw new CError(location, `#error ${rest.map((token) => token.text).join(' ')}`);
      case 'pragma':
        this.pragma(cursor, rest);
        break;
      case 'line':
        this.renumber(cursor, hash, this.expander.expandList(rest));
        break;
      case 'warning':
      case 'ident':
      case 'sccs':
      case 'assert':
      case 'unassert':
        break;
      default:
        if (name.kind !== 'number') {
          throw new CError(location, `unknown directive #${name.text}`);
        }
        this.renumber(cursor, hash, [name, ...rest]);
    }
  }

  /** `#line N "file"` and gcc's `# N "file"` (C11 §6.10.4): N is the number of the line that follows. */
  private renumber(cursor: Cursor, hash: Token, rest: readonly Token[]): void {
    const [line, file] = rest;
    if (line?.kind !== 'number') {
      throw new CError(hash.location, '#line wants a number');
    }
    cursor.shift = Number(line.text) - hash.location.line - 1;
    if (file?.kind === 'string') {
      cursor.name = file.text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
    }
  }

  private pragma(cursor: Cursor, rest: readonly Token[]): void {
    const [name, , what] = rest;
    const macro = what?.kind === 'string' ? what.text.slice(1, -1) : '';
    if (name?.text === 'once') {
      this.once.add(cursor.path);
    } else if (name?.text === 'push_macro') {
      this.pushed.set(macro, [...(this.pushed.get(macro) ?? []), this.macros.get(macro)]);
    } else if (name?.text === 'pop_macro') {
      const old = this.pushed.get(macro)?.pop();
      if (old === undefined) {
        this.macros.delete(macro);
      } else {
        this.macros.set(macro, old);
      }
    }
  }

  private define(line: readonly Token[], location: Location): void {
    const [name, open] = line;
    if (name?.kind !== 'identifier') {
      throw new CError(location, '#define wants a name');
    }
    if (open?.text !== '(' || open.spaceBefore) {
      const body = line.slice(1);
      this.macros.set(name.text, {
        name: name.text,
        location,
        params: undefined,
        rest: undefined,
        body,
      });
      return;
    }
    const end = line.findIndex((token) => token.text === ')');
    if (end === -1) {
      throw new CError(location, `the parameters of macro ${name.text} are never closed with )`);
    }
    const { params, rest } = parameters(line.slice(2, end));
    this.macros.set(name.text, {
      name: name.text,
      location,
      params,
      rest,
      body: line.slice(end + 1),
    });
  }

  // Conditions

  private test(kind: string, rest: readonly Token[], location: Location): boolean {
    if (kind.endsWith('def')) {
      const defined = this.isDefined(rest[0]?.text ?? '');
      return kind.endsWith('ndef') ? !defined : defined;
    }
    const answered = this.expander.expandList(this.answer(rest));
    return evaluateCondition(this.answer(answered), location);
  }

  private isDefined(name: string): boolean {
    return (
      this.macros.has(name) ||
      /^__(FILE|LINE|COUNTER|BASE_FILE|INCLUDE_LEVEL)__$|^__has_(attribute|builtin|include|include_next|cpp_attribute|c_attribute)$/.test(
        name,
      )
    );
  }

  /** Replace `defined X` and `__has_…(X)` by their answers, before macros are expanded. */
  private answer(line: readonly Token[]): Token[] {
    const output: Token[] = [];
    for (let index = 0; index < line.length; index++) {
      const token = line[index];
      if (token === undefined) {
        break;
      }
      const query = token.kind === 'identifier' && /^(defined|__has_\w+)$/.test(token.text);
      if (!query || this.macros.has(token.text)) {
        output.push(token);
        continue;
      }
      const open = line[index + 1]?.text === '(';
      let end = index + 1;
      if (open) {
        while (end < line.length && line[end]?.text !== ')') {
          end++;
        }
      }
      const inside = open ? line.slice(index + 2, end) : line.slice(index + 1, index + 2);
      output.push({ ...token, kind: 'number', text: this.query(token, inside) ? '1' : '0' });
      index = end;
    }
    return output;
  }

  private query(token: Token, inside: readonly Token[]): boolean {
    const name = (inside[0]?.text ?? '').replace(/^__(.*)__$/, '$1');
    switch (token.text) {
      case 'defined':
        return this.isDefined(inside[0]?.text ?? '');
      case '__has_attribute':
        return ATTRIBUTES.has(name);
      case '__has_builtin':
        return /^__(builtin|atomic|sync)_/.test(inside[0]?.text ?? '');
      case '__has_include':
      case '__has_include_next': {
        const header = headerName(this.expander.expandList(inside));
        const cursor = this.cursors.at(-1);
        return (
          header !== undefined &&
          cursor !== undefined &&
          this.find(cursor, header, false) !== undefined
        );
      }
      default:
        return false;
    }
  }

  private begin(cursor: Cursor, location: Location, holds: boolean): void {
    cursor.conditions.push({ location, taken: holds, last: false });
    if (!holds) {
      this.skip(cursor);
    }
  }

  /** A taken group ends at its `#elif` or `#else`: everything up to `#endif` is skipped. */
  private otherwise(cursor: Cursor, location: Location): void {
    if (cursor.conditions.length === 0) {
      throw new CError(location, '#else or #elif without #if');
    }
    this.skip(cursor);
  }

  /** From one directive to the next at the same depth, until a group is to be read or the `#endif`. */
  private skip(cursor: Cursor): void {
    const { tokens, directives } = cursor.lexed;
    const condition = cursor.conditions.at(-1);
    let depth = 0;
    for (let index = firstAfter(directives, cursor.position); index < directives.length; index++) {
      const at = directives[index] ?? 0;
      const following = tokens[at + 1];
      const name = following === undefined || following.startsLine ? '' : following.text;
      if (name === 'if' || name === 'ifdef' || name === 'ifndef') {
        depth++;
      } else if (name === 'endif' && depth > 0) {
        depth--;
      } else if (depth === 0 && /^(endif|else|elif|elifdef|elifndef)$/.test(name) && condition) {
        cursor.position = at + 1;
        if (
          this.stops(
            cursor,
            condition,
            this.presumed(cursor, tokens[at]?.location ?? condition.location),
          )
        ) {
          return;
        }
      }
    }
    throw new CError(
      condition?.location ?? { file: cursor.path, line: 1, column: 1 },
      'this condition is never closed with #endif',
    );
  }

  /** The directive at the cursor ends the skipping: `#endif`, or a branch that is to be read. */
  private stops(cursor: Cursor, condition: Condition, location: Location): boolean {
    const [name, ...rest] = this.line(cursor);
    if (name?.text === 'endif') {
      cursor.conditions.pop();
      return true;
    }
    if (condition.last) {
      throw new CError(location, `#${name?.text} behind #else`);
    }
    if (name?.text === 'else') {
      condition.last = true;
      const read = !condition.taken;
      condition.taken = true;
      return read;
    }
    if (condition.taken) {
      return false;
    }
    condition.taken = this.test((name?.text ?? '').replace(/^el/, ''), rest, location);
    return condition.taken;
  }

  // Inclusion

  private include(
    cursor: Cursor,
    rest: readonly Token[],
    location: Location,
    behind: boolean,
  ): void {
    const header = headerName(rest) ?? headerName(this.expander.expandList(rest));
    if (header === undefined) {
      throw new CError(location, '#include wants "file" or <file>');
    }
    const found = this.find(cursor, header, behind);
    if (found === undefined) {
      this.missing.push({ path: header.path, location });
      return;
    }
    if (this.once.has(found.path)) {
      return;
    }
    const lexed = this.lexed(found.path, found.text);
    if (lexed.guard !== undefined && this.macros.has(lexed.guard)) {
      return;
    }
    this.included.add(found.path);
    this.open(found.path, found.text, found.index);
  }

  private find(
    cursor: Cursor,
    header: Header,
    behind: boolean,
  ): { path: string; text: string; index: number } | undefined {
    const { fs, include } = this.options;
    if (!header.system && !behind) {
      const path = normalize(`${folderOf(cursor.path)}${header.path}`);
      const text = fs.read(path);
      if (text !== undefined) {
        return { path, text, index: -1 };
      }
    }
    for (let index = behind ? cursor.found + 1 : 0; index < include.length; index++) {
      const path = normalize(`${include[index]}/${header.path}`);
      const text = fs.read(path);
      if (text !== undefined) {
        return { path, text, index };
      }
    }
    return undefined;
  }
}

interface Header {
  readonly path: string;
  readonly system: boolean;
}

function headerName(tokens: readonly Token[]): Header | undefined {
  const [first] = tokens;
  if (first?.kind === 'string') {
    return { path: first.text.slice(1, -1), system: false };
  }
  const end = tokens.findIndex((token) => token.text === '>');
  if (first?.text !== '<' || end === -1) {
    return undefined;
  }
  const text = stringify(tokens.slice(1, end), first).text.slice(1, -1);
  return { path: text.replaceAll(' ', ''), system: true };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** `a/./b/../c` is `a/c`. */
function normalize(path: string): string {
  if (!path.includes('/.') && !path.startsWith('./')) {
    return path.replaceAll('//', '/');
  }
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') {
      parts.pop();
    } else if (part !== '.' && (part !== '' || parts.length === 0)) {
      parts.push(part);
    }
  }
  return parts.join('/');
}

function parameters(tokens: readonly Token[]): { params: string[]; rest: string | undefined } {
  const params: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.text === '...') {
      const named = tokens[index - 1]?.kind === 'identifier';
      return {
        params: named ? params.slice(0, -1) : params,
        rest: named ? params.at(-1) : '__VA_ARGS__',
      };
    }
    if (token.kind === 'identifier') {
      params.push(token.text);
    }
  }
  return { params, rest: undefined };
}

function firstAfter(directives: readonly number[], position: number): number {
  let [low, high] = [0, directives.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((directives[middle] ?? 0) < position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** `#ifndef X`, `#define X` … `#endif` around everything: the file is empty the second time. */
function guardOf(tokens: readonly Token[], directives: readonly number[]): string | undefined {
  const name = tokens[2]?.text;
  const last = directives.at(-1);
  if (directives[0] !== 0 || tokens[1]?.text !== 'ifndef' || last === undefined) {
    return undefined;
  }
  if (tokens[last + 1]?.text !== 'endif' || tokens[last + 2]?.kind !== 'eof') {
    return undefined;
  }
  let depth = 0;
  for (const at of directives) {
    const word = tokens[at + 1]?.text ?? '';
    if (/^(if|ifdef|ifndef)$/.test(word)) {
      depth++;
    } else if (word === 'endif') {
      depth--;
    }
    if ((depth === 0 && at !== last) || (depth === 1 && /^(else|elif)/.test(word))) {
      return undefined;
    }
  }
  return name;
}

/** Translation phases 1 to 4 and 6's input (C11 §5.1.1.2). Throws CError for what no compiler would take. */
export function preprocess(options: PreprocessOptions): Preprocessed {
  return new Preprocessor(options).run();
}
