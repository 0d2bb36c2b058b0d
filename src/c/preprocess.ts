import { type AnswerContext, answerBuiltin } from './preprocess-answer.ts';
import { type Macro, builtinMacro } from './preprocess-definition.ts';
import { type DirectiveContext, runDirective } from './preprocess-directive.ts';
import { Expander } from './preprocess-expand.ts';
import { type LexCache, type LexedFile, createLexCache, lexFile } from './preprocess-file.ts';
import { Frame } from './preprocess-frame.ts';
import { type Header, HeaderSearch, readHeader } from './preprocess-include.ts';
import { shiftToken } from './preprocess-line.ts';
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

class Preprocessor implements AnswerContext, DirectiveContext {
  readonly missing: MissingHeader[];
  readonly included: Set<string>;
  readonly output: Token[] = [];
  readonly macros: Map<string, Macro>;
  readonly expander: Expander;
  readonly search: HeaderSearch;
  private readonly options: PreprocessOptions;
  private readonly cache: LexCache;
  readonly pragmas: PragmaState;
  reading = 0;
  private readonly frames: Frame[] = [];
  private frame: Frame;
  private readonly predefined: LexedFile;
  private counter: number;

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
        runDirective(frame, this);
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
        runDirective(frame, this);
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

  includeHeader(header: Header, includer: string, first: number, location: Location): void {
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
