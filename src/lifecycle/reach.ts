import type { ChangedStatement } from './concern.ts';
import type { ChangedLine } from './engine.ts';
import { type Level, placeOf } from './judgement.ts';
import type { Side } from './replay.ts';

/** A statement of concern that was not run; with a reason where it could not be carried out. */
export interface Missed {
  readonly place: string;
  readonly reason: string | undefined;
}

/** Counts changed lines that ran, and lists what concerns lifetimes and was not reached. */
export function reachOf(
  levels: readonly Level[],
  before: Side,
  sides: readonly Side[],
): { changed: number; executed: number; missed: Missed[] } {
  let changed = 0;
  let executed = 0;
  const missed: Missed[] = [];
  for (const [index, level] of levels.entries()) {
    const { added, removed } = level.applied;
    const right = placesRun(added, sides[index]);
    // A removed line without a place of its own was rewritten: what stands for it is on the right.
    const left = placesRun(
      removed.filter((line) => line.at !== undefined),
      sides[index - 1] ?? before,
    );
    const unmapped = new Map(
      level.applied.notMapped.map((line) => [
        `${line.side} ${line.path}:${line.line}`,
        line.reason,
      ]),
    );
    for (const each of level.statements) {
      const where = each.lines.map((line) => `${each.path}:${line}`);
      const lost = where
        .map((place) => unmapped.get(`${each.side} ${place}`))
        .find((reason) => reason !== undefined);
      const known = each.side === 'RIGHT' ? right : left;
      const ran = where.some((place) => known.get(place) === true);
      const seen = each.side === 'RIGHT' || where.some((place) => known.has(place));
      changed += each.side === 'RIGHT' ? each.lines.length : 0;
      executed += each.side === 'RIGHT' && ran ? each.lines.length : 0;
      if (each.concerns && (lost !== undefined || (seen && !ran && runs(each)))) {
        missed.push({ place: where[0] ?? each.path, reason: lost });
      }
    }
  }
  return { changed, executed, missed };
}

/** Whether each line ran on a side, by the patch's `path:line`. */
function placesRun(lines: readonly ChangedLine[], side: Side | undefined): Map<string, boolean> {
  return new Map(
    lines.map((line) => [`${line.path}:${line.line}`, side?.covered.has(placeOf(line)) === true]),
  );
}

/** Directives, declarations without a value, labels and lone `else` leave nothing to run. */
function runs(statement: ChangedStatement): boolean {
  return (
    !statement.text.startsWith('#') &&
    /[=(]|\b(?:return|goto|break|continue)\b|--|\+\+/u.test(statement.text)
  );
}
