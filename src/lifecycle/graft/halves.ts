import type { Hunk, Patch } from '../../series/series.ts';
import type { ChangedLine, NotMapped } from '../engine.ts';

/** A call or an assignment that stands on one line; less would be found in every patch. */
function isStatement(text: string): boolean {
  return /\w.*[(=].*;$/.test(text);
}

function texts(lines: readonly { readonly text: string }[]): Set<string> {
  return new Set(lines.map(({ text }) => text.trim()).filter(isStatement));
}

/**
 * Hunks with one half of a move whose other half, in another function or file, has no place in the model: a
 * statement that went and did not come, or came and did not go.
 */
export function halfMovedHunks(
  patch: Patch,
  result: {
    readonly added: readonly ChangedLine[];
    readonly removed: readonly ChangedLine[];
    readonly notMapped: readonly NotMapped[];
  },
): Set<Hunk> {
  const lost = texts(result.notMapped.filter(({ side }) => side === 'RIGHT'));
  const stays = texts(result.notMapped.filter(({ side }) => side === 'LEFT'));
  const failed = new Set(result.notMapped.map(({ path, side, line }) => `${side} ${path}:${line}`));
  const found = (
    side: string,
    lines: readonly ChangedLine[],
    other: ReadonlySet<string>,
  ): string[] =>
    lines
      .map((each) => ({ key: `${side} ${each.path}:${each.line}`, text: each.text.trim() }))
      .filter(({ key, text }) => other.has(text) && !failed.has(key))
      .map(({ key }) => key);
  const halves = new Set([
    ...found('LEFT', result.removed, lost),
    ...found('RIGHT', result.added, stays),
  ]);
  const hunks = patch.files.flatMap((file) => {
    const { oldPath = file.newPath, newPath = file.oldPath } = file;
    return file.hunks.filter(({ lines }) =>
      lines.some(
        ({ kind, oldLine, newLine }) =>
          (kind === 'removed' && halves.has(`LEFT ${oldPath}:${oldLine}`)) ||
          (kind === 'added' && halves.has(`RIGHT ${newPath}:${newLine}`)),
      ),
    );
  });
  return new Set(hunks);
}
