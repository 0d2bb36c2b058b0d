import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseTranslationUnit } from '../c/parse.ts';
import { preprocess } from '../c/preprocess.ts';
import { CError } from '../c/source.ts';
import type { Pack } from '../lifecycle/pack.ts';
import { parseScenario, ScenarioError } from '../lifecycle/scenario.ts';
import type { Scenario } from '../lifecycle/scenario.ts';
import { readImage } from '../tree/image.ts';
import type { Image } from '../tree/image.ts';
import { bodyErrors } from './exec-command.ts';
import { Failure } from './failure.ts';

/** Scenarios of a folder of the user's, as if they were the pack's. */
export interface UserScenarios {
  readonly scenarios: readonly Scenario[];
  /** Their texts and headers, by the path that they get among the pack's files. */
  readonly programs: ReadonlyMap<string, string>;
  /** The user's name of a file among them. */
  readonly nameOf: (path: string) => string;
}

/**
 * Reads every `.c` below a folder; `dir/x.c` becomes `dir/x`, by the folder's own name. Throws ScenarioError for a head
 * comment that is wrong, Failure for a folder that is none or whose scenarios have names of the pack's.
 */
export async function readUserScenarios(
  folder: string,
  taken: ReadonlyMap<string, string>,
): Promise<UserScenarios> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true) {
    throw new Failure(`--scenarios ${folder}: is no directory; name a folder of C files.`);
  }
  const prefix = `scenarios/${nameOfFolder(folder)}`;
  const texts = await readImage(folder);
  const scenarios: Scenario[] = [];
  const programs = new Map<string, string>();
  for (const [name, text] of texts) {
    const path = `${prefix}/${name}`;
    if (taken.has(path)) {
      throw new Failure(
        `${folder}/${name}: the pack has a scenario of that name; call the folder something else than ${nameOfFolder(folder)}.`,
      );
    }
    programs.set(path, text);
    if (name.endsWith('.c')) {
      const id = path.slice('scenarios/'.length, -'.c'.length);
      scenarios.push({ ...parseScenario(id, `${folder}/${name}`, text), path, asked: true });
    }
  }
  if (scenarios.length === 0) {
    throw new Failure(`--scenarios ${folder}: holds no C file; a scenario is a file with .c.`);
  }
  return { scenarios, programs, nameOf: (path) => path.replace(prefix, () => folder) };
}

/** What names its scenarios: no part of a path may be taken for choices. */
function nameOfFolder(folder: string): string {
  return basename(resolve(folder)).replaceAll(/[^\w.-]/gu, '_');
}

/**
 * That they are C and define what the pack runs: else every one would end as something that the machine does not know.
 * Throws ScenarioError with the first mistake.
 */
export function checkUserScenarios(pack: Pack, image: Image, user: UserScenarios): void {
  for (const { path } of user.scenarios) {
    const error = mistakeIn(pack, image, path);
    if (error !== undefined) {
      const { file, line } = error.location;
      throw new ScenarioError(user.nameOf(file), line, error.message);
    }
  }
}

function mistakeIn(pack: Pack, image: Image, path: string): CError | undefined {
  try {
    const { tokens, missing } = preprocess({
      main: path,
      fs: { read: (name: string) => image.get(name) },
      include: pack.include,
    });
    const unit = parseTranslationUnit(tokens);
    const lost = missing
      .filter(({ location }) => location.file === path)
      .map((header) => new CError(header.location, `there is no header ${header.path}`));
    const own = unit.errors.filter(({ location }) => location.file === path);
    const [first] = [...lost, ...own, ...bodyErrors(unit, path)];
    if (first !== undefined || unit.globals.get(pack.scenario)?.body !== undefined) {
      return first;
    }
    const location = { file: path, line: 1, column: 1 };
    return new CError(location, `defines no function \`${pack.scenario}\`, which is what is run`);
  } catch (error) {
    if (error instanceof CError) {
      return error;
    }
    throw error;
  }
}
