import { type AnswerContext, answerBuiltin } from './preprocess-answer.ts';
import { type Macro, builtinMacro, readDefinition } from './preprocess-definition.ts';
import { Expander } from './preprocess-expand.ts';
import {
  type Directive,
  type LexCache,
  type LexedFile,
  createLexCache,
  lexFile,
} from './preprocess-file.ts';
import { Frame } from './preprocess-frame.ts';
import { evaluateCondition } from './preprocess-if.ts';
import { HeaderSearch, readHeader } from './preprocess-include.ts';
import { readLineShift, shiftToken } from './preprocess-line.ts';
import type { Head, MissingHeader, Preprocessed, PreprocessOptions } from './preprocess-options.ts';
import { PragmaState } from './preprocess-pragma.ts';
import { BUILTINS, PREDEFINED } from './preprocess-predefined.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

export { type LexCache, createLexCache } from './preprocess-file.ts';
export { presumeLocations } from './preprocess-line.ts';
export type { Head, MissingHeader, Preprocessed, PreprocessOptions } from './preprocess-options.ts';

const MAX_NESTING = 200;

/** Lexed once for all runs. */
let predefined: LexedFile | undefined;

class Preprocessor implements AnswerContext {
  readonly missing: MissingHeader[];
  readonly included: Set<string>;
  readonly output: Token[] = [];
  readonly macros: Map<string, Macro>;
  readonly expander: Expander;
  readonly search: HeaderSearch;
  private readonly options: PreprocessOptions;
  private readonly cache: LexCache;
  readonly pragmas: PragmaState;
  private readonly frames: Frame[] = [];
  private frame: Frame;
  private readonly predefined: LexedFile;
  private counter: number;
  private reading = 0;

  constructor(options: PreprocessOptions) {
    const { head } = options;
    this.options = options;
    this.missing = [...(head?.missing ?? [])];
    this.included = new Set(head?.included);
    this.macros = new Map(head?.macros);
    this.pragmas = new PragmaState(this.macros, head?.pragmas);
    this.counter = head?.counter ?? 0;
    this.cache = options.cache ?? createLexCache();
    this.search = new HeaderSearch(options.fs, options.include, this.cache);
    this.expander = new Expander(this.macros, this, (name, macro) =>
      answerBuiltin(name, macro, this),
    );
    predefined ??= lexFile('<built-in>', PREDEFINED);
    this.predefined = predefined;
    this.frame = new Frame(predefined, -1);
  }

  run(): Preprocessed {
    const { main, head } = this.options;
    const file = this.openMain();
    if (head === undefined) {
      this.readPrelude();
    }
    this.included.add(main);
    this.read(file, -1, head?.directives ?? 0);
    const end = file.tokens.at(-1);
    if (end !== undefined) {
      this.output.push(end);
    }
    const { missing, macros, included, output } = this;
    return { tokens: output, missing, included: [...included], macros };
  }

  /** Only the first `directives` directives of the main file, which are includes. */
  runHead(directives: number): { tokens: Token[]; head: Head } {
    const file = this.openMain();
    const end = file.tokens.at(-1);
    const last = file.directives[directives - 1];
    if (end === undefined || last === undefined) {
      throw new Error(`${file.path} does not have ${directives} directives`);
    }
    this.readPrelude();
    const first = { ...file, directives: file.directives.slice(0, directives) };
    this.read({ ...first, tokens: [...file.tokens.slice(0, last.end), end] }, -1);
    this.output.push(end);
    const { missing, macros, included, output, pragmas, counter } = this;
    const head = { directives, macros, pragmas, counter, included: [...included], missing };
    return { tokens: output, head };
  }

  private openMain(): LexedFile {
    const { main } = this.options;
    const file = this.search.open(main);
    if (file === undefined) {
      throw new CError({ file: main, line: 1, column: 1 }, 'there is no such file');
    }
    return file;
  }

  /** What stands before the main file. */
  private readPrelude(): void {
    const { main, prelude, forced, defines } = this.options;
    for (const [name, builtin] of BUILTINS) {
      this.macros.set(name, builtinMacro(name, builtin));
    }
    this.read(this.predefined, -1);
    const lines = Object.entries(defines ?? {}).map(([name, body]) => `#define ${name} ${body}\n`);
    this.read(lexFile('<command-line>', lines.join('')), -1);
    if (prelude !== undefined) {
      this.read(this.cache.file('<prelude>', prelude), -1);
    }
    for (const header of forced ?? []) {
      const at = { file: '<command-line>', line: 1, column: 1 };
      this.includeHeader({ path: header, system: false }, main, -1, at);
    }
  }

