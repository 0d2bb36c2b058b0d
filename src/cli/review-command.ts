import { setImmediate } from 'node:timers/promises';
import { judge } from '../lifecycle/review.ts';
import type { Side } from '../lifecycle/replay.ts';
import type { Judgement } from '../lifecycle/review.ts';
import { buildReview } from '../review/build.ts';
import { renderJson } from '../review/json.ts';
import { PLAIN, renderText } from '../review/text.ts';
import type { Paint } from '../review/text.ts';
import type { Series } from '../series/series.ts';
import { shown } from '../series/text.ts';
import { readInput } from './bytes.ts';
import { explain, isOfInput, STATUS, worstStatus } from './failure.ts';
import { Guard, Interrupt, LIMITS } from './guard.ts';
import { openOutput } from './output.ts';
import type { Output } from './output.ts';
import { Progress } from './progress.ts';
import { openApply, openEngine, openSession, scenariosOf } from './session.ts';
import type { Session } from './session.ts';

export interface ReviewOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly dump?: string;
  readonly thorough?: true;
}

/** Milliseconds for one series where every topology is run. */
const THOROUGH_TIME = 1_200_000;

/** Judgements that are kept for a patch that comes again, as resent mails do. */
const MOST_KEPT = 16;

/** Reviews every series of the input; returns the worst exit status. */
export async function reviewCommand(file: string, options: ReviewOptions): Promise<number> {
  if (options.dump !== undefined) {
    const { dumpCommand } = await import('./dump-command.ts');
    return dumpCommand(file, options.dump);
  }
  const name = file === '-' ? '<stdin>' : file;
  const bytes = await readInput(file);
  const output = await openOutput(options.output, options.format === 'text' ? '\n' : '');
  const { readSeries } = await import('../series/read.ts');
  const { series, errors } = await readSeries(name, bytes);
  for (const error of errors) {
    process.stderr.write(`check-lifecycle: ${String(error)}\n`);
  }
  const statuses = errors.map(() => 2);
  if (series.length === 0) {
    return worstStatus([...statuses, 2]);
  }
  const reviewer = new Reviewer(file, options, await choosePaint(options));
  try {
    statuses.push(...(await reviewAll(reviewer, name, series, output)));
  } finally {
    await reviewer.close();
  }
  return worstStatus([...statuses, await output.close()]);
}

/** One after the other: what goes wrong with one series must not lose the others. */
async function reviewAll(
  reviewer: Reviewer,
  name: string,
  series: readonly Series[],
  output: Output,
): Promise<number[]> {
  const statuses: number[] = [];
  for (const [index, each] of series.entries()) {
    if (output.closed) {
      // Nobody reads on, and what was not judged is not known to be harmless.
      return [...statuses, 3];
    }
    try {
      const { text, status } = await reviewer.review(each, index, series.length);
      output.write(text);
      statuses.push(status);
    } catch (error) {
      if (error instanceof Interrupt) {
        throw error;
      }
      const { text, status } = explain(error);
      const which = isOfInput(error) ? '' : `${name}: "${shown(each.subject)}" was not judged: `;
      process.stderr.write(`check-lifecycle: ${which}${text}\n`);
      statuses.push(status);
    }
    // A closed pipe and signals are only noticed between turns of the event loop.
    await setImmediate();
  }
  return statuses;
}

class Reviewer {
  readonly #file: string;
  readonly #options: ReviewOptions;
  readonly #paint: Paint;
  readonly #guard: Guard;
  readonly #progress = new Progress();
  readonly #known = new Map<string, Judgement>();
  #session: Session | undefined;
  #judge: ((series: Series, progress: (text: string) => void) => Judgement) | undefined;

  constructor(file: string, options: ReviewOptions, paint: Paint) {
    this.#file = file;
    this.#options = options;
    this.#guard = new Guard(
      options.thorough === true ? { ...LIMITS, time: THOROUGH_TIME } : LIMITS,
    );
    this.#paint = paint;
  }

  async review(
    series: Series,
    index: number,
    of: number,
  ): Promise<{ text: string; status: number }> {
    const which = of === 1 ? '' : `series ${index + 1} of ${of}: `;
    this.#progress.tell(`${which}reading`);
    try {
      const judgement = await this.#judged(series, (text) => {
        this.#progress.tell(which + text);
      });
      const review = buildReview(series, judgement, this.#file);
      const text =
        this.#options.format === 'json' ? renderJson(review) : renderText(review, this.#paint);
      return { text, status: STATUS[review.verdict] };
    } finally {
      this.#progress.clear();
    }
  }

  async close(): Promise<void> {
    await this.#guard.close();
  }

  /** The same change is judged once, whoever sends it. */
  async #judged(series: Series, progress: (text: string) => void): Promise<Judgement> {
    const key = JSON.stringify(series.patches.map(({ files }) => files));
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const judgeSeries = (this.#judge ??= await this.#open());
    try {
      const judgement = this.#guard.run(() => judgeSeries(series, progress));
      const [oldest] = this.#known.size >= MOST_KEPT ? this.#known.keys() : [];
      this.#known.delete(oldest ?? '');
      this.#known.set(key, judgement);
      return judgement;
    } catch (error) {
      // It was stopped anywhere: what it was writing to is not to be trusted.
      this.#judge = undefined;
      throw error;
    }
  }

  async #open(): Promise<(series: Series, progress: (text: string) => void) => Judgement> {
    const session = (this.#session ??= await openSession());
    const [engine, apply] = await Promise.all([openEngine(session.pack), openApply(session.pack)]);
    const bases = new Map<string, Side>();
    const scenarios = scenariosOf(session, this.#options);
    return (series, tell) => {
      const progress = (done: number, of: number): void => {
        tell(`running scenarios: ${done} of ${of}`);
      };
      return judge({ ...session, scenarios, engine, apply, bases, progress }, series);
    };
  }
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
