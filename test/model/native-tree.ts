import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Session } from '../../src/cli/session.ts';
import { unitPaths } from '../../src/lifecycle/machine-engine.ts';
import { groupOf } from '../../src/lifecycle/pack.ts';
import type { Scenario } from '../../src/lifecycle/scenario.ts';
import type { Image } from '../../src/tree/image.ts';
import { FLAGS, PACK, filesBelow, gcc, type NativeBuild } from './native.ts';

/** What no scenario calls may stay undefined: it would jump to address 0, and AddressSanitizer says so. */
const LOOSE = '-Wl,--unresolved-symbols=ignore-all';
/** The host has a libc of its own; everything else is as the machine sees it. */
const LIBC = 'shim/libc';

/** A tree as objects, of which each scenario is linked with its own. */
export interface TreeBuild {
  readonly folder: string;
  readonly of: (scenario: Scenario) => NativeBuild;
}

/**
 * The files that a tree session runs, compiled as they are by gcc with AddressSanitizer. What a patch
 * changed is written to the build's own folder, which is searched first. Throws with gcc's output.
 */
export function buildTree(session: Session, folder: string, image: Image): TreeBuild {
  const build = mkdtempSync(join(tmpdir(), 'lifecycle-tree-native-'));
  const changed = join(build, 'changed');
  const patched = session.pack.files
    .flatMap(({ history }) => history)
    .filter((path) => image.get(path) !== session.base.get(path));
  for (const path of patched) {
    mkdirSync(dirname(join(changed, path)), { recursive: true });
    writeFileSync(join(changed, path), image.get(path) ?? '');
  }
  const flags = [
    ...FLAGS,
    '-w',
    '-D_GNU_SOURCE',
    '-iquote',
    build,
    ...includeFlags(session, folder, changed),
  ];
  const head = join(build, 'lifecycle.h.gch');
  gcc([...flags, '-x', 'c-header', join(PACK, 'lifecycle.h'), '-o', head]);
  // A changed file still finds what is beside it in the tree.
  const beside = patched.flatMap((path) => ['-iquote', join(folder, dirname(path))]);
  const own = filesBelow(PACK, '.c');
  const built = new Map<string, string>();
  function compiled(source: string): string {
    const object = built.get(source) ?? join(build, `${built.size}.o`);
    if (!built.has(source)) {
      gcc([...flags, ...beside, '-c', source, '-o', object]);
      built.set(source, object);
    }
    return object;
  }
  function unit(path: string): string {
    const isOwn = own.includes(join(PACK, path));
    return join(isOwn ? PACK : patched.includes(path) ? changed : folder, path);
  }
  return {
    folder: build,
    of(scenario) {
      const units = unitPaths(session.pack, image, groupOf(session.pack.groups, scenario.id));
      const sources = [...units.map(unit), ...filesBelow(join(PACK, 'native'), '.c')];
      const objects = sources.map(compiled);
      return { folder: build, objects, sources, flags: [...flags, ...beside, '-no-pie', LOOSE] };
    },
  };
}

/** How gcc takes a file that includes the pack's header, with a tree's own headers. */
export function treeFlags(session: Session, folder: string): string[] {
  return [...FLAGS, '-w', '-D_GNU_SOURCE', ...includeFlags(session, folder, folder)];
}

/** Folders of a tree are for `"x.h"` only, as in its own build; of the pack's shims all but libc. */
function includeFlags(session: Session, folder: string, changed: string): string[] {
  return session.pack.include
    .filter((path) => path !== LIBC)
    .flatMap((path) =>
      path.startsWith('shim/')
        ? ['-I', join(PACK, path)]
        : path === '.'
          ? ['-iquote', PACK, '-iquote', changed, '-iquote', folder]
          : path === 'linux-headers'
            ? ['-isystem', join(folder, path)]
            : ['-iquote', join(changed, path), '-iquote', join(folder, path)],
    );
}
