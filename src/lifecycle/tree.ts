import type { FileChange, HunkLine, Series } from '../series/series.ts';
import { ApplyError, applyChange } from '../tree/apply.ts';
import { TreeError } from '../tree/error.ts';
import { type Image, overlay } from '../tree/image.ts';
import { type Apply, type ChangedLine, pathOf } from './engine.ts';
import type { Pack } from './pack.ts';

/** A side of real files: the pack's programs over them, and the pack that links both. */
export interface Tree {
  readonly image: Image;
  readonly pack: Pack;
  /** Whether the files that the pack knows name a function: what a release does not have cannot be tried. */
  readonly has: (name: string) => boolean;
}

/**
 * What to run of a tree: its own files by the names they have in its release, linked with the pack's units
 * in place of the model. The pack's files hide the tree's of the same path. Throws TreeError when something
 * is missing; `name` is what the reader calls the tree.
 */
export function openTree(
  pack: Pack,
  programs: ReadonlyMap<string, string>,
  files: Image,
  name: string,
): Tree {
  const missing = pack.tree.markers.find((path) => files.get(path) === undefined);
  if (missing !== undefined) {
    throw new TreeError(
      { kind: 'not-a-tree' },
      `${name} is no tree that the rule pack ${pack.name} knows: ${missing} is missing.`,
    );
  }
  const sources = pack.files.filter(({ model }) => model.endsWith('.c'));
  const real = sources.map(({ history }) => findFile(files, history, name));
  const image = overlay(files, programs);
  const texts = pack.files.flatMap(({ history }) => history.map((path) => files.get(path) ?? ''));
  return {
    image,
    has: wordsOf(texts),
    pack: {
      ...pack,
      include: pack.tree.include,
      units: [...real, ...pack.tree.units],
      groups: pack.tree.groups.filter(({ needs }) =>
        needs.every((names) => names.some((path) => files.get(path) !== undefined)),
      ),
    },
  };
}

/** Whether a word is in one of the texts: what a scenario needs of the files it runs on. */
export function wordsOf(texts: readonly string[]): (word: string) => boolean {
  const words = new Set(texts.flatMap((text) => text.match(/\w+/gu) ?? []));
  return (word) => words.has(word);
}

function findFile(files: Image, history: readonly string[], name: string): string {
  const found = history.find((path) => files.get(path) !== undefined);
  if (found === undefined) {
    throw new TreeError({ kind: 'not-a-tree' }, `${name} has no ${history.join(', ')}.`);
  }
  return found;
}

/** Where a file of a patch is in a tree, which may be of a release that had it under another name. */
export function treePath(pack: Pack, image: Image, path: string): string {
  if (image.get(path) !== undefined) {
    return path;
  }
  const names = pack.files.find(({ history }) => history.includes(path))?.history ?? [];
  return names.find((each) => image.get(each) !== undefined) ?? path;
}

/** Only these are read when C is run; a patch to other files changes no execution. */
const SOURCE = /\.(?:c|h|inc)$/u;

/**
 * A series without the files that no execution reads: documentation, tests, drivers that a partial tree lacks.
 * Whether those fit the tree does not matter. What is left aside though it is C is said.
 */
export function relevantFiles(
  pack: Pack,
  image: Image,
  series: Series,
): { files: Series; remarks: string[] } {
  const aside = new Set<string>();
  function isRelevant(change: FileChange): boolean {
    const path = treePath(pack, image, change.oldPath ?? pathOf(change));
    if (!SOURCE.test(pathOf(change))) {
      return false;
    }
    if (isElsewhere(pack, image, path, change)) {
      aside.add(pathOf(change));
      return false;
    }
    return true;
  }
  const patches = series.patches.map((patch) => ({
    ...patch,
    files: patch.files.filter(isRelevant),
  }));
  return {
    files: { ...series, patches },
    remarks: [...aside].map((path) => `${path} is not in the tree and was left aside`),
  };
}

/** Carries a patch out on a tree, line by line. Throws ApplyError where the tree differs from what it expects. */
export function applyToTree(pack: Pack, programs: ReadonlyMap<string, string>): Apply {
  return (image, patch) => {
    const files = new Map<string, string | undefined>();
    const added: ChangedLine[] = [];
    const removed: ChangedLine[] = [];
    for (const change of patch.files.filter((each) => SOURCE.test(pathOf(each)))) {
      const path = treePath(pack, image, change.oldPath ?? pathOf(change));
      if (isElsewhere(pack, image, path, change)) {
        continue;
      }
      if (programs.has(path) || programs.has(pathOf(change))) {
        throw new ApplyError(path, 'the patch changes a file that the rule pack brings.');
      }
      const { text, lines } = applyChange(overlay(image, files), path, change);
      const moved = change.kind === 'renamed' || change.kind === 'copied';
      const target = moved ? pathOf(change) : path;
      if (change.kind === 'renamed') {
        files.set(path, undefined);
      }
      files.set(target, text);
      for (const { line, at } of lines) {
        const isAdded = line.kind === 'added';
        const changed = changedLine(change, line, isAdded ? target : path, at);
        (isAdded ? added : removed).push(changed);
      }
    }
    return { files: overlay(image, files), added, removed, notMapped: [] };
  };
}

/** A C file that a partial tree lacks and that is never run: a driver, say. */
function isElsewhere(pack: Pack, image: Image, path: string, change: FileChange): boolean {
  const isUnit =
    pack.files.some(({ history }) => history.includes(path)) || pack.units.includes(path);
  const isC = path.endsWith('.c') && change.kind !== 'added';
  return isC && !isUnit && image.get(path) === undefined;
}

function changedLine(change: FileChange, line: HunkLine, file: string, at: number): ChangedLine {
  const path = pathOf(change);
  const number = (line.kind === 'added' ? line.newLine : line.oldLine) ?? 0;
  const row = { path, line: number, text: line.text, code: line.text.trim() !== '' };
  const isItself = line.kind === 'added' && path === file && number === at;
  return isItself ? row : { ...row, at: { file, line: at } };
}
