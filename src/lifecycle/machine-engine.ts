import { createHash } from 'node:crypto';
import { changedFunctions } from '../c/difference.ts';
import { UnitCache } from '../c/headers.ts';
import type { UnitState } from '../c/parse-context.ts';
import { presumeLocations } from '../c/preprocess-line.ts';
import { CError } from '../c/source.ts';
import type { Location } from '../c/source.ts';
import type { Token } from '../c/token.ts';
import type { Execution } from '../machine/execution.ts';
import { DEFAULT_BOUNDS } from '../machine/execution.ts';
import { linkProgram } from '../machine/program.ts';
import type { Program, ProgramOptions } from '../machine/program.ts';
import type { Image } from '../tree/image.ts';
import type { Store } from './base-store.ts';
import type { Engine } from './engine.ts';
import { Families } from './families.ts';
import { layoutsOf } from './graph-layout.ts';
import { GraphWatch, type Seeing } from './graph-watch.ts';
import { GroupReads, type Names } from './group-reads.ts';
import { type Group, groupOf, type Pack } from './pack.ts';

/** Cases of one scenario: each is looked at by itself, so there may be many. */
const CASES = 65_536;

/** Sides of a finding that are kept linked for the next one. */
const TRACED_SIDES = 2;

interface TracedSide {
  readonly image: Image;
  readonly group: Group | undefined;
  readonly program: Program;
  readonly watch: () => GraphWatch;
}

/** What is looked at while a program runs. */
type LinkOptions = Pick<ProgramOptions, 'trace' | 'watch' | 'cover'>;

