import { type Image, enumerate } from '../tree/image.ts';
import { readInput } from './bytes.ts';
import { openSession } from './session.ts';

/** Prints a stage: of a C file, or `grafted`, every model file that a series changes, whole. */
export async function dumpCommand(file: string, stage: string, tree?: string): Promise<number> {
  const { C_STAGES, dumpSource } = await import('./exec-command.ts');
  const cStage = C_STAGES.find((each) => each === stage);
  if (cStage !== undefined) {
    return dumpSource(file, cStage);
  }
  const session = await openSession(tree);
  const { readSeries } = await import('../series/read.ts');
  const { series, errors } = await readSeries(file, await readInput(file));
  for (const error of errors) {
    process.stderr.write(`check-lifecycle: ${String(error)}\n`);
  }
  for (const { patches } of series) {
    let image: Image = session.base;
    for (const patch of patches) {
      image = session.apply(image, patch).files;
    }
    for (const [path, text] of enumerate(image)) {
      const before = session.base.get(path);
      if (before !== text) {
        process.stdout.write(
          `/* before: ${path} */\n${before ?? ''}\n/* after: ${path} */\n${text}\n`,
        );
      }
    }
  }
  return errors.length > 0 || series.length === 0 ? 2 : 0;
}
