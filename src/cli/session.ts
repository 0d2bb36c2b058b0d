import type { Apply, Engine } from '../lifecycle/engine.ts';
import type { Config } from '../config/config.ts';
import { canLink, matches, modelPath, parsePack } from '../lifecycle/pack.ts';
import type { Pack } from '../lifecycle/pack.ts';
import { discoverScenarios } from '../lifecycle/scenario.ts';
import type { Scenario } from '../lifecycle/scenario.ts';
import { wordsOf } from '../lifecycle/tree.ts';
import { enumerate, packFolder, readImage } from '../tree/image.ts';
import type { Series } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import { Failure } from './failure.ts';
import type { UserScenarios } from './user-scenarios.ts';

/** A rule pack with its scenarios and the C they run on, ready to run. */
export interface Session {
  readonly pack: Pack;
  readonly base: Image;
  readonly scenarios: readonly Scenario[];
  readonly mode: 'patch-only' | 'tree';
  /** Carries a patch out: grafted on the model, or on the files of a tree. */
  readonly apply: Apply;
  /** Those of a folder of the user's, which are among the scenarios. */
  readonly user?: UserScenarios | undefined;
  /** What a reader should know of how the sides came about. */
  readonly remarks: readonly string[];
}

/** Gives the two sides of each series of an input. */
export interface Source {
  readonly pack: Pack;
  readonly mode: Session['mode'];
  /** Throws TreeError where the series does not fit. The base is the same object for series that share it. */
  prepare(series: Series): Promise<Session>;
  close(): Promise<void>;
}

/** One session for every series. */
export function sourceOf(session: Session): Source {
  const { pack, mode } = session;
  return {
    pack,
    mode,
    prepare: async () => Promise.resolve(session),
    close: async () => Promise.resolve(),
  };
}

/** The rule pack that comes with the program: its settings, its C by path, its scenarios. */
export interface OpenPack {
  readonly pack: Pack;
  readonly programs: ReadonlyMap<string, string>;
  readonly scenarios: readonly Scenario[];
  readonly user?: UserScenarios | undefined;
}

const PACK = 'memory-region';

/** The embedded model; `folder` has scenarios of the user's. Throws PackError, ScenarioError, Failure. */
export async function openSession(folder?: string): Promise<Session> {
  const { pack, programs, scenarios, user } = await openPack(folder);
  const { graft } = await import('../lifecycle/graft/graft.ts');
  const apply: Apply = (image, patch) =>
    graft(enumerate(image), patch, (path: string) => modelPath(pack, path));
  const has = wordsOf(pack.files.map(({ model }) => programs.get(model) ?? ''));
  const runnable = scenarios.filter(({ id, needs }) => needs.every(has) && canLink(pack, id));
  return {
    pack,
    base: programs,
    scenarios: runnable,
    user,
    mode: 'patch-only',
    apply,
    remarks: [],
  };
}

/** `folder` has scenarios of the user's. Throws PackError, ScenarioError, Failure. */
export async function openPack(folder?: string): Promise<OpenPack> {
  const programs = await readImage(packFolder(PACK));
  const text = programs.get('pack.yaml');
  if (text === undefined) {
    throw new Failure(`rules/${PACK}/pack.yaml is missing; install check-lifecycle again.`, 3);
  }
  const pack = parsePack(`rules/${PACK}/pack.yaml`, text);
  const scenarios = discoverScenarios(programs);
  if (folder === undefined) {
    return { pack, programs, scenarios };
  }
  const { readUserScenarios } = await import('./user-scenarios.ts');
  const user = await readUserScenarios(folder, programs);
  return {
    pack,
    programs: new Map([...programs, ...user.programs]),
    scenarios: [...scenarios, ...user.scenarios],
    user,
  };
}

/**
 * The scenarios of a review: those that take minutes only where they are asked for, and of the pack's only the families
 * that the configuration names, beside what tells a healthy tree. Throws Failure for a family that there is not.
 */
export function scenariosOf(
  { scenarios, pack, user }: Session,
  options: { readonly thorough?: true },
  { families }: Pick<Config, 'families'> = {},
): Scenario[] {
  const all = scenarios.filter((each) => options.thorough === true || each.thorough !== true);
  if (families === undefined) {
    return all;
  }
  const kept = [...pack.sanity, ...(user?.scenarios.map(({ id }) => id) ?? [])];
  const known = scenarios.map(({ id }) => familyOf(id));
  const strange = families.find((each) => !known.some((name) => matches([each], name)));
  if (strange !== undefined) {
    const names = [...new Set(known)].filter((name) => !/^S\d/u.test(name));
    throw new Failure(
      `families: no scenario is of the family \`${strange}\`; there are ${names.join(', ')}, and S*.`,
    );
  }
  return all.filter(({ id }) => kept.includes(id) || matches(families, familyOf(id)));
}

/** The folder that a scenario is in. */
function familyOf(id: string): string {
  return id.split('/')[0] ?? id;
}

/** Throws ScenarioError where a scenario of the user's is no C, or not what is run. */
export async function checkUser({ pack, base, user }: Session): Promise<void> {
  if (user !== undefined) {
    const { checkUserScenarios } = await import('./user-scenarios.ts');
    checkUserScenarios(pack, base, user);
  }
}

/** The machine, loaded late: listing scenarios and printing help need none of it. */
export async function openEngine(pack: Pack): Promise<Engine> {
  const { createMachineEngine } = await import('../lifecycle/machine-engine.ts');
  return createMachineEngine(pack);
}

/** The image after all patches of a series. */
export function patchedImage(session: Session, series: Series): Image {
  return series.patches.reduce((image, patch) => session.apply(image, patch).files, session.base);
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
