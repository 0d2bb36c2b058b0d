import { structuredPatch, type StructuredPatchHunk } from 'diff';
import type { Image } from '../../tree/image.ts';
import { placesOf } from '../graft/text.ts';
import { type Level, placeOf, type Suggestion } from '../judgement.ts';
import type { Pack } from '../pack.ts';
import { readSource } from './function.ts';
import type { Repair } from './search.ts';

const CONTEXT = 3;
/** In the model only the neighbours are worth showing: its lines are not those of the reader's file. */
const MODEL_CONTEXT = 1;
/** Of the model neither its line numbers nor its comments say anything to the reader. */
const SILENT = /^(?:[ +-]#line | *$| *\/?\*)/u;

/** A repair as it is shown: a diff on top of the patch, and a block where it replaces lines that the patch adds. */
export function describeRepair(
  pack: Pack,
  image: Image,
  level: Level,
  repair: Repair,
): Suggestion | undefined {
  const diffs: string[] = [];
  const blocks: (Suggestion['block'] | null)[] = [];
  let path: string | undefined;
  for (const [file, text] of repair) {
    const old = image.get(file) ?? '';
    const known = pack.files.find(({ model }) => model === file);
    const shown = known?.history[0] ?? file;
    const context = known === undefined ? CONTEXT : MODEL_CONTEXT;
    const { hunks } = structuredPatch(file, file, old, text, '', '', { context });
    const names = hunks.map(({ oldStart, lines }) =>
      functionAt(file, old, oldStart + leading(lines)),
    );
    const write = known === undefined ? exact : loose;
    const body = hunks.flatMap((hunk, index) => write(hunk, names[index] ?? ''));
    diffs.push([`--- a/${shown}`, `+++ b/${shown}`, ...body].join('\n'));
    const bare = structuredPatch(file, file, old, text, '', '', { context: 0 });
    blocks.push(...bare.hunks.map((hunk) => blockOf(level, file, old, hunk)));
    path ??= shown;
  }
  const [block = null, ...others] = blocks;
  return path === undefined
    ? undefined
    : { path, block: others.length === 0 ? block : null, diff: `${diffs.join('\n')}\n` };
}

function exact(hunk: StructuredPatchHunk, name: string): string[] {
  const { oldStart, oldLines, newStart, newLines, lines } = hunk;
  return [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@ ${name}`.trimEnd(), ...lines];
}

function loose({ lines }: StructuredPatchHunk, name: string): string[] {
  return [`@@ ${name} @@`, ...lines.filter((line) => !SILENT.test(line))];
}

function leading(lines: readonly string[]): number {
  return lines.findIndex((line) => !line.startsWith(' '));
}

/** The function that a line, from 1, stands in. */
function functionAt(path: string, text: string, line: number): string {
  const offset =
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + 1;
  for (const { name, tokens } of readSource(path, text).functions.values()) {
    if ((tokens[0]?.start ?? Infinity) <= offset && offset <= (tokens.at(-1)?.end ?? 0)) {
      return name;
    }
  }
  return '';
}

/** The lines of the patch that a hunk replaces; null where it replaces others. */
function blockOf(
  level: Level,
  file: string,
  old: string,
  { oldStart, oldLines, lines }: StructuredPatchHunk,
): Suggestion['block'] {
  const places = placesOf(file, old);
  const added = new Map(level.applied.added.map((line) => [placeOf(line), line.line]));
  // What is only inserted is shown behind the line before it.
  const count = Math.max(oldLines, 1);
  const numbers = Array.from({ length: count }, (_, index) => {
    const place = places[oldStart - 1 + index];
    return place === undefined ? undefined : added.get(`${place.path}:${place.line}`);
  });
  const [startLine] = numbers;
  const isRun = numbers.every((each, index) => each === (startLine ?? Number.NaN) + index);
  if (startLine === undefined || !isRun) {
    return null;
  }
  const kept = oldLines === 0 ? [old.split('\n')[oldStart - 1] ?? ''] : [];
  const written = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
  return { startLine, endLine: startLine + count - 1, lines: [...kept, ...written] };
}
