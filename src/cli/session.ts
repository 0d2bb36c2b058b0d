import type { Apply, Engine } from '../lifecycle/engine.ts';
import { modelPath, parsePack } from '../lifecycle/pack.ts';
import type { Pack } from '../lifecycle/pack.ts';
import { discoverScenarios } from '../lifecycle/scenario.ts';
import type { Scenario } from '../lifecycle/scenario.ts';
import { packFolder, readImage } from '../tree/image.ts';
import type { Image } from '../tree/image.ts';
import { Failure } from './failure.ts';

/** A rule pack with its model and scenarios, ready to run. */
export interface Session {
  readonly pack: Pack;
  readonly base: Image;
  readonly scenarios: readonly Scenario[];
}

const PACK = 'memory-region';

/** Loads the rule pack that comes with the program. Throws PackError and ScenarioError. */
export async function openSession(): Promise<Session> {
  const base = await readImage(packFolder(PACK));
  const text = base.get('pack.yaml');
  if (text === undefined) {
    throw new Failure(`rules/${PACK}/pack.yaml is missing; install check-lifecycle again.`, 3);
  }
  const pack = parsePack(`rules/${PACK}/pack.yaml`, text);
  return { pack, base, scenarios: discoverScenarios(base) };
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
  return (image, patch) => graft(image, patch, (path: string) => modelPath(pack, path));
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
