import { existsSync, statSync } from 'node:fs';
import type { Apply, Engine } from '../lifecycle/engine.ts';
import { modelPath, parsePack } from '../lifecycle/pack.ts';
import type { Pack } from '../lifecycle/pack.ts';
import { discoverScenarios } from '../lifecycle/scenario.ts';
import type { Scenario } from '../lifecycle/scenario.ts';
import { enumerate, packFolder, readImage } from '../tree/image.ts';
import type { Image } from '../tree/image.ts';
import { readInput } from './bytes.ts';
import { Failure } from './failure.ts';

/** A rule pack with its scenarios and the C they run on, ready to run. */
export interface Session {
  readonly pack: Pack;
  readonly base: Image;
  readonly scenarios: readonly Scenario[];
  readonly mode: 'patch-only' | 'tree';
  /** Carries a patch out: grafted on the model, or line by line on a tree. */
  readonly apply: Apply;
}

const PACK = 'memory-region';

/**
 * Loads the rule pack that comes with the program, over the files of a tree where one is named, else with its
 * model. Throws PackError, ScenarioError and TreeError.
 */
export async function openSession(tree?: string): Promise<Session> {
  return tree === undefined ? openModelSession() : openTreeSession(tree);
}

async function openModelSession(): Promise<Session> {
  const { pack, programs, scenarios } = await openPack();
  const apply = await openApply(pack);
  return { pack, base: programs, scenarios, mode: 'patch-only', apply };
}

/** The scenarios on the real files below a folder. */
export async function openTreeSession(folder: string): Promise<Session> {
  const { pack, programs, scenarios } = await openPack();
  const { applyToTree, openTree } = await import('../lifecycle/tree.ts');
  const { openDirectory } = await import('../tree/directory.ts');
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new Failure(`${folder} is no directory; name the root of a source tree.`);
  }
  const tree = openTree(pack, programs, openDirectory(folder), folder);
  const apply = applyToTree(pack, programs);
  const runnable = scenarios.filter(({ needs }) => needs.every(tree.has));
  return { pack: tree.pack, base: tree.image, scenarios: runnable, mode: 'tree', apply };
}

async function openPack(): Promise<{
  pack: Pack;
  programs: ReadonlyMap<string, string>;
  scenarios: readonly Scenario[];
}> {
  const programs = await readImage(packFolder(PACK));
  const text = programs.get('pack.yaml');
  if (text === undefined) {
    throw new Failure(`rules/${PACK}/pack.yaml is missing; install check-lifecycle again.`, 3);
  }
  const pack = parsePack(`rules/${PACK}/pack.yaml`, text);
  return { pack, programs, scenarios: discoverScenarios(programs) };
}

/** The scenarios of a review: those that take minutes only where they are asked for. */
export function scenariosOf(session: Session, options: { readonly thorough?: true }): Scenario[] {
  return session.scenarios.filter((each) => options.thorough === true || each.thorough !== true);
}

/** The machine, loaded late: listing scenarios and printing help need none of it. */
export async function openEngine(pack: Pack): Promise<Engine> {
  const { createMachineEngine } = await import('../lifecycle/machine-engine.ts');
  return createMachineEngine(pack);
}

/** Carries patches out on the embedded model. */
export async function openApply(pack: Pack): Promise<Apply> {
  const { graft } = await import('../lifecycle/graft/graft.ts');
  return (image, patch) => graft(enumerate(image), patch, (path: string) => modelPath(pack, path));
}

/** The image after all patches of the first series in a file. Throws Failure where there is none. */
export async function patchedImage(session: Session, file: string): Promise<Image> {
  const { readSeries } = await import('../series/read.ts');
  const { series, errors } = await readSeries(file, await readInput(file));
  const [first] = series;
  if (first === undefined) {
    throw new Failure(errors.map(String).join('; ') || `${file}: holds no patch.`);
  }
  return first.patches.reduce((image, patch) => session.apply(image, patch).files, session.base);
}

/** The scenario of that id. Throws Failure that names the nearest ones. */
export function findScenario(session: Session, id: string): Scenario {
  const found = session.scenarios.find((each) => each.id === id);
  if (found !== undefined) {
    return found;
  }
  const last = id.split('/').at(-1) ?? id;
  const near = session.scenarios
    .filter((each) => last !== '' && each.id.includes(last))
    .slice(0, 3);
  const hint =
    near.length > 0
      ? `did you mean ${near.map((each) => each.id).join(' or ')}?`
      : '`check-lifecycle scenarios` lists them all.';
  throw new Failure(`there is no scenario \`${id}\`; ${hint}`);
}
