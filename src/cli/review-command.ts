import { writeFile } from 'node:fs/promises';
import { judge } from '../lifecycle/review.ts';
import { buildReview } from '../review/build.ts';
import { renderJson } from '../review/json.ts';
import { PLAIN, renderText } from '../review/text.ts';
import type { Paint } from '../review/text.ts';
import type { Series } from '../series/series.ts';
import { ApplyError } from '../tree/apply.ts';
import { readInput } from './bytes.ts';
import { STATUS, worstStatus } from './failure.ts';
import { Progress } from './progress.ts';
import { openEngine, openSession, scenariosOf } from './session.ts';

export interface ReviewOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly dump?: string;
  readonly thorough?: true;
  readonly tree?: string;
}

/** Wall clock for one series: the bounds on steps end runs long before. */
const LIMIT_MS = 120_000;
const THOROUGH_LIMIT_MS = 1_200_000;

/** Reviews every series of the input; returns the worst exit status. */
export async function reviewCommand(file: string, options: ReviewOptions): Promise<number> {
  if (options.dump !== undefined) {
    const { dumpCommand } = await import('./dump-command.ts');
    return dumpCommand(file, options.dump, options.tree);
  }
  const bytes = await readInput(file);
  const name = file === '-' ? '<stdin>' : file;
  const { readSeries } = await import('../series/read.ts');
  const { series, errors } = await readSeries(name, bytes);
  for (const error of errors) {
    process.stderr.write(`check-lifecycle: ${String(error)}\n`);
  }
  const statuses = errors.map(() => 2);
  if (series.length === 0) {
    return worstStatus([...statuses, 2]);
  }
  const reviewOne = await openReviewer(file, options);
  const printed: string[] = [];
  for (const each of series) {
    const { text, status } = await reviewOne(each);
    statuses.push(status);
    if (options.output === undefined) {
      process.stdout.write(options.format === 'text' && printed.length > 0 ? `\n${text}` : text);
    }
    printed.push(text);
  }
  if (options.output !== undefined) {
    await writeFile(options.output, printed.join(options.format === 'text' ? '\n' : ''));
  }
  return worstStatus(statuses);
}

async function openReviewer(
  file: string,
  options: ReviewOptions,
): Promise<(series: Series) => Promise<{ text: string; status: number }>> {
  const session = await openSession(options.tree);
  const [engine, paint] = await Promise.all([openEngine(session.pack), choosePaint(options)]);
  return async (series) => {
    const progress = new Progress(options.thorough === true ? THOROUGH_LIMIT_MS : LIMIT_MS);
    try {
      const judgement = judge(
        {
          ...session,
          scenarios: scenariosOf(session, options),
          engine,
          progress: (done, of) => progress.tick(done, of),
        },
        series,
      );
      const review = buildReview(series, judgement, file, options.tree);
      const text = options.format === 'json' ? renderJson(review) : renderText(review, paint);
      return Promise.resolve({ text, status: STATUS[review.verdict] });
    } catch (error) {
      // One series that does not fit the tree leaves the others of the mbox to be reviewed.
      if (error instanceof ApplyError) {
        process.stderr.write(`check-lifecycle: ${series.subject}: ${error.message}\n`);
        return Promise.resolve({ text: '', status: 2 });
      }
      throw error;
    } finally {
      progress.clear();
    }
  };
}

/** Colours only on a terminal, and never with NO_COLOR. */
async function choosePaint(options: ReviewOptions): Promise<Paint> {
  const wanted =
    options.format === 'text' &&
    options.output === undefined &&
    process.stdout.isTTY &&
    (process.env['NO_COLOR'] ?? '') === '';
  if (!wanted) {
    return PLAIN;
  }
  const { default: colors } = await import('picocolors');
  return colors.createColors(true);
}
