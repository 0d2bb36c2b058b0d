import type { LexCache, LexedFile } from './preprocess-file.ts';
import type { FileSystem } from './source.ts';
import type { Token } from './token.ts';

/** What stands behind `#include`. */
export interface Header {
  readonly path: string;
  /** `<path>` rather than `"path"`. */
  readonly system: boolean;
}

/** A header that was found. */
export interface Found {
  readonly file: LexedFile;
  /** Which search folder has it, for `#include_next`; -1 for the includer's own. */
  readonly folder: number;
}

/** `"path"` or `< path >`; undefined when the tokens are neither (C11 §6.10.2). */
export function readHeader(tokens: readonly Token[]): Header | undefined {
  const [first] = tokens;
  if (first?.kind === 'string') {
    return { path: first.text.slice(1, -1), system: false };
  }
  const end = tokens.findIndex((token) => token.text === '>');
  if (first?.text !== '<' || end === -1) {
    return undefined;
  }
  const inside = tokens.slice(1, end);
  const text = inside.map((token) => (token.spaceBefore ? ` ${token.text}` : token.text)).join('');
  return { path: text, system: true };
}

/** Finds headers in the search folders; asks for every path once. */
export class HeaderSearch {
  private readonly fs: FileSystem;
  private readonly folders: readonly string[];
  private readonly cache: LexCache;
  private readonly known = new Map<string, LexedFile | undefined>();

  constructor(fs: FileSystem, folders: readonly string[], cache: LexCache) {
    this.fs = fs;
    this.folders = folders;
    this.cache = cache;
  }

  /** The file at a path. Throws CError when it cannot be lexed. */
  open(path: string): LexedFile | undefined {
    const known = this.known.get(path);
    if (known !== undefined || this.known.has(path)) {
      return known;
    }
    const text = this.fs.read(path);
    const file = text === undefined ? undefined : this.cache.file(path, text);
    this.known.set(path, file);
    return file;
  }

  /**
   * The header that a file includes.
   *
   * @param includer the path of the file that asks
   * @param first the search folder to start with; -1 to begin with the includer's own for `"path"`
   */
  find(header: Header, includer: string, first: number): Found | undefined {
    if (header.path.startsWith('/')) {
      const file = this.open(normalizePath(header.path));
      return file && { file, folder: -1 };
    }
    if (first === -1 && !header.system) {
      const file = this.open(normalizePath(`${folderOf(includer)}${header.path}`));
      if (file !== undefined) {
        return { file, folder: -1 };
      }
    }
    for (let folder = Math.max(first, 0); folder < this.folders.length; folder++) {
      const file = this.open(normalizePath(`${this.folders[folder] ?? ''}/${header.path}`));
      if (file !== undefined) {
        return { file, folder };
      }
    }
    return undefined;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** `a/./b//../c` is `a/c`. */
export function normalizePath(path: string): string {
  if (!path.startsWith('.') && !path.includes('/.') && !path.includes('//')) {
    return path;
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
