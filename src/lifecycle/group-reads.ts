import { createHash } from 'node:crypto';
import type { Image } from '../tree/image.ts';
import type { Store } from './base-store.ts';
import type { Group } from './pack.ts';

/** Paths of everything that something is made of, also of what was looked for in vain. */
export type Names = readonly string[];

/**
 * What groups are made of on each side. A store remembers it for the next call of the program: where every text is
 * still the same, nothing has to be parsed to know it.
 */
export class GroupReads {
  private readonly known = new WeakMap<Image, Map<Group, Names>>();

  /** `paths` are the group's own units and scenarios; `parse` gives what they read, where nobody remembers. */
  of(image: Image, group: Group, paths: Names, parse: () => Names, store?: Store): Names {
    const kept = store === undefined ? undefined : recall(store, image, paths);
    const names = kept ?? parse();
    if (store !== undefined && kept === undefined) {
      keep(store, image, paths, names);
    }
    this.note(image, group, names);
    return names;
  }

  /** Whether a group is made of the same texts on both sides, as far as that is known. */
  isSame(before: Image, after: Image, group: Group): boolean {
    const names = this.known.get(before)?.get(group);
    if (names?.every((name) => before.get(name) === after.get(name)) !== true) {
      return false;
    }
    this.note(after, group, names);
    return true;
  }

  private note(image: Image, group: Group, names: Names): void {
    const groups = this.known.get(image) ?? new Map<Group, Names>();
    this.known.set(image, groups.set(group, names));
  }
}

function recall(store: Store, image: Image, paths: Names): Names | undefined {
  const kept = parseRecord(store.load(recordName(image, paths)) ?? '');
  return kept?.every(([name, hash]) => hashOf(image.get(name)) === hash) === true
    ? kept.map(([name]) => name)
    : undefined;
}

function keep(store: Store, image: Image, paths: Names, names: Names): void {
  const record = names.map((name) => [name, hashOf(image.get(name))]);
  store.save(recordName(image, paths), JSON.stringify(record));
}

/** Trees whose own files differ have records of their own. */
function recordName(image: Image, paths: Names): string {
  return hashOf(['reads', ...paths.map((path) => `${path} ${hashOf(image.get(path))}`)].join('\n'));
}

function hashOf(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('hex');
}

/** Undefined for a text that `keep` did not write. */
function parseRecord(text: string): readonly (readonly [string, string])[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 0 && value.every(isPair) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPair(value: unknown): value is [string, string] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'string')
  );
}
