import { UnitCache } from '../c/headers.ts';
import { preprocess } from '../c/preprocess.ts';
import type { PreprocessOptions } from '../c/preprocess-options.ts';
import { CError } from '../c/source.ts';
import { unitPaths } from '../lifecycle/machine-engine.ts';
import { linkProgram, type Program } from '../machine/program.ts';
import { overlay } from '../tree/image.ts';
import { readInput } from './bytes.ts';
import { bodyErrors, report } from './exec-command.ts';
import { patchedImage } from './session.ts';
import { openFirst, type SourceOptions } from './source.ts';

/**
 * A program with a `main` linked with the real files of a tree, with a patch or as they are. Undefined when
 * it is no C: every error has been told. Throws TreeError.
 */
export async function linkWithTree(
  file: string,
  options: SourceOptions,
  patch?: string,
): Promise<Program | undefined> {
  const text = (await readInput(file)).toString('utf8');
  const { session, series, close } = await openFirst(patch, options);
  try {
    const { pack } = session;
    const base = patchedImage(session, series);
    const image = overlay(base, new Map([[file, text]]));
    const units = new UnitCache({ include: pack.include });
    const fs = { read: (path: string) => image.get(path) };
    const main = units.unit(file, fs);
    const errors = [
      ...missingHeaders(file, { fs, include: pack.include, cache: units.lexed }),
      ...main.errors,
      ...bodyErrors(main, file),
    ];
    errors.forEach(report);
    if (errors.length > 0) {
      return undefined;
    }
    // The program comes first: of two functions with one name its own is the one that is meant.
    const rest = unitPaths(pack, base).map((path) => units.unit(path, fs));
    return linkProgram([main, ...rest], { policy: { stubs: pack.externals.stubs } });
  } finally {
    await close();
  }
}

/** Headers that the program itself asks for; what a tree's headers lack is of no account until it is used. */
function missingHeaders(file: string, options: Omit<PreprocessOptions, 'main'>): CError[] {
  return preprocess({ ...options, main: file })
    .missing.filter(({ location }) => location.file === file)
    .map(({ path, location }) => new CError(location, `there is no header ${path}`));
}
