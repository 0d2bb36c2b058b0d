import { lex } from './lex.ts';
import { lineEnd } from './preprocess-line.ts';
import type { Macro } from './preprocess-definition.ts';
import type { Token } from './token.ts';

/** A line that starts with `#`, found once per text. Indices are into the tokens of its file. */
export interface Directive {
  /** Where the `#` is. */
  readonly start: number;
  /** Behind the last token of the line. */
  readonly end: number;
  /** `define`, `if`, ...; a digit for a line marker; empty for a null directive. */
  readonly name: string;
  /** For a conditional: the index of the directive that ends its group; -1 when there is none. */
  next: number;
  /** For `else`, `elif` and `endif`: whether an `#if` stands before it. */
  opened: boolean;
  /** For `define`: the definition, read when first met. */
  macro: Macro | undefined;
}

/** A file as every run shares it: the text is lexed once, its directives are found once. */
export interface LexedFile {
  readonly path: string;
  readonly tokens: readonly Token[];
  readonly directives: readonly Directive[];
  /** The macro that, when defined, leaves nothing of the file. */
  readonly guard: string | undefined;
}

/** Lexed files by path and text, for several runs: both sides of a comparison share their headers. */
export interface LexCache {
  /** Throws CError when the text cannot be lexed. */
  file(path: string, text: string): LexedFile;
}

/** Texts of one path that are kept beside the first, which is the base's. */
const MOST_VERSIONS = 8;

export function createLexCache(): LexCache {
  const known = new Map<string, { text: string; file: LexedFile }[]>();
  return {
    file(path, text) {
      const versions = known.get(path) ?? [];
      const hit = versions.find((version) => version.text === text);
      if (hit !== undefined) {
        return hit.file;
      }
      const file = lexFile(path, text);
      known.set(path, [...remembered(versions, MOST_VERSIONS), { text, file }]);
      return file;
    },
  };
}

/**
 * The first version is the base's, which every series comes back to; of the others the newest are enough, and a list
 * of a thousand patches must not fill the memory.
 */
export function remembered<T>(versions: readonly T[], most: number): T[] {
  return [...versions.slice(0, 1), ...versions.slice(1).slice(-most)];
}

/** Lexes a file and finds its directives. Throws CError for a comment that is never closed. */
export function lexFile(path: string, text: string): LexedFile {
  const tokens = lex(path, text);
  const directives = findDirectives(tokens);
  return { path, tokens, directives, guard: findGuard(tokens, directives) };
}

function findDirectives(tokens: readonly Token[]): Directive[] {
  const directives: Directive[] = [];
  const open: Directive[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || !token.startsLine || token.text !== '#') {
      continue;
    }
    const end = lineEnd(tokens, index);
    const name = end > index + 1 ? (tokens[index + 1]?.text ?? '') : '';
    const directive = { start: index, end, name, next: -1, opened: false, macro: undefined };
    link(directive, directives.length, open);
    directives.push(directive);
    index = end - 1;
  }
  return directives;
}

const BRANCHES: ReadonlySet<string> = new Set(['elif', 'elifdef', 'elifndef', 'else', 'endif']);

/** Chains `#if` to its `#elif`, `#else` and `#endif`, so that a group is skipped in one step. */
function link(directive: Directive, index: number, open: Directive[]): void {
  const { name } = directive;
  if (name === 'if' || name === 'ifdef' || name === 'ifndef') {
    open.push(directive);
  } else if (BRANCHES.has(name)) {
    const previous = open.pop();
    if (previous !== undefined) {
      previous.next = index;
      directive.opened = true;
      if (name !== 'endif') {
        open.push(directive);
      }
    }
  }
}

/** `#ifndef X` ... `#endif` or `#if !defined(X)` ... `#endif` around everything. */
function findGuard(tokens: readonly Token[], directives: readonly Directive[]): string | undefined {
  const [first] = directives;
  const last = directives.at(-1);
  if (first === undefined || last === undefined || first.start !== 0) {
    return undefined;
  }
  const around = last.end === tokens.length - 1 && directives[first.next] === last;
  if (!around || last.name !== 'endif') {
    return undefined;
  }
  const words = tokens.slice(first.start + 1, first.end).map((token) => token.text);
  const [name, ...rest] = words;
  if (name === 'ifndef') {
    return rest.length === 1 ? rest[0] : undefined;
  }
  const shape = rest.filter((word) => word !== '(' && word !== ')');
  const isGuard = name === 'if' && shape.length === 3 && shape[0] === '!' && shape[1] === 'defined';
  return isGuard ? shape[2] : undefined;
}
