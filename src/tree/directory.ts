import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Image } from './image.ts';

/** No source file is larger; what is would only cost memory. */
const LARGEST = 16 * 1024 * 1024;

/**
 * The files below a folder, each read when it is first asked for and kept. What a path or a symbolic link
 * leads to outside of the folder is not there: neither tree nor patch may show the machine's other files.
 * Throws ENOENT when the folder does not exist.
 */
export function openDirectory(root: string): Image {
  const inside = `${realpathSync(root)}${sep}`;
  const known = new Map<string, string | undefined>();
  return {
    get(path) {
      if (!known.has(path)) {
        known.set(path, read(inside, path));
      }
      return known.get(path);
    },
    keys: () => [],
  };
}

function read(inside: string, path: string): string | undefined {
  try {
    const real = realpathSync(join(inside, path));
    const info = statSync(real);
    return real.startsWith(inside) && info.isFile() && info.size <= LARGEST
      ? readFileSync(real, 'utf8')
      : undefined;
  } catch {
    return undefined;
  }
}
