import type { Apply, Engine } from '../lifecycle/engine.ts';
import { modelPath, parsePack } from '../lifecycle/pack.ts';
import type { Pack } from '../lifecycle/pack.ts';
import { discoverScenarios } from '../lifecycle/scenario.ts';
import type { Scenario } from '../lifecycle/scenario.ts';
import { wordsOf } from '../lifecycle/tree.ts';
import { enumerate, packFolder, readImage } from '../tree/image.ts';
import type { Series } from '../series/series.ts';
import type { Image } from '../tree/image.ts';
import { Failure } from './failure.ts';

/** A rule pack with its scenarios and the C they run on, ready to run. */
export interface Session {
  readonly pack: Pack;
  readonly base: Image;
  readonly scenarios: readonly Scenario[];
  readonly mode: 'patch-only' | 'tree';
  /** Carries a patch out: grafted on the model, or on the files of a tree. */
  readonly apply: Apply;
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
}

const PACK = 'memory-region';

/** The embedded model. Throws PackError and ScenarioError. */
export async function openSession(): Promise<Session> {
  const { pack, programs, scenarios } = await openPack();
  const { graft } = await import('../lifecycle/graft/graft.ts');
  const apply: Apply = (image, patch) =>
    graft(enumerate(image), patch, (path: string) => modelPath(pack, path));
  const has = wordsOf(pack.files.map(({ model }) => programs.get(model) ?? ''));
  const runnable = scenarios.filter(({ needs }) => needs.every(has));
  return { pack, base: programs, scenarios: runnable, mode: 'patch-only', apply, remarks: [] };
}

/** Throws PackError and ScenarioError. */
export async function openPack(): Promise<OpenPack> {
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
