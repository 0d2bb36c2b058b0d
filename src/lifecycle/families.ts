import { type Kin, kinOf } from '../c/kin.ts';
import type { UnitState } from '../c/parse-context.ts';
import type { Program } from '../machine/program.ts';
import type { Group } from './pack.ts';

/** A program, the units that it was linked from, and how many versions of it there have been. */
interface Family {
  readonly units: readonly UnitState[];
  readonly program: Program;
  versions: number;
}

/** Families of one group that are kept, the one in use last. */
const MOST = 2;
/** What was compiled for a version leaves its places behind: after so many a program is linked anew. */
const MOST_VERSIONS = 32;

/**
 * Linked programs. Sides of a review mostly differ in bodies of a few functions: such a version of a program that was
 * linked before shares its compiled code.
 */
export class Families {
  readonly #known = new Map<Group | undefined, readonly Family[]>();

  program(
    group: Group | undefined,
    units: readonly UnitState[],
    link: (units: readonly UnitState[]) => Program,
  ): Program {
    const known = this.#known.get(group) ?? [];
    for (const family of known.toReversed()) {
      const kin = family.versions < MOST_VERSIONS ? kinOf(family.units, units) : undefined;
      if (kin !== undefined) {
        this.#known.set(group, [...known.filter((each) => each !== family), family]);
        return kin.twins.size === 0 ? family.program : versionOf(family, kin);
      }
    }
    const program = link(units);
    this.#known.set(group, [...known, { units, program, versions: 0 }].slice(-MOST));
    return program;
  }
}

function versionOf(family: Family, kin: Kin): Program {
  family.versions += 1;
  return family.program.variant(kin);
}