  /** Everything of one file behind so many directives, and of what it includes, to the output. */
  private read(file: LexedFile, folder: number, directives = 0): void {
    const outer = this.frame;
    const frame = new Frame(file, folder);
    if (directives > 0) {
      frame.pass(directives - 1);
    }
    this.frames.push(frame);
    this.frame = frame;
    const { tokens } = file;
    const { macros, output } = this;
    const last = tokens.length - 1;
    while (frame.index < last) {
      let stop = frame.stop();
      if (frame.index === stop) {
        this.directive();
        continue;
      }
      while (frame.index < stop) {
        const raw = tokens[frame.index++];
        if (raw === undefined) {
          break;
        }
        const token = frame.shift === undefined ? raw : shiftToken(raw, frame.shift);
        const macro = token.kind === 'identifier' ? macros.get(token.text) : undefined;
        if (macro === undefined) {
          output.push(token);
        } else {
          this.expander.expandName(token, macro, output);
          // Its arguments may have gone on behind directives.
          stop = frame.stop();
        }
      }
    }
    this.frames.pop();
    this.frame = outer;
  }

  /** The next token of the file itself. A directive is none: no `(` of a macro's call stands behind it. */
  peek(): Token | undefined {
    return this.frame.peek();
  }

  /** The next token of the file itself, directives before it carried out, as gcc does in arguments. */
  next(): Token | undefined {
    const { frame } = this;
    const { tokens } = frame.file;
    while (frame.index < tokens.length - 1) {
      if (frame.index === frame.stop()) {
        this.reading++;
        this.directive();
        this.reading--;
        continue;
      }
      const token = tokens[frame.index++];
      return token !== undefined && frame.shift !== undefined
        ? shiftToken(token, frame.shift)
        : token;
    }
    return undefined;
  }

  get main(): string {
    return this.options.main;
  }

  get depth(): number {
    return this.frames.length - 1;
  }

  get path(): string {
    return this.frame.file.path;
  }

  count(): number {
    return this.counter++;
  }

  /** Whether a header is to be found, for `__has_include` and `__has_include_next`. */
  hasHeader(tokens: readonly Token[], next: boolean): boolean {
    const header = readHeader(tokens) ?? readHeader(this.expander.expandList(tokens));
    const first = next ? this.frame.folder + 1 : -1;
    return (
      header !== undefined && this.search.find(header, this.frame.file.path, first) !== undefined
    );
  }

  /** Carries out the directive that comes next. */
  private directive(): void {
    const { frame } = this;
    const directive = frame.file.directives[frame.directive];
    if (directive === undefined) {
      return;
    }
    frame.pass(frame.directive);
    switch (directive.name) {
      case 'define':
        this.define(directive);
        break;
      case 'undef':
        this.macros.delete(this.frame.operands(directive)[0]?.text ?? '');
        break;
      case 'include':
      case 'include_next':
      case 'import':
        this.include(directive);
        break;
      case 'if':
      case 'ifdef':
      case 'ifndef':
        this.begin(directive);
        break;
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else':
        frame.leave(directive);
        break;
      case 'endif':
        frame.requireOpened(directive);
        break;
      case 'error':
        throw new CError(
          this.frame.at(directive),
          `#error ${spell(this.frame.operands(directive))}`,
        );
      case 'pragma':
        this.pragmas.run(this.frame.operands(directive), frame.file.path);
        break;
      case '':
      case 'warning':
      case 'ident':
      case 'sccs':
      case 'assert':
      case 'unassert':
        break;
      default:
        this.line(directive);
    }
  }

  private define(directive: Directive): void {
    const { shift } = this.frame;
    const macro =
      (shift === undefined ? directive.macro : undefined) ??
      readDefinition(this.frame.operands(directive), this.frame.at(directive));
    if (shift === undefined) {
      directive.macro = macro;
    }
    this.macros.set(macro.name, macro);
  }

