import type { Patch } from '../../series/series.ts';
import { type FileOutcome, graftFile } from './file-graft.ts';
import { fieldsOf } from './fields.ts';
import { fragmentItems, type Item } from './items.ts';
import { ModelFile } from './model-file.ts';
import { fragmentTokens, type Place } from './text.ts';

/** A line that the patch adds. `code` is false for comments, blank lines, braces and directives. */
export interface AddedLine {
  readonly path: string;
  /** In the post-image, from 1. */
  readonly line: number;
  readonly text: string;
  readonly code: boolean;
  /** The model's place that now holds it, or stood where it was put. */
  readonly mappedTo?: Place;
}

export interface RemovedLine {
  readonly path: string;
  /** In the pre-image, from 1. */
  readonly line: number;
  readonly text: string;
  readonly code: boolean;
  readonly modelLocation?: Place;
}

export interface NotMapped {
  readonly path: string;
  readonly side: 'old' | 'new';
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export interface GraftResult {
  /** Every file of the model, edited or not: C, with `#line` markers. */
  readonly files: Map<string, string>;
  readonly added: AddedLine[];
  readonly removed: RemovedLine[];
  readonly notMapped: NotMapped[];
  /** Functions of the model that were changed or added, by their names after the patch. */
  readonly functions: string[];
}

function itemNames(item: Item): string[] {
  const isEnum = item.head.some((token) => token.text === 'enum');
  const enumerators = isEnum ? fieldsOf(item.body, ',').map((field) => field.name) : [];
  return [item.name, ...enumerators];
}

/** Every name at file level, of the model and of what the patch shows. */
function globalNames(files: readonly ModelFile[], patch: Patch): Set<string> {
  const names = new Set(files.flatMap((file) => file.items().flatMap(itemNames)));
  for (const change of patch.files) {
    for (const hunk of change.hunks) {
      for (const side of ['old', 'new'] as const) {
        const skipped = side === 'old' ? 'added' : 'removed';
        const lines = hunk.lines.filter((line) => line.kind !== skipped);
        const shown = fragmentItems(fragmentTokens('', lines, side), hunk.section);
        shown.flatMap(itemNames).forEach((name) => names.add(name));
      }
    }
  }
  names.delete('');
  return names;
}

function collect(change: Patch['files'][number], outcome: FileOutcome, result: GraftResult): void {
  const oldPath = change.oldPath ?? change.newPath ?? '';
  const newPath = change.newPath ?? oldPath;
  for (const line of change.hunks.flatMap((hunk) => hunk.lines)) {
    const place = outcome.mapped.get(line);
    const code = outcome.code.has(line);
    const { text } = line;
    if (line.kind === 'added') {
      const row = { path: newPath, line: line.newLine ?? 0, text, code };
      result.added.push(place === undefined ? row : { ...row, mappedTo: place });
    } else if (line.kind === 'removed') {
      const row = { path: oldPath, line: line.oldLine ?? 0, text, code };
      result.removed.push(place === undefined ? row : { ...row, modelLocation: place });
    }
  }
  for (const { side, line, reason } of outcome.troubles) {
    const path = side === 'old' ? oldPath : newPath;
    const number = (side === 'old' ? line.oldLine : line.newLine) ?? 0;
    result.notMapped.push({ path, side, line: number, text: line.text, reason });
  }
  outcome.functions.forEach((name) => result.functions.push(name));
}

/**
 * Make the edits of a patch in the model. Hunks are read as C and aligned with the model's functions by
 * structure, calls and fields; what does not align for certain is listed in `notMapped` and not made.
 * `files`: model path to C, with the markers of earlier patches of the series. `resolve` gives the model's
 * path for a path of the patch; a file that it does not know is skipped.
 * Throws CError only when a file of the model does not lex.
 */
export function graft(
  files: ReadonlyMap<string, string>,
  patch: Patch,
  resolve: (patchPath: string) => string | undefined,
): GraftResult {
  const models = [...files].map(([path, text]) => new ModelFile(path, text));
  const globals = globalNames(models, patch);
  const result: GraftResult = {
    files: new Map(),
    added: [],
    removed: [],
    notMapped: [],
    functions: [],
  };
  for (const change of patch.files) {
    const path = resolve(change.newPath ?? '') ?? resolve(change.oldPath ?? '');
    const file = models.find((model) => model.path === path);
    if (file !== undefined && !change.binary) {
      const others = models.filter((model) => model !== file);
      collect(change, graftFile(file, others, change, globals), result);
    }
  }
  for (const model of models) {
    result.files.set(model.path, model.text());
  }
  return result;
}

/** The C of one side, a file after the other, each under a heading. */
export function printGrafted(result: Pick<GraftResult, 'files'>): string {
  return [...result.files].map(([path, text]) => `/* ${path} */\n${text}`).join('\n');
}
