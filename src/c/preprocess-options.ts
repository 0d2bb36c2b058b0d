import type { Macro } from './preprocess-definition.ts';
import type { LexCache } from './preprocess-file.ts';
import type { PragmaState } from './preprocess-pragma.ts';
import type { FileSystem, Location } from './source.ts';
import type { Token } from './token.ts';

export interface PreprocessOptions {
  /** Path of the file to start with. */
  readonly main: string;
  readonly fs: FileSystem;
  /** Search folders for `<x.h>`, and for `"x.h"` behind the includer's own folder. */
  readonly include: readonly string[];
  /** Text before everything else, under the path `<prelude>`. */
  readonly prelude?: string;
  /** As gcc's -D: `NAME` or `NAME(x)` to its replacement. */
  readonly defines?: Readonly<Record<string, string>>;
  /** Headers included before the main file, as gcc's -include. */
  readonly forced?: readonly string[];
  /** Lexed files of earlier runs; from `createLexCache()`. */
  readonly cache?: LexCache;
  /** What the first includes of the main file left behind; its tokens are not given again. */
  readonly head?: Head;
}

/**
 * What the includes at the top of a main file leave behind. Files that begin with the same ones share
 * it, as they would a precompiled header: see `headers.ts`.
 */
export interface Head {
  /** How many directives of the main file it stands for. */
  readonly directives: number;
  readonly macros: ReadonlyMap<string, Macro>;
  readonly pragmas: PragmaState;
  readonly counter: number;
  readonly included: readonly string[];
  readonly missing: readonly MissingHeader[];
}

/** A header that no search folder has: the text goes on without it. */
export interface MissingHeader {
  readonly path: string;
  readonly location: Location;
}

export interface Preprocessed {
  /** Ends with one `eof`. */
  readonly tokens: Token[];
  readonly missing: MissingHeader[];
  /** Every file that was read, the main file among them, in the order of their first use. */
  readonly included: string[];
  readonly macros: ReadonlyMap<string, Macro>;
}
