import { type Edit, edited } from '../lifecycle/repair/edit.ts';

/** One changed version of a function, as edits of the file that it is in. */
export interface Change {
  /** `function/operator-n`: the same text gives the same names. */
  readonly id: string;
  readonly function: string;
  readonly operator: string;
  /** Line of the file that the first edit is on. */
  readonly line: number;
  readonly edits: readonly Edit[];
}

/** The lines of the new text that the edits reach, without the blanks around them. */
export function shownChange(text: string, edits: readonly Edit[]): string {
  const first = Math.min(...edits.map(({ start }) => start));
  const last = Math.max(...edits.map(({ end }) => end));
  const from = text.lastIndexOf('\n', first - 1) + 1;
  const to = text.indexOf('\n', last);
  const end = to === -1 ? text.length : to;
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
  return edited(text.slice(from, end), moved)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}
