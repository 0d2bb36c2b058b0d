import type { FileChange } from '../../src/series/series.ts';

/** Changes without the lines at which they stood in their input: what two inputs have in common. */
export function unplaced(files: readonly FileChange[] | undefined): FileChange[] | undefined {
  return files?.map((file) => ({
    ...file,
    hunks: file.hunks.map(({ inputLine: _line, ...hunk }) => hunk),
  }));
}
