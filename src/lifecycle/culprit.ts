import type { Execution } from '../machine/execution.ts';
import type { Hunk, Patch } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import { changedStatements } from './concern.ts';
import type { ChangedStatement } from './concern.ts';
import { pathOf } from './engine.ts';
import type { Apply, Engine } from './engine.ts';
import { modelPath } from './pack.ts';
import type { Pack } from './pack.ts';
import { endOf, worstPath } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { classify } from './verdict.ts';

/** A line of the patch that a comment goes on. */
export interface Anchor {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
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

/** Above this many hunks only single ones are taken back: pairs grow with the square. */
const PAIRS_UP_TO = 8;

/** The line of the patch that a finding belongs on; undefined when the patch changes no code of the pack. */
export function findAnchor(suspect: Suspect): Anchor | undefined {
  const hunks = hunksOfConcern(suspect.pack, suspect.patch);
  const blamed = hunks.length < 2 ? hunks : smallestSubset(suspect, hunks);
  const kept = keepOnly(suspect.patch, new Set(blamed));
  return nearestLine(changedStatements(suspect.pack, kept), suspect.failing);
}

function hunksOfConcern(pack: Pack, patch: Patch): Hunk[] {
  return patch.files
    .filter((file) => modelPath(pack, pathOf(file)) !== undefined)
    .flatMap((file) => file.hunks)
    .filter((hunk) => changedStatements(pack, keepOnly(patch, new Set([hunk]))).length > 0);
}

/** Taken back one by one, then in pairs: the first that mends the scenario, else all. */
function smallestSubset(suspect: Suspect, hunks: readonly Hunk[]): readonly Hunk[] {
  const singles = hunks.filter((hunk) => mendsWithout(suspect, [hunk]));
  if (singles.length > 0) {
    // Where several are needed for the failure, the one that only adds or removes least is the trigger.
    return singles.toSorted((a, b) => changesOf(a) - changesOf(b)).slice(0, 1);
  }
  if (hunks.length > 2 && hunks.length <= PAIRS_UP_TO) {
    for (const [index, first] of hunks.entries()) {
      for (const second of hunks.slice(index + 1)) {
        if (mendsWithout(suspect, [first, second])) {
          return [first, second];
        }
      }
    }
  }
  return hunks;
}

function changesOf(hunk: Hunk): number {
  return hunk.lines.filter((line) => line.kind !== 'context').length;
}

function mendsWithout(suspect: Suspect, hunks: readonly Hunk[]): boolean {
  const { engine, scenario, before, parent, patch } = suspect;
  const out = new Set(hunks);
  const rest = filterHunks(patch, (hunk) => !out.has(hunk));
  const { files } = suspect.apply(parent, rest);
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

function keepOnly(patch: Patch, hunks: ReadonlySet<Hunk>): Patch {
  return filterHunks(patch, (hunk) => hunks.has(hunk));
}

function filterHunks(patch: Patch, keep: (hunk: Hunk) => boolean): Patch {
  const files = patch.files.map((file) => ({ ...file, hunks: file.hunks.filter(keep) }));
  return { ...patch, files };
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
