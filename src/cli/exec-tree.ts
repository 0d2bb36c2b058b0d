import { UnitCache } from '../c/headers.ts';
import { preprocess } from '../c/preprocess.ts';
import type { PreprocessOptions } from '../c/preprocess-options.ts';
import { CError } from '../c/source.ts';
import { unitPaths } from '../lifecycle/machine-engine.ts';
import { linkProgram, type Program } from '../machine/program.ts';
import { overlay } from '../tree/image.ts';
import { readInput } from './bytes.ts';
import { bodyErrors, report } from './exec-command.ts';
import { openTreeSession, patchedImage } from './session.ts';

/**
 * A program with a `main` linked with the real files of a tree, with a patch or as they are. Undefined when
 * it is no C: every error has been told. Throws TreeError and ApplyError.
 */
export async function linkWithTree(
  file: string,
  folder: string,
  patch?: string,
): Promise<Program | undefined> {
  const session = await openTreeSession(folder);
  const { pack } = session;
  const text = (await readInput(file)).toString('utf8');
  const base = patch === undefined ? session.base : await patchedImage(session, patch);
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
}

/** Headers that the program itself asks for; what a tree's headers lack is of no account until it is used. */
function missingHeaders(file: string, options: Omit<PreprocessOptions, 'main'>): CError[] {
  return preprocess({ ...options, main: file })
    .missing.filter(({ location }) => location.file === file)
    .map(({ path, location }) => new CError(location, `there is no header ${path}`));
}
