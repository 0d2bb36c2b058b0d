import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { canLink, parsePack } from '../../src/lifecycle/pack.ts';
import { parseScenario } from '../../src/lifecycle/scenario.ts';
import { wordsOf } from '../../src/lifecycle/tree.ts';
import { OUTCOMES, type OutcomeKind } from '../../src/machine/outcome.ts';

export const PACK = 'rules/memory-region';
export const FLAGS = ['-std=gnu11', '-g', '-O0', '-fsanitize=address', '-fno-omit-frame-pointer'];
const TIMEOUT = 10_000;

/** How a scenario ended under gcc with AddressSanitizer. */
export interface NativeOutcome {
  readonly kind: OutcomeKind;
  /** The function that an assertion is in. */
  readonly function: string | undefined;
  /** The line of output that says so; empty for `clean`. */
  readonly message: string;
  /** Names of the regions in the order in which their finalize came to its end. */
  readonly finalized: readonly string[];
}

/** The pack as objects in a folder of its own, to be linked with one scenario after the other. */
export interface NativeBuild {
  readonly folder: string;
  /** In the order of `sources`, if these are told. */
  readonly objects: readonly string[];
  readonly sources?: readonly string[];
  readonly flags: readonly string[];
}

export function hasGcc(): boolean {
  return spawnSync('gcc', ['--version']).status === 0;
}

/** Paths of all files below a folder that end with an extension, sorted. */
export function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name))
    .toSorted();
}

/** The scenarios that the embedded model has the functions for, by id, with their paths. */
export function scenarioPaths(): Map<string, string> {
  const folder = join(PACK, 'scenarios');
  const pack = parsePack('pack.yaml', read(join(PACK, 'pack.yaml')));
  const has = wordsOf(filesBelow(join(PACK, 'model'), '').filter(isC).map(read));
  return new Map(
    filesBelow(folder, '.c')
      .map((path): [string, string] => [relative(folder, path).replace(/\.c$/u, ''), path])
      .filter(([id]) => canLink(pack, id))
      .filter(([id, path]) => parseScenario(id, path, read(path)).needs.every(has)),
  );
}

function isC(path: string): boolean {
  return /\.[ch]$/u.test(path);
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/**
 * Compiles the pack once. `model` is another folder with a changed copy of the model, to see what a
 * variant does. Throws with gcc's output where it does not compile.
 */
export function buildPack(model: string = join(PACK, 'model')): NativeBuild {
  const folder = mkdtempSync(join(tmpdir(), 'lifecycle-native-'));
  const shim = join(PACK, 'shim');
  const include = [PACK, join(model, 'include'), join(shim, 'glib'), join(shim, 'qemu')];
  const flags = [...FLAGS, ...include.flatMap((path) => ['-I', path])];
  const sources = [
    ...filesBelow(model, '.c'),
    ...filesBelow(join(PACK, 'native'), '.c'),
    join(shim, 'glib', 'glib.c'),
    join(PACK, 'lifecycle.c'),
    join(PACK, 'invariants.c'),
  ];
  const objects = sources.map((source, index) => {
    const object = join(folder, `${index}.o`);
    gcc([...flags, '-c', source, '-o', object]);
    return object;
  });
  return { folder, objects, flags };
}

export function dispose(build: Pick<NativeBuild, 'folder'>): void {
  rmSync(build.folder, { recursive: true, force: true });
}

/** Links a scenario with the pack and runs it; `choices` is like `1.0`. */
export function runScenario(build: NativeBuild, path: string, choices = ''): NativeOutcome {
  return runProgram(linkScenario(build, path), choices);
}

/** The program of a scenario, until the next one is linked. */
export function linkScenario(build: NativeBuild, path: string): string {
  const program = join(build.folder, 'scenario');
  gcc([...build.flags, path, ...build.objects, '-o', program]);
  return program;
}

export function runProgram(program: string, choices: string): NativeOutcome {
  const { status, stderr, error } = spawnSync(program, [], {
    encoding: 'utf8',
    timeout: TIMEOUT,
    env: {
      ...process.env,
      ASAN_OPTIONS: 'detect_leaks=1:abort_on_error=0',
      LIFECYCLE_CHOICES: choices,
      LIFECYCLE_LOG: '1',
    },
  });
  const timedOut = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
  return classify(timedOut ? 'timeout' : status, stderr);
}

/** Reads an outcome from the exit status and what the program said. */
export function classify(status: number | 'timeout' | null, stderr: string): NativeOutcome {
  const finalized = [...stderr.matchAll(/^note: finalized region (.+)$/gmu)].map(
    ([, name]) => name ?? '',
  );
  const as = (kind: OutcomeKind, message: string, at?: string): NativeOutcome => ({
    kind,
    message,
    function: at,
    finalized,
  });
  if (status === 'timeout') {
    return as('non-termination', 'the time was over');
  }
  const own = /^outcome: (\S+) (.*)$/mu.exec(stderr);
  if (status === 99 && own?.[1] !== undefined && isOutcome(own[1])) {
    return as(own[1], own[2] ?? '');
  }
  const assertion = /^\S+: .+:\d+: (\w+): Assertion .*$/mu.exec(stderr);
  if (assertion !== null) {
    return as('assertion', assertion[0], assertion[1]);
  }
  const unexpected = /^unexpected error in \w+\(\) .*$/imu.exec(stderr);
  if (unexpected !== null) {
    return as('assertion', unexpected[0], 'error_handle');
  }
  const lost = /^.*ERROR: LeakSanitizer: .*$/mu.exec(stderr);
  if (lost !== null) {
    return as('leak', lost[0]);
  }
  const sanitizer = /^.*ERROR: AddressSanitizer: .*$/mu.exec(stderr)?.[0];
  if (sanitizer !== undefined) {
    return as(sanitizerKind(sanitizer), sanitizer);
  }
  return status === 0
    ? as('clean', '')
    : as('unsupported', `status ${status}: ${stderr.slice(-500)}`);
}

const SANITIZER: readonly (readonly [RegExp, OutcomeKind])[] = [
  [/double-free/u, 'double-free'],
  [/use-after/u, 'use-after-free'],
  [/stack-overflow/u, 'stack-overflow'],
  [/overflow on address|buffer-overflow/u, 'out-of-bounds'],
  [/FPE/u, 'division-by-zero'],
  [/SEGV on unknown address 0x0{0,13}[0-9a-f]{1,3}\b/u, 'null-dereference'],
];

function sanitizerKind(line: string): OutcomeKind {
  return SANITIZER.find(([pattern]) => pattern.test(line))?.[1] ?? 'out-of-bounds';
}

function isOutcome(name: string): name is OutcomeKind {
  return Object.hasOwn(OUTCOMES, name);
}

export function gcc(args: readonly string[]): void {
  const { status, stderr } = spawnSync('gcc', args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`gcc ${args.at(-3) ?? ''}: ${stderr}`);
  }
}
