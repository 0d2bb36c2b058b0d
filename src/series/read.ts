import { groupSeries } from './group.ts';
import { splitMbox } from './mbox.ts';
import { quotesOnly, readUnit, type Posting } from './posting.ts';
import { InputError, type Series } from './series.ts';
import { shown } from './text.ts';

/**
 * Reads everything that one input holds: a bare diff, a patch mail, a reply that quotes a patch, or an mbox with any
 * number of series. What cannot be read becomes an error; the healthy mails beside it are still returned.
 *
 * @param name what errors call the input: a file name, or `-`
 */
export async function readSeries(
  name: string,
  bytes: Uint8Array,
): Promise<{ series: Series[]; errors: InputError[] }> {
  if (bytes.length === 0) {
    const empty = 'the input is empty; give a patch file, a mail or an mbox.';
    return { series: [], errors: [new InputError(name, undefined, empty)] };
  }
  const units = splitMbox(bytes);
  const postings: Posting[] = [];
  const errors: InputError[] = [];
  const remarks: InputError[] = [];
  for (const unit of units) {
    try {
      postings.push(...(await readUnit(name, unit)));
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      (units.length > 1 && quotesOnly(unit) ? remarks : errors).push(error);
    }
  }
  // A reviewer quotes what they remark on, not whole hunks: no fault where the patches themselves are at hand.
  errors.push(...(postings.some(isOriginal) ? [] : remarks));
  errors.push(...lacking(name, postings, units.length > 1));
  const series = groupSeries(withoutDiscussion(postings), units.length > 1);
  if (series.length === 0 && errors.length === 0) {
    errors.push(nothing(name, postings));
  }
  return { series, errors: errors.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

function isOriginal({ kind, patch }: Posting): boolean {
  return kind !== 'reply' && patch !== undefined;
}

/** In a thread that has the patches themselves, what others quote of them is no further patch. */
function withoutDiscussion(postings: readonly Posting[]): Posting[] {
  return postings.some(isOriginal)
    ? postings.filter(({ kind }) => kind !== 'reply')
    : [...postings];
}

/** Mails of an mbox that call themselves a patch and hold none. */
function lacking(name: string, postings: readonly Posting[], mbox: boolean): InputError[] {
  return postings
    .filter(({ subject, patch }) => mbox && patch === undefined && subject.patch && !subject.reply)
    .filter(({ subject }) => (subject.index ?? 0) > 0)
    .map(
      ({ subject, line }) =>
        new InputError(
          name,
          line,
          `"${shown(subject.title)}" is a patch by its subject but holds no diff; resend it.`,
        ),
    );
}

function nothing(name: string, postings: readonly Posting[]): InputError {
  const cover = postings.some(({ subject }) => subject.index === 0);
  return new InputError(
    name,
    postings[0]?.line,
    cover
      ? 'this is a cover letter without its patches; give the mbox of the whole series.'
      : 'no patch found: expected a line "diff --git a/path b/path", or "--- a/path" with "+++ b/path" below; give the mail that holds the patch.',
  );
}
