import { setImmediate } from 'node:timers/promises';
import { PLAIN } from '../review/paint.ts';
import { chooseConfig } from '../config/find.ts';
import { MAIL } from '../review/mail-settings.ts';
import type { Screen } from '../review/render.ts';
import { NARROWEST } from '../review/text.ts';
import type { Format } from '../review/formats.ts';
import type { Series } from '../series/series.ts';
import { shown } from '../series/text.ts';
import { readInput } from './bytes.ts';
import { explain, isOfInput, worstStatus } from './failure.ts';
import { Interrupt } from './guard.ts';
import { openOutput } from './output.ts';
import type { Output } from './output.ts';
import { Printer } from './printer.ts';
import { Reviewer } from './reviewer.ts';
import { openSession, sourceOf } from './session.ts';
import type { Source } from './session.ts';

export interface ReviewOptions {
  readonly format: Format;
  readonly output?: string;
  readonly dump?: string;
  readonly thorough?: true;
  /** Remarks on added prose; none unless told. */
  readonly wording?: 'on' | 'all' | false;
  readonly tree?: string;
  readonly base?: string;
  readonly previous?: string;
  readonly config?: string;
  readonly scenarios?: string;
}

/** Reviews every series of the input; returns the worst exit status. */
export async function reviewCommand(file: string, options: ReviewOptions): Promise<number> {
  if (options.dump !== undefined) {
    const { dumpCommand } = await import('./dump-command.ts');
    return dumpCommand(file, options.dump, options);
  }
  const name = file === '-' ? '<stdin>' : file;
  const config = await chooseConfig(options.config);
  const { series, errors, source } = await openInput(file, name, options);
  const output = await openOutput(options.output, options.format === 'text' ? '\n' : '');
  for (const error of errors) {
    process.stderr.write(`check-lifecycle: ${String(error)}\n`);
  }
  const answer = options.format === 'mail' ? await import('./answer.ts') : undefined;
  answer?.checkAnswerable(series, name);
  const statuses = errors.map(() => 2);
  if (series.length === 0) {
    await source.close();
    return worstStatus([...statuses, 2]);
  }
  const reviewer = new Reviewer(file, options, source, {
    screen: await chooseScreen(options),
    mail: (await answer?.mailSettings(config)) ?? MAIL,
    config,
  });
  try {
    if (options.previous !== undefined) {
      await reviewer.remember(options.previous);
    }
    const printer = new Printer(options.format, output);
    statuses.push(...(await reviewAll(reviewer, name, series, { output, printer })));
    await printer.end();
  } finally {
    await reviewer.close();
  }
  return worstStatus([...statuses, await output.close()]);
}

/** A file, or a range of commits; git is not started where only the embedded model is run. */
async function openInput(file: string, name: string, options: ReviewOptions): Promise<Input> {
  const needsGit = options.tree !== undefined || options.base !== undefined || file.includes('..');
  const git = needsGit ? await import('./source.ts') : undefined;
  if (git !== undefined && (await git.isCommits(file))) {
    const { series, source } = await git.openRange(file, options);
    return { series: [series], errors: [], source };
  }
  const input = await readInput(file);
  const { readSeries } = await import('../series/read.ts');
  const source =
    git === undefined
      ? sourceOf(await openSession(options.scenarios))
      : await git.openSource(options, input);
  return { ...(await readSeries(name, input)), source };
}

interface Input {
  readonly series: readonly Series[];
  readonly errors: readonly unknown[];
  readonly source: Source;
}

/** One after the other: what goes wrong with one series must not lose the others. */
async function reviewAll(
  reviewer: Reviewer,
  name: string,
  series: readonly Series[],
  { output, printer }: { output: Output; printer: Printer },
): Promise<number[]> {
  const statuses: number[] = [];
  for (const [index, each] of series.entries()) {
    if (output.closed) {
      // Nobody reads on, and what was not judged is not known to be harmless.
      return [...statuses, 3];
    }
    try {
      const { rendering, status } = await reviewer.review(each, index, series.length);
      await printer.print(rendering);
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

/** Colours only on a terminal, and never with NO_COLOR; all of its columns. */
async function chooseScreen(options: ReviewOptions): Promise<Screen> {
  if (options.format !== 'text' || options.output !== undefined || !process.stdout.isTTY) {
    return { paint: PLAIN, columns: NARROWEST };
  }
  const { columns } = process.stdout;
  if ((process.env['NO_COLOR'] ?? '') !== '') {
    return { paint: PLAIN, columns };
  }
  const { default: colors } = await import('picocolors');
  return { paint: colors.createColors(true), columns };
}