  /** `#line N "file"` and `# N "file" flags` (C11 §6.10.4). */
  private line(directive: Directive): void {
    const { frame } = this;
    const name = frame.file.tokens[directive.start + 1];
    const hash = frame.file.tokens[directive.start];
    if (
      name === undefined ||
      hash === undefined ||
      (name.text !== 'line' && name.kind !== 'number')
    ) {
      throw new CError(
        this.frame.at(directive),
        `invalid preprocessing directive #${directive.name}`,
      );
    }
    const operands = this.frame.operands(directive);
    const full = name.kind === 'number' ? [name, ...operands] : this.expand(directive, operands);
    const shift = readLineShift(full, hash.location, frame.shift?.file ?? hash.location.file);
    if (shift === undefined) {
      throw new CError(this.frame.at(directive), '#line takes a line number and a file name');
    }
    frame.shift = shift;
  }

  private expand(directive: Directive, tokens: readonly Token[]): readonly Token[] {
    return this.expander.expandLine(tokens, this.frame.at(directive));
  }

  // Conditions

  private holds(directive: Directive): boolean {
    const operands = this.frame.operands(directive);
    const kind = directive.name.replace(/^el/u, '');
    if (kind !== 'if') {
      const [name] = operands;
      if (name?.kind !== 'identifier') {
        throw new CError(this.frame.at(directive), `no macro name given in #${directive.name}`);
      }
      return this.macros.has(name.text) === (kind === 'ifdef');
    }
    this.macros.set('defined', builtinMacro('defined', 'query'));
    const expanded = this.expand(directive, operands);
    this.macros.delete('defined');
    return evaluateCondition(expanded, this.frame.at(directive));
  }

  /** `#if`: reads its group, or goes on to the branch that is to be read. */
  private begin(directive: Directive): void {
    if (this.holds(directive)) {
      this.frame.requireNext(directive);
      return;
    }
    for (let branch = this.frame.following(directive); branch.name !== 'endif';) {
      this.frame.requireNext(branch);
      if (branch.name === 'else' || this.holds(branch)) {
        return;
      }
      branch = this.frame.following(branch);
    }
  }

  // Inclusion

  private include(directive: Directive): void {
    const operands = this.frame.operands(directive);
    const location = this.frame.at(directive);
    const header = readHeader(operands) ?? readHeader(this.expand(directive, operands));
    const [only] = operands;
    if (header === undefined && operands.length === 1 && only?.kind === 'identifier') {
      // The build would have defined it on the command line: the header is missing like any other.
      this.missing.push({ path: only.text, location });
      return;
    }
    if (header === undefined) {
      throw new CError(location, `#${directive.name} expects "FILENAME" or <FILENAME>`);
    }
    if (this.reading > 0) {
      throw new CError(location, `#${directive.name} stands in the arguments of a macro`);
    }
    const { file, folder } = this.frame;
    const first = directive.name === 'include_next' ? folder + 1 : -1;
    this.includeHeader(header, file.path, first, location);
  }

  private includeHeader(
    header: { readonly path: string; readonly system: boolean },
    includer: string,
    first: number,
    location: Location,
  ): void {
    const found = this.search.find(header, includer, first);
    if (found === undefined) {
      this.missing.push({ path: header.path, location });
      return;
    }
    const { path, guard } = found.file;
    this.included.add(path);
    if ((guard !== undefined && this.macros.has(guard)) || this.pragmas.once.has(path)) {
      return;
    }
    if (this.frames.length > MAX_NESTING) {
      throw new CError(location, `#include nested deeper than ${MAX_NESTING}`);
    }
    this.read(found.file, found.folder);
  }
}

/** Tokens as they were written, white space as one space. */
function spell(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => (token.spaceBefore && index > 0 ? ` ${token.text}` : token.text))
    .join('');
}

/**
 * Translation phase 4 (C11 §5.1.1.2): macros are replaced, headers included, conditions decided, for GNU C
 * as gcc 12 on x86-64 Linux takes it. Throws CError for what no compiler would take, and for `#error`.
 */
export function preprocess(options: PreprocessOptions): Preprocessed {
  return finish(new Preprocessor(options), (preprocessor) => preprocessor.run());
}

/** The same for the first `directives` directives of the main file alone, which are includes. */
export function preprocessHead(
  options: PreprocessOptions,
  directives: number,
): { readonly tokens: readonly Token[]; readonly head: Head } {
  return finish(new Preprocessor(options), (preprocessor) => preprocessor.runHead(directives));
}

function finish<T>(preprocessor: Preprocessor, run: (preprocessor: Preprocessor) => T): T {
  try {
    return run(preprocessor);
  } finally {
    preprocessor.expander.reset();
  }
}