/** The engine that runs C. Units are parsed once, and shared by sides where nothing they read differs. */
export function createMachineEngine(pack: Pack): Engine {
  const policy = { stubs: pack.externals.stubs };
  const cache = new UnitCache({ include: pack.include });
  /** What the first version of each unit does not parse of, and which headers it lacks. */
  const firsts = new Map<string, { errors: readonly string[]; lacking: readonly string[] }>();

  const reads = new GroupReads();
  const families = new Families();
  /** Any line of these files may be one that a patch adds or removes. */
  const files = new Set(pack.files.flatMap(({ model, history }) => [model, ...history]));
  const cover = (file: string): boolean => files.has(file);

  let last: Runner | undefined;
  /** Several findings of one review are traced on the same two sides, the one in use last. */
  let traced: readonly TracedSide[] = [];

  /** Asking the cache compares every text of a unit, which is too much for each of a thousand paths. */
  const units = new WeakMap<Image, Map<string, UnitState>>();

  function unit(image: Image, path: string): UnitState {
    const known = units.get(image) ?? new Map<string, UnitState>();
    units.set(image, known);
    const parsed = known.get(path) ?? parse(image, path);
    known.set(path, parsed);
    return parsed;
  }

  function parse(image: Image, path: string): UnitState {
    const parsed = cache.unit(path, { read: (name) => image.get(name) });
    if (!firsts.has(path)) {
      firsts.set(path, {
        errors: parsed.errors.map((error) => error.message),
        lacking: cache.missing(parsed).map((header) => header.path),
      });
    }
    return parsed;
  }

  /** All units and scenarios of a group, which make one program: each run binds the scenario that it wants. */
  function unitsOf(image: Image, group: Group | undefined): UnitState[] {
    const paths = [...unitPaths(pack, image, group), ...scenarioPaths(pack, image, group)];
    return paths.map((path) => unit(image, path));
  }

  function link(made: readonly UnitState[], options: LinkOptions): Program {
    return linkProgram(made, {
      policy,
      bound: pack.scenario,
      prepare: pack.prepare,
      leaks: true,
      ...options,
    });
  }

  /** What a unit does not parse of that its first version does: a patch that was carried out wrong, or is wrong. */
  function findBroken(image: Image, group?: Group): string | undefined {
    try {
      for (const path of unitPaths(pack, image, group)) {
        const parsed = unit(image, path);
        const { errors = [], lacking = [] } = firsts.get(path) ?? {};
        if (parsed.errors.length > errors.length) {
          const error = parsed.errors.find(({ message }) => !errors.includes(message));
          const lost = cache.missing(parsed).find((header) => !lacking.includes(header.path));
          const header = lost === undefined ? '' : `; there is no header ${lost.path}`;
          return `${String(error ?? parsed.errors[0])}${header}`;
        }
      }
    } catch (error) {
      // Macros that explode, a conditional without an end: there is no unit at all.
      if (error instanceof CError) {
        return String(error);
      }
      throw error;
    }
    return undefined;
  }

  /** Programs of a side that is run, each linked when one of its scenarios is. */
  function runner(image: Image, group: Group | undefined): Linked {
    if (last?.image !== image) {
      last = { image, sides: new Map() };
    }
    const side = last.sides.get(group) ?? linked(image, group);
    last.sides.set(group, side);
    return side;
  }

  function tracedSide(image: Image, group: Group | undefined): TracedSide {
    const layouts = layoutsOf(
      pack,
      unitPaths(pack, image, group).map((path) => unit(image, path)),
    );
    let looking: GraphWatch | undefined;
    const watch = (machine: Seeing): GraphWatch =>
      (looking ??= new GraphWatch(machine, pack, layouts));
    const program = link(unitsOf(image, group), { trace: true, watch });
    return {
      image,
      group,
      program,
      watch: () => {
        if (looking === undefined) {
          throw new Error('nobody looks on');
        }
        return looking;
      },
    };
  }

  function linked(image: Image, group: Group | undefined): Linked {
    const broken = findBroken(image, group);
    if (broken !== undefined) {
      return { broken: `the patched code does not parse: ${broken}` };
    }
    try {
      const made = unitsOf(image, group);
      return { program: families.program(group, made, (all) => link(all, { cover })) };
    } catch (error) {
      if (error instanceof CError) {
        return { broken: `the patched code does not parse: ${String(error)}` };
      }
      throw error;
    }
  }

  /** What the units and scenarios of a group are made of, beside what all groups share. */
  function namesOf(image: Image, group: Group | undefined, store: Store | undefined): Names {
    const paths = [...ownUnits(pack, image, group), ...scenarioPaths(pack, image, group)];
    function fromUnits(): Names {
      return [...new Set(paths.flatMap((path) => [...cache.readBy(unit(image, path))]))];
    }
    return group === undefined ? fromUnits() : reads.of(image, group, paths, fromUnits, store);
  }

  function changesOf(before: Image, after: Image, group: Group | undefined): Changed {
    if (group !== undefined && reads.isSame(before, after, group)) {
      return new Set();
    }
    const paths = ownUnits(pack, after, group);
    if (ownUnits(pack, before, group).join(' ') !== paths.join(' ')) {
      return undefined;
    }
    const changed = paths.map((path) => changedFunctions(unit(before, path), unit(after, path)));
    return changed.reduce<Changed>(union, new Set());
  }

  return {
    explore(image, scenario, steps = DEFAULT_BOUNDS.steps) {
      const side = runner(image, groupOf(pack.groups, scenario.id));
      if (side.program === undefined) {
        return [unsupported(side.broken)];
      }
      const run = {
        entry: pack.entry,
        unit: unit(image, scenario.path),
        bounds: {
          ...DEFAULT_BOUNDS,
          steps,
          ...(scenario.cases === true ? { paths: CASES } : {}),
        },
      };
      const exploration =
        scenario.choices === undefined
          ? side.program.explore(run)
          : { paths: [side.program.run({ ...run, choices: scenario.choices })], cut: false };
      // Paths that were left out might be worse than those that ran: the scenario is unknown.
      return exploration.cut
        ? [...exploration.paths, unsupported(`there are more than ${run.bounds.paths} paths`)]
        : exploration.paths;
    },
    trace(image, scenario, choices) {
      const group = groupOf(pack.groups, scenario.id);
      const known = traced.find((each) => each.image === image && each.group === group);
      const side = known ?? tracedSide(image, group);
      traced = [...traced.filter((each) => each !== side), side].slice(-TRACED_SIDES);
      const execution = side.program.run({
        entry: pack.entry,
        unit: unit(image, scenario.path),
        choices,
        bounds: DEFAULT_BOUNDS,
      });
      return { ...execution, seen: side.watch().seen(execution.trace.length) };
    },
    key(image, store) {
      const names = new Set(
        [undefined, ...pack.groups].flatMap((group) => namesOf(image, group, store)),
      );
      const hash = createHash('sha256');
      for (const name of [...names].toSorted()) {
        const text = image.get(name);
        hash.update(text === undefined ? `${name}\0-\0` : `${name}\0${text.length}\0${text}`);
      }
      return hash.digest('hex');
    },
    changes(before, after) {
      try {
        return [undefined, ...pack.groups]
          .map((group) => changesOf(before, after, group))
          .reduce<Changed>(union, new Set());
      } catch (error) {
        if (error instanceof CError) {
          return undefined;
        }
        throw error;
      }
    },
    broken: (image) => findBroken(image),
    functionText(image, name) {
      for (const path of unitPaths(pack, image)) {
        const body = unit(image, path).globals.get(name)?.body;
        if (body !== undefined) {
          return textBetween(
            cache.lexed.file(path, image.get(path) ?? '').tokens,
            body.first,
            body.last,
          );
        }
      }
      return undefined;
    },
  };
}

