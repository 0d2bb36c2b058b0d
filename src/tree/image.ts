import { readFile, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The text of the files of one side of a comparison, by path with forward slashes. */
export type Image = ReadonlyMap<string, string>;

const TEXT = /\.(?:c|h|inc|yaml|yml)$/u;

/** Reads every C and YAML file below `root`, sorted by path so that the order never depends on the disk. */
export async function readImage(root: string): Promise<Image> {
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

/** The folder of a rule pack: beside `src/` in a checkout, beside `dist/` once built. */
export function packFolder(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'rules', name)) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return join(folder, 'rules', name);
}
