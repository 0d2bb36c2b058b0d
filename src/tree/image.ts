import { readFile, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One side of a comparison: the text of its files, by path with forward slashes. */
export interface Image {
  get(path: string): string | undefined;
  /** The paths that are known without looking for them: of a tree only those that stand in for its files. */
  keys(): Iterable<string>;
}

const TEXT = /\.(?:c|h|inc|yaml|yml)$/u;

/** Reads every C and YAML file below `root`, sorted by path so that the order never depends on the disk. */
export async function readImage(root: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return new Map(
    paths.map((path, index) => [relative(root, path).split(sep).join('/'), texts[index] ?? '']),
  );
}

/** An image in which some files are others, or gone (undefined). */
export function overlay(base: Image, files: ReadonlyMap<string, string | undefined>): Image {
  const gone = [...files].filter(([, text]) => text === undefined).map(([path]) => path);
  const left = new Set([...base.keys(), ...files.keys()]);
  gone.forEach((path) => left.delete(path));
  return {
    get: (path) => (files.has(path) ? files.get(path) : base.get(path)),
    keys: () => left,
  };
}

/** The files of an image that can be enumerated. */
export function enumerate(image: Image): Map<string, string> {
  return new Map([...image.keys()].map((path) => [path, image.get(path) ?? '']));
}

/** The folder of a rule pack: beside `src/` in a checkout, beside `dist/` once built. */
export function packFolder(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'rules', name)) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return join(folder, 'rules', name);
}
