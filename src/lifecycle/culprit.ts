import type { Execution } from '../machine/execution.ts';
import type { FileChange, Hunk, HunkLine, Patch } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import { changedStatements, stripComments } from './concern.ts';
import type { ChangedStatement } from './concern.ts';
import { pathOf } from './engine.ts';
import type { Apply, Engine } from './engine.ts';
import { modelPath } from './pack.ts';
import type { Pack } from './pack.ts';
import { endOf, worstPath } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { classify } from './verdict.ts';

/** A line of the patch that a comment goes on: of the post-image, or (`LEFT`) one that the patch removes. */
export interface Anchor {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
}

export interface Culprit {
  readonly anchor: Anchor;
  /** Whether one run of changed lines is the cause; otherwise the anchor is the nearest of several. */
  readonly isNarrowed: boolean;
}

export interface Suspect {
  readonly engine: Engine;
  readonly pack: Pack;
  readonly apply: Apply;
  /** What the patch was carried out on, and the base that it is compared with. */
  readonly parent: Image;
  readonly patch: Patch;
  readonly scenario: Scenario;
  readonly before: { readonly image: Image; readonly execution: Execution };
  /** The failing line in the patch's own numbering, where it is on that side of the diff. */
  readonly failing: { readonly path: string; readonly line: number } | undefined;
}

/** Changed lines that are taken back together: those of a hunk, or a run of them. */
type Part = readonly HunkLine[];

/** Above this many parts only single ones are taken back: pairs grow with the square. */
const PAIRS_UP_TO = 8;
/** Replays of one finding are bounded, however a hunk is cut up. */
const MOST_PARTS = 64;

/**
 * The smallest change without which the finding disappears: of all hunks, then of the runs of changed lines
 * in what is left.
 */
export function findCulprit(suspect: Suspect): Culprit {
  const hunks = suspect.patch.files
    .filter((file) => modelPath(suspect.pack, pathOf(file)) !== undefined)
    .flatMap((file) => file.hunks)
    .filter((hunk) => codeLines(hunk).length > 0);
  const parts = hunks.map((hunk) => changed(hunk.lines));
  const byHunk = smallest(suspect, parts);
  const runs = hunks
    .flatMap(runsOf)
    .filter((run) => byHunk.some((part) => run.some((line) => part.includes(line))));
  const byRun = runs.length > byHunk.length ? smallest(suspect, runs) : runs;
  const blamed = byRun.length < runs.length ? byRun : byHunk;
  return { anchor: anchorIn(suspect, new Set(blamed.flat())), isNarrowed: byRun.length === 1 };
}

function changed(lines: readonly HunkLine[]): Part {
  return lines.filter((line) => line.kind !== 'context');
}

/** Changed lines with C on them. */
function codeLines(hunk: Hunk): HunkLine[] {
  return (['removed', 'added'] as const).flatMap((kind) => {
    const lines = hunk.lines.filter((line) => line.kind === 'context' || line.kind === kind);
    const code = stripComments(lines.map((line) => line.text));
    return lines.filter((line, at) => line.kind === kind && /\w/u.test(code[at] ?? ''));
  });
}

/** Runs of changed lines without a context line between; those of nothing but comments are left out. */
function runsOf(hunk: Hunk): Part[] {
  const code = new Set(codeLines(hunk));
  const runs: HunkLine[][] = [[]];
  for (const line of hunk.lines) {
    if (line.kind === 'context') {
      runs.push([]);
    } else {
      runs.at(-1)?.push(line);
    }
  }
  return runs.filter((run) => run.some((line) => code.has(line)));
}

/** Taken back one by one, then in pairs: the first that mends the scenario, else all. */
function smallest(suspect: Suspect, parts: readonly Part[]): readonly Part[] {
  if (parts.length < 2 || parts.length > MOST_PARTS) {
    return parts;
  }
  const singles = parts.filter((part) => mendsWithout(suspect, part));
  if (singles.length > 0) {
    // Where several are needed for the failure, the one that only adds or removes least is the trigger.
    return singles.toSorted((a, b) => a.length - b.length).slice(0, 1);
  }
  if (parts.length > 2 && parts.length <= PAIRS_UP_TO) {
    for (const [index, first] of parts.entries()) {
      for (const second of parts.slice(index + 1)) {
        if (mendsWithout(suspect, [...first, ...second])) {
          return [first, second];
        }
      }
    }
  }
  return parts;
}

