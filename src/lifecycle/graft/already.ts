import type { FileChange, Hunk, HunkLine } from '../../series/series.ts';
import { ALREADY_THERE } from '../engine.ts';
import { graftFile } from './file-graft.ts';
import type { ModelFile } from './model-file.ts';
import type { FileLevelNames } from './names.ts';
import { type FileOutcome, HAS_ALREADY } from './outcome.ts';

/** Whether it is for what the model has, in the same or in other words, that a line was not grafted. */
export function isThereReason(reason: string): boolean {
  return reason === ALREADY_THERE || reason.startsWith(HAS_ALREADY);
}

function backwards({ kind, text, oldLine, newLine }: HunkLine): HunkLine {
  const turned = { context: 'context', added: 'removed', removed: 'added' } as const;
  return {
    kind: turned[kind],
    text,
    ...(newLine === undefined ? {} : { oldLine: newLine }),
    ...(oldLine === undefined ? {} : { newLine: oldLine }),
  };
}

/** Removals before additions, as every diff has them. */
function sorted(lines: readonly HunkLine[]): HunkLine[] {
  const result: HunkLine[] = [];
  let added: HunkLine[] = [];
  for (const line of lines) {
    if (line.kind === 'added') {
      added.push(line);
      continue;
    }
    if (line.kind === 'context') {
      result.push(...added);
      added = [];
    }
    result.push(line);
  }
  return [...result, ...added];
}

/** The heading after the change: that of the pre-image may be a line which an earlier hunk replaces. */
function sectionAfter(hunks: readonly Hunk[], index: number): string {
  const section = hunks[index]?.section ?? '';
  const earlier = hunks
    .slice(0, index)
    .findLast(({ lines }) =>
      lines.some(
        ({ kind, text }) => kind === 'removed' && section !== '' && text.startsWith(section),
      ),
    );
  const heading = earlier?.lines.findLast(
    ({ kind, text }) => kind === 'added' && /^[A-Za-z_$].*\(/.test(text),
  );
  return heading?.text ?? section;
}

/**
 * The outcome where the model has what some hunks of the change make: what could not be placed there says
 * so. A hunk is there already when taking it back finds every statement that the patch adds.
 * `before` and `others`: the model's files as they were before the graft; they are used up.
 */
export function noteAlreadyThere(
  before: ModelFile,
  others: readonly ModelFile[],
  change: FileChange,
  names: FileLevelNames,
  outcome: FileOutcome,
): FileOutcome {
  const turned = new Map<HunkLine, HunkLine>();
  const hunks = change.hunks.map((hunk, index): Hunk => {
    const lines = hunk.lines.map((line) => {
      const back = backwards(line);
      turned.set(line, back);
      return back;
    });
    return { ...hunk, section: sectionAfter(change.hunks, index), lines: sorted(lines) };
  });
  const back = graftFile(before, others, { ...change, hunks }, names);
  const lost = new Set(back.troubles.map(({ line }) => line));
  const failed = new Set(outcome.troubles.map(({ line }) => line));
  const there = new Set(
    change.hunks
      .filter(({ lines }) => {
        const added = lines.filter(
          (line) => line.kind === 'added' && failed.has(line) && outcome.code.has(line),
        );
        const found = added.every((line) => back.mapped.has(turned.get(line) ?? line));
        return (
          added.length > 0 && found && !lines.some((line) => lost.has(turned.get(line) ?? line))
        );
      })
      .flatMap(({ lines }) => lines),
  );
  const troubles = outcome.troubles.map((each) =>
    there.has(each.line) ? { ...each, reason: ALREADY_THERE } : each,
  );
  return { ...outcome, troubles };
}
