import { parseEarlier } from '../review/history.ts';
import type { Earlier } from '../review/history.ts';
import type { Series } from '../series/series.ts';
import { readInput } from './bytes.ts';
import { explain, Failure } from './failure.ts';

/**
 * What was found in an earlier version: `file` is its review as JSON, or the version itself, which is then reviewed on the
 * same base. Throws Failure that names the option.
 */
export async function readEarlier(
  file: string,
  review: (series: Series) => Promise<Earlier>,
): Promise<Earlier[]> {
  try {
    const bytes = await readInput(file);
    const text = bytes.toString('utf8');
    if (/^\s*\{/u.test(text)) {
      const earlier = parseEarlier(text);
      if (earlier === undefined) {
        throw new Failure(
          'is no review as --format json prints it; give that, or the mail itself.',
        );
      }
      return earlier;
    }
    const { readSeries } = await import('../series/read.ts');
    const { series, errors } = await readSeries(file, bytes);
    const [error] = errors;
    if (error !== undefined) {
      throw error;
    }
    const reviews: Earlier[] = [];
    for (const each of series) {
      reviews.push(await review(each));
    }
    return reviews;
  } catch (error) {
    const { text, status } = explain(error);
    throw new Failure(`--previous ${file}: ${text.replace(`${file}: `, '')}`, status);
  }
}
