import { enumerate } from '../tree/image.ts';
import { readInput } from './bytes.ts';
import { guarded } from './guard.ts';
import { patchedImage } from './session.ts';
import { openSource, type SourceOptions } from './source.ts';

/** Prints a stage: of a C file, or `grafted`, every model file that a series changes, whole. */
export async function dumpCommand(
  file: string,
  stage: string,
  options: SourceOptions,
): Promise<number> {
  const { C_STAGES, dumpSource } = await import('./exec-command.ts');
  const cStage = C_STAGES.find((each) => each === stage);
  if (cStage !== undefined) {
    return dumpSource(file, cStage);
  }
  const { readSeries } = await import('../series/read.ts');
  const input = await readInput(file);
  const { series, errors } = await readSeries(file, input);
  const source = await openSource(options, input);
  for (const error of errors) {
    process.stderr.write(`check-lifecycle: ${String(error)}\n`);
  }
  for (const each of series) {
    const session = await source.prepare(each);
    const image = await guarded(() => patchedImage(session, each));
    for (const [path, text] of enumerate(image)) {
      const before = session.base.get(path);
      if (before !== text) {
        process.stdout.write(
          `/* before: ${path} */\n${before ?? ''}\n/* after: ${path} */\n${text}\n`,
        );
      }
    }
  }
  await source.close();
  return errors.length > 0 || series.length === 0 ? 2 : 0;
}
