import { shown } from '../series/text.ts';
import type { FileChange } from '../series/series.ts';
import { runApply, type Attempt } from './git-attempt.ts';
import { TreeError, type FittingBase, type Misfit } from './error.ts';
import { needGit } from './git-run.ts';

/** Where a patch fails: what is found out by trying its files one by one. */
type Spot = Pick<Misfit, 'path' | 'hunk' | 'mailLine' | 'reason'> & {
  /** The path as the tree has it, where it is another. */
  readonly treePath?: string;
};

/**
 * Finds out why a patch does not apply.
 *
 * @param files its changes, by the names that the tree has
 */
export async function misfit(attempt: Attempt, files: readonly FileChange[]): Promise<TreeError> {
  const { base, patch, options } = attempt;
  const spot = await findSpot(attempt, files);
  const fitting = spot.reason === 'already-applied' ? undefined : await base.fit();
  const { treePath, ...where } = spot;
  const problem: Misfit = {
    kind: 'does-not-apply',
    base: base.name,
    patch: patch.index,
    subject: patch.subject,
    ...where,
    ...(fitting === undefined ? {} : { fitting }),
    basedOn: options.hints.basedOn,
  };
  return new TreeError(problem, sentence(attempt, problem, treePath));
}

async function findSpot(attempt: Attempt, files: readonly FileChange[]): Promise<Spot> {
  const { base, image, patch } = attempt;
  // An attempt to merge may have left its conflicts in the index.
  await needGit(base.room, ['read-tree', image.tree]);
  const undone = await runApply(base.room, files, ['--check', '--reverse']);
  if (undone.ok) {
    return { reason: 'already-applied' };
  }
  const originals = patch.files.filter(({ binary }) => !binary);
  for (const file of files) {
    const mail = originals.find(({ hunks }) => hunks === file.hunks) ?? file;
    const spot = await spotIn(attempt, file);
    if (spot !== undefined) {
      const path = mail.oldPath ?? mail.newPath ?? '';
      const treePath =
        file.oldPath !== undefined && file.oldPath !== path ? file.oldPath : undefined;
      return { ...spot, path, ...(treePath === undefined ? {} : { treePath }) };
    }
  }
  return { reason: 'unknown' };
}

async function spotIn(
  { base, image }: Attempt,
  file: FileChange,
): Promise<Omit<Spot, 'path'> | undefined> {
  const { kind, oldPath, newPath, hunks } = file;
  if (kind !== 'added' && oldPath !== undefined && !image.has(oldPath)) {
    return { reason: 'no-such-file' };
  }
  if (newPath !== undefined && newPath !== oldPath && image.has(newPath)) {
    return { reason: 'file-exists' };
  }
  const { ok, err } = await runApply(base.room, [file], ['--check']);
  if (ok) {
    return undefined;
  }
  const line = /^error: patch failed: .*:(\d+)$/mu.exec(err)?.[1];
  const at = hunks.findIndex(({ oldStart }) => oldStart === Number(line));
  const mailLine = hunks[at]?.inputLine;
  return {
    reason: 'other-text',
    ...(at < 0 ? {} : { hunk: at + 1 }),
    ...(mailLine === undefined ? {} : { mailLine }),
  };
}

function sentence(attempt: Attempt, problem: Misfit, treePath: string | undefined): string {
  const { series, patch, base } = attempt;
  const many = series.patches.length > 1 || patch.total > 1;
  const which = many ? `patch ${patch.index}/${patch.total}` : 'the patch';
  const start = patch.subject === '' ? which : `${which} "${shown(patch.subject, 80)}"`;
  if (problem.reason === 'already-applied') {
    return `${start} is already in ${base.name}; give a base without it, such as the commit before.`;
  }
  const how = `${start} does not apply to ${base.name}: ${reason(problem, treePath)}`;
  return `${how}; ${advice(problem.fitting, attempt, problem)}`;
}

function reason({ reason: why, path, hunk, mailLine }: Misfit, treePath?: string): string {
  const name = `"${shown(path ?? '', 200)}"`;
  const there =
    treePath === undefined ? name : `"${shown(treePath, 200)}", as ${name} is called there`;
  switch (why) {
    case 'no-such-file':
      return `it changes ${name}, which is not there`;
    case 'file-exists':
      return `the file that it makes of ${name} is there already`;
    case 'other-text': {
      const at = mailLine === undefined ? '' : ` (line ${mailLine} of the mail)`;
      const which = hunk === undefined ? 'a hunk' : `hunk ${hunk}`;
      return `${which} of ${name}${at} does not find its lines in ${treePath === undefined ? 'that file' : there}`;
    }
    default:
      return 'git refuses it as a whole';
  }
}

/** What to do, the surest first. */
function advice(
  fitting: FittingBase | undefined,
  { base, options }: Attempt,
  { basedOn }: Misfit,
): string {
  const { baseCommit } = options.hints;
  const [first] = basedOn;
  const after = first === undefined ? '' : `; it is based on the mail <${shown(first, 100)}>`;
  if (fitting?.because === 'same') {
    return `${base.name} has the files as the mail expects them, so the mail was damaged: take it from the archive's raw view${after}.`;
  }
  if (fitting !== undefined) {
    const why =
      fitting.because === 'blob'
        ? 'has the files as the mail expects them'
        : 'is the base-commit that the mail names';
    const revision = shown(fitting.revision, 100);
    return `${revision} ${why}: give --base ${revision}${after}.`;
  }
  if (baseCommit !== undefined) {
    return `the mail names the base-commit ${baseCommit.slice(0, 12)}, which is not here: fetch it${after}.`;
  }
  return first === undefined
    ? base.otherwise
    : `it is based on the mail <${shown(first, 100)}>: put that series before it in one mbox, or apply it to the base.`;
}
