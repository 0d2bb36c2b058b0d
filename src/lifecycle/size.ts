import type { Series } from '../series/series.ts';
import { pathOf } from './engine.ts';
import { modelPath } from './pack.ts';
import type { Pack } from './pack.ts';

/** Aligning takes the square of the length; every file of a pack that is rewritten as a whole is shorter than this. */
const MOST_LINES = 10_000;

/** Why a series is too large to be judged, with the place where it is; undefined where it is not. */
export function tooLarge(pack: Pack, series: Series): string | undefined {
  for (const { files } of series.patches) {
    for (const change of files) {
      const path = pathOf(change);
      const lines = change.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
      if (lines > MOST_LINES && modelPath(pack, path) !== undefined) {
        return `${path}:${change.hunks[0]?.newStart ?? 1}: the patch shows ${lines} lines of this file, more than the ${MOST_LINES} that are judged; split it.`;
      }
    }
  }
  return undefined;
}
