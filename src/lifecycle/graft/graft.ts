import type { FileChange, Hunk, Patch } from '../../series/series.ts';
import { type ChangedLine, type NotMapped, PARTLY_THERE } from '../engine.ts';
import { isThereReason, noteAlreadyThere } from './already.ts';
import { graftFile } from './file-graft.ts';
import { fieldsOf } from './fields.ts';
import { halfMovedHunks } from './halves.ts';
import { fragmentItems, type Item } from './items.ts';
import { ModelFile } from './model-file.ts';
import type { FileLevelNames } from './names.ts';
import type { FileOutcome } from './outcome.ts';
import { readFragment } from './text.ts';

export interface GraftResult {
  /** Every file of the model, edited or not: C, with `#line` markers. */
  readonly files: Map<string, string>;
  /** `at` where another line holds it: the first of its statement, or the model's that is the same. */
  readonly added: ChangedLine[];
  /** `at` is the model's line that stood for it. */
  readonly removed: ChangedLine[];
  readonly notMapped: NotMapped[];
  /** Functions of the model that were changed or added, by their names after the patch. */
  readonly functions: string[];
}

function itemNames(item: Item): string[] {
  const isEnum = item.head.some((token) => token.text === 'enum');
  const enumerators = isEnum ? fieldsOf(item.body, ',').map((field) => field.name) : [];
  return [item.name, ...enumerators];
}

/** Every name at file level and every field, of the model and of what the patch shows. */
function namesOf(files: readonly ModelFile[], changes: readonly FileChange[]): FileLevelNames {
  const seen = files.flatMap((file) => file.items());
  const model = new Set(seen.flatMap(itemNames));
  const functions = new Set(seen.filter(({ kind }) => kind === 'function').map(({ name }) => name));
  for (const hunk of changes.flatMap((change) => change.hunks)) {
    for (const side of ['old', 'new'] as const) {
      const skipped = side === 'old' ? 'added' : 'removed';
      const lines = hunk.lines.filter((line) => line.kind !== skipped);
      const items = fragmentItems(readFragment('', lines, side) ?? [], hunk.section);
      items.forEach((item) => seen.push(item));
    }
  }
  const globals = new Set(seen.flatMap(itemNames));
  globals.delete('');
  const records = seen.filter((item) => item.kind === 'record');
  const fields = new Set(
    records.flatMap((item) => fieldsOf(item.body, ';').map(({ name }) => name)),
  );
  return { globals, fields, model, functions };
}

function collect(change: Patch['files'][number], outcome: FileOutcome, result: GraftResult): void {
  const oldPath = change.oldPath ?? change.newPath ?? '';
  const newPath = change.newPath ?? oldPath;
  for (const line of change.hunks.flatMap((hunk) => hunk.lines)) {
    const place = outcome.mapped.get(line);
    const isOld = line.kind === 'removed';
    const number = (isOld ? line.oldLine : line.newLine) ?? 0;
    const path = isOld ? oldPath : newPath;
    const row = { path, line: number, text: line.text, code: outcome.code.has(line) };
    const isItself = place?.path === newPath && place.line === number && !isOld;
    const full =
      place === undefined || isItself
        ? row
        : { ...row, at: { file: place.path, line: place.line } };
    if (line.kind !== 'context') {
      (isOld ? result.removed : result.added).push(full);
    }
  }
  for (const { side, line, reason } of outcome.troubles) {
    if (!outcome.code.has(line)) {
      continue;
    }
    const path = side === 'old' ? oldPath : newPath;
    const number = (side === 'old' ? line.oldLine : line.newLine) ?? 0;
    const shown = side === 'old' ? 'LEFT' : 'RIGHT';
    result.notMapped.push({ path, side: shown, line: number, text: line.text, reason });
  }
  outcome.functions.forEach((name) => result.functions.push(name));
}

const NO_OTHER_HALF = 'what it moves has no place in the model at the other end';

type Placed = Pick<ChangedLine, 'path' | 'line'>;

function isIn(lines: readonly Placed[], { path, line }: Placed): boolean {
  return lines.some((each) => each.path === path && each.line === line);
}

/** Like `graft`, without some hunks: their lines are listed as changed, and as not mapped. */
function graftWithout(
  out: ReadonlySet<Hunk>,
  files: ReadonlyMap<string, string>,
  patch: Patch,
  resolve: (patchPath: string) => string | undefined,
  whole: GraftResult,
  reason: string,
): GraftResult {
  const rest = patch.files.map((file) => ({
    ...file,
    hunks: file.hunks.filter((hunk) => !out.has(hunk)),
  }));
  const result = graftOnce(files, { ...patch, files: rest }, resolve);
  for (const side of ['removed', 'added'] as const) {
    const shown = side === 'removed' ? 'LEFT' : 'RIGHT';
    for (const { at: _, ...row } of whole[side].filter((line) => !isIn(result[side], line))) {
      result[side].push(row);
      if (row.code) {
        const { path, line, text } = row;
        const said = whole.notMapped.find((each) => each.side === shown && isIn([row], each));
        result.notMapped.push({ path, side: shown, line, text, reason: said?.reason ?? reason });
      }
    }
  }
  return result;
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
  const result = graftOnce(files, patch, resolve);
  if (result.notMapped.some(({ reason }) => isThereReason(reason))) {
    // The rest of it would be made beside what it was written for, once more or in other words.
    const all = new Set(patch.files.flatMap(({ hunks }) => hunks));
    return graftWithout(all, files, patch, resolve, result, PARTLY_THERE);
  }
  const halves = halfMovedHunks(patch, result);
  return halves.size === 0
    ? result
    : graftWithout(halves, files, patch, resolve, result, NO_OTHER_HALF);
}

function graftOnce(
  files: ReadonlyMap<string, string>,
  patch: Patch,
  resolve: (patchPath: string) => string | undefined,
): GraftResult {
  const models = [...files]
    .filter(([path]) => /\.[ch]$/.test(path))
    .map(([path, text]) => new ModelFile(path, text));
  const result: GraftResult = {
    files: new Map(files),
    added: [],
    removed: [],
    notMapped: [],
    functions: [],
  };
  const touched = patch.files.flatMap((change) => {
    const path = resolve(change.newPath ?? '') ?? resolve(change.oldPath ?? '');
    const file = models.find((model) => model.path === path);
    return file === undefined || change.binary ? [] : [{ change, file }];
  });
  // Scenarios and the like are not what a function of the model can see.
  const roots = new Set(touched.map(({ file }) => file.path.split('/')[0]));
  const names = namesOf(
    models.filter(({ path }) => path.endsWith('.h') || roots.has(path.split('/')[0])),
    touched.map(({ change }) => change),
  );
  for (const { change, file } of touched) {
    const root = file.path.split('/')[0];
    const others = models.filter((model) => model !== file && model.path.split('/')[0] === root);
    const before = new ModelFile(file.path, file.text());
    const copies = others.map((other) => new ModelFile(other.path, other.text()));
    const outcome = graftFile(file, others, change, names);
    const isWhole = outcome.troubles.length === 0;
    const said = isWhole ? outcome : noteAlreadyThere(before, copies, change, names, outcome);
    collect(change, said, result);
  }
  for (const model of models) {
    result.files.set(model.path, model.text());
  }
  return result;
}
