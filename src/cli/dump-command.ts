import { readInput } from './bytes.ts';
import { guarded } from './guard.ts';
import { openApply, openSession } from './session.ts';

/** Prints a stage: of a C file, or `grafted`, every model file that a series changes, whole. */
export async function dumpCommand(file: string, stage: string): Promise<number> {
  const { C_STAGES, dumpSource } = await import('./exec-command.ts');
  const cStage = C_STAGES.find((each) => each === stage);
  if (cStage !== undefined) {
    return dumpSource(file, cStage);
  }
  const session = await openSession();
  const { readSeries } = await import('../series/read.ts');
  const { series, errors } = await readSeries(file, await readInput(file));
  for (const error of errors) {
    process.stderr.write(`check-lifecycle: ${String(error)}\n`);
  }
  const apply = await openApply(session.pack);
  for (const { patches } of series) {
    let image = session.base;
    for (const patch of patches) {
      const before = image;
      image = await guarded(() => apply(before, patch).files);
    }
    for (const [path, text] of image) {
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