function mendsWithout(suspect: Suspect, lines: Part): boolean {
  const { engine, scenario, before, parent, patch } = suspect;
  const { files } = suspect.apply(parent, withoutLines(patch, new Set(lines)));
  const execution = worstPath(scenario.contract, engine.explore(files, scenario));
  const result = classify({
    contract: scenario.contract,
    before: endOf(before.image, before.execution),
    after: endOf(files, execution),
    between: [],
    failsElsewhereOnBase: false,
  });
  return result !== 'introduced' && result !== 'unknown';
}

/** The patch as it would be had the author not made some of its changes. */
export function withoutLines(patch: Patch, out: ReadonlySet<HunkLine>): Patch {
  const rest = (hunk: Hunk): Hunk => {
    const lines = hunk.lines.flatMap((line): HunkLine[] => {
      if (!out.has(line)) {
        return [line];
      }
      const { text, oldLine = 0 } = line;
      return line.kind === 'removed' ? [{ kind: 'context', text, oldLine, newLine: oldLine }] : [];
    });
    const newCount = lines.filter((line) => line.kind !== 'removed').length;
    return { ...hunk, lines, newCount };
  };
  const files = patch.files.map((file): FileChange => ({
    ...file,
    hunks: file.hunks.map(rest).filter((hunk) => changed(hunk.lines).length > 0),
  }));
  return { ...patch, files };
}

/** The statement nearest to the failing line among the blamed ones; without a statement, the first line. */
function anchorIn({ pack, patch, failing }: Suspect, blamed: ReadonlySet<HunkLine>): Anchor {
  const rows = patch.files.flatMap((file) =>
    file.hunks.flatMap((hunk) => {
      const code = new Set(codeLines(hunk));
      return changed(hunk.lines).map((line) => ({
        ...placeOf(file, line),
        rank:
          (blamed.has(line) ? 0 : 4) + (code.has(line) ? 0 : 2) + (line.kind === 'added' ? 0 : 1),
        isBlamed: blamed.has(line),
      }));
    }),
  );
  const places = new Set(rows.flatMap((row) => (row.isBlamed ? [nameOf(row)] : [])));
  const statements = changedStatements(pack, patch).filter(({ path, side, lines }) =>
    lines.some((line) => places.has(nameOf({ path, side, line }))),
  );
  const [first] = rows.toSorted((a, b) => a.rank - b.rank);
  const { path, side, line } = first ?? { path: '', side: 'RIGHT' as const, line: 1 };
  return nearestLine(statements, failing) ?? { path, side, line };
}

function placeOf(file: FileChange, line: HunkLine): Anchor {
  return line.kind === 'removed'
    ? { path: pathOf(file), side: 'LEFT', line: line.oldLine ?? 1 }
    : { path: pathOf(file), side: 'RIGHT', line: line.newLine ?? 1 };
}

function nameOf({ path, side, line }: Anchor): string {
  return `${side} ${path}:${line}`;
}

/** The statement nearest to the failing line, of the lifecycle's concern first, added before removed. */
function nearestLine(
  statements: readonly ChangedStatement[],
  failing: Suspect['failing'],
): Anchor | undefined {
  function cost(each: ChangedStatement): number {
    const line = each.lines[0] ?? 0;
    const near = failing !== undefined && failing.path === each.path;
    const distance = near ? Math.min(Math.abs(failing.line - line), 100_000) : 0;
    return (each.concerns ? 0 : 1e9) + (each.side === 'RIGHT' ? 0 : 1e8) + distance;
  }
  const [best] = statements.toSorted((a, b) => cost(a) - cost(b));
  return best === undefined
    ? undefined
    : { path: best.path, side: best.side, line: best.lines[0] ?? 1 };
}