/** A side of a review. */
interface Runner {
  readonly image: Image;
  readonly sides: Map<Group | undefined, Linked>;
}

/** A side ready to run, or why it cannot be. */
type Linked =
  { readonly program: Program } | { readonly program?: undefined; readonly broken: string };

/** The end of a scenario that was not run. */
function unsupported(message: string): Execution {
  return {
    outcome: 'unsupported',
    message,
    stack: [],
    choices: [],
    trace: [],
    covered: new Set(),
    functions: new Set(),
    notModelled: new Set(),
    stdout: '',
    stderr: '',
    exitStatus: 0,
    steps: 0,
  };
}

type Changed = ReadonlySet<string> | undefined;

/** Undefined where anything but functions may differ. */
function union(all: Changed, some: Changed): Changed {
  return all && some && new Set([...all, ...some]);
}

/** The tokens from one place to another, both included, joined by blanks. */
function textBetween(tokens: readonly Token[], first: Location, last: Location): string {
  const located = presumeLocations(tokens);
  const start = located.findIndex(({ location }) => isSame(location, first));
  const end = located.findIndex(({ location }) => isSame(location, last));
  return located
    .slice(start, end + 1)
    .map(({ text }) => text)
    .join(' ');
}

function isSame(a: Location, b: Location): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

/**
 * The C files below the pack's unit folders, and the single files it names where the image has them: those that every
 * scenario is linked with, or those of a group.
 */
export function unitPaths(pack: Pack, image: Image, group?: Group): string[] {
  const known = [...image.keys()].filter((path) => path.endsWith('.c'));
  const found = [...pack.units, ...(group?.units ?? [])].flatMap((unit) =>
    unit.endsWith('.c')
      ? [unit].filter((path) => image.get(path) !== undefined)
      : known.filter((path) => path.startsWith(`${unit}/`)),
  );
  return [...new Set(found)].filter((path) => group?.without.includes(path) !== true);
}

/** Those of a group that no other scenario is linked with; with none, those that every scenario is. */
function ownUnits(pack: Pack, image: Image, group: Group | undefined): string[] {
  const shared = unitPaths(pack, image);
  return group === undefined
    ? shared
    : unitPaths(pack, image, group).filter((path) => !shared.includes(path));
}

/** The scenarios of a group, which with none are those without one. */
function scenarioPaths(pack: Pack, image: Image, group?: Group): string[] {
  return [...image.keys()].filter((path) => {
    const id = /^scenarios\/(.*)\.c$/u.exec(path)?.[1];
    return id !== undefined && groupOf(pack.tree.groups, id) === group;
  });
}
