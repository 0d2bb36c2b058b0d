import { HeadConflict } from './head-conflict.ts';
import type { UnitState } from './parse-context.ts';
import { parseTranslationUnit } from './parse.ts';
import {
  createLexCache,
  type Head,
  type LexCache,
  type MissingHeader,
  preprocess,
  type Preprocessed,
  preprocessHead,
  type PreprocessOptions,
} from './preprocess.ts';
import { type LexedFile, remembered } from './preprocess-file.ts';
import { HeaderSearch, readHeader } from './preprocess-include.ts';
import type { FileSystem } from './source.ts';

/** A unit, and every text that went into it: it stands for all file systems that have the same ones. */
interface Read<T> {
  readonly value: T;
  readonly texts: ReadonlyMap<string, string | undefined>;
}

interface ParsedHead {
  readonly head: Head;
  readonly unit: UnitState;
}

type UnitOptions = Pick<PreprocessOptions, 'include' | 'prelude' | 'defines' | 'forced'>;

/**
 * Parses main files, each once for all file systems on which it reads the same texts. Files that begin
 * with the same includes, such as all scenarios and both sides of a changed file, share what those
 * declare, as with a precompiled header:
 *
 *     scenario1.c   #include "lifecycle.h" ┐
 *     scenario2.c   #include "lifecycle.h" ┴─ one head, parsed once
 */
export class UnitCache {
  readonly lexed: LexCache = createLexCache();
  private readonly options: UnitOptions;
  private readonly units = new Map<string, Read<UnitState>[]>();
  private readonly heads = new Map<string, Read<ParsedHead>[]>();
  private readonly read = new WeakMap<UnitState, ReadonlyMap<string, string | undefined>>();
  private readonly lacking = new WeakMap<UnitState, readonly MissingHeader[]>();

  constructor(options: UnitOptions) {
    this.options = options;
  }

  /** The unit of a main file. Throws CError where it cannot be read or preprocessed. */
  unit(main: string, fs: FileSystem): UnitState {
    const { value, texts } = recall(this.units, main, fs, (recorder) => this.parse(main, recorder));
    this.read.set(value, texts);
    return value;
  }

  private parse(main: string, fs: FileSystem): UnitState {
    const options = { ...this.options, main, fs, cache: this.lexed };
    const shared = this.head(options);
    if (shared !== undefined) {
      try {
        return this.parsed(preprocess({ ...options, head: shared.head }), shared.unit);
      } catch (error) {
        if (!(error instanceof HeadConflict)) {
          throw error;
        }
      }
    }
    return this.parsed(preprocess(options));
  }

  private parsed({ tokens, missing }: Preprocessed, head?: UnitState): UnitState {
    const unit = parseTranslationUnit(tokens, head);
    this.lacking.set(unit, missing);
    return unit;
  }

  /** Paths of all texts that a unit was made of, also of those that were looked for in vain. */
  readBy(unit: UnitState): Iterable<string> {
    return this.read.get(unit)?.keys() ?? [];
  }

  /** The headers that a unit includes and that are not there. */
  missing(unit: UnitState): readonly MissingHeader[] {
    return this.lacking.get(unit) ?? [];
  }

  /** What the includes at the top declare; undefined where there are none, or one is not to be found. */
  private head(options: PreprocessOptions & { readonly cache: LexCache }): ParsedHead | undefined {
    const { main, fs, include, cache } = options;
    const search = new HeaderSearch(fs, include, cache);
    const file = search.open(main);
    const paths = file === undefined ? [] : leadingHeaders(file, search);
    if (paths.length === 0) {
      return undefined;
    }
    const { value } = recall(this.heads, paths.join('\n'), fs, (recorder) => {
      // Of the main file only its first lines count, and those are the key.
      const beside = { read: (path: string) => (path === main ? fs : recorder).read(path) };
      const { tokens, head } = preprocessHead({ ...options, fs: beside }, paths.length);
      return { head, unit: parseTranslationUnit(tokens) };
    });
    return value;
  }
}

/** Paths of the headers that a file includes before anything else. */
function leadingHeaders(file: LexedFile, search: HeaderSearch): string[] {
  const paths: string[] = [];
  let end = 0;
  for (const directive of file.directives) {
    const header = readHeader(file.tokens.slice(directive.start + 2, directive.end));
    if (directive.name !== 'include' || directive.start !== end || header === undefined) {
      break;
    }
    const found = search.find(header, file.path, -1);
    if (found === undefined) {
      break;
    }
    paths.push(`${found.folder} ${found.file.path}`);
    ({ end } = directive);
  }
  return paths;
}

/** Parsed versions of one file that are kept beside the first: each holds its trees. */
const MOST_VERSIONS = 3;

function sameTexts<T>(versions: readonly Read<T>[], fs: FileSystem): Read<T> | undefined {
  return versions.find(({ texts }) => [...texts].every(([path, text]) => fs.read(path) === text));
}

/** What was made from the same texts before, or makes it and notes which texts it asks for. */
function recall<T>(
  known: Map<string, Read<T>[]>,
  key: string,
  fs: FileSystem,
  make: (recorder: FileSystem) => T,
): Read<T> {
  const versions = known.get(key) ?? [];
  const same = sameTexts(versions, fs);
  if (same !== undefined) {
    return same;
  }
  const texts = new Map<string, string | undefined>();
  const value = make({
    read(path) {
      const text = fs.read(path);
      texts.set(path, text);
      return text;
    },
  });
  const read = { value, texts };
  known.set(key, [...remembered(versions, MOST_VERSIONS), read]);
  return read;
}
