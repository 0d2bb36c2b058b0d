import { setFlagsFromString } from 'node:v8';
import type { TranslationUnit } from '../c/ast.ts';
import { dumpAst, dumpTypes } from '../c/dump-ast.ts';
import { parseTranslationUnit } from '../c/parse.ts';
import { preprocess } from '../c/preprocess.ts';
import { dumpTokens, printTokens } from '../c/print-tokens.ts';
import { CError } from '../c/source.ts';
import type { Token } from '../c/token.ts';
import { describeSite } from '../lifecycle/ledger.ts';
import type { Execution } from '../machine/execution.ts';
import { DEFAULT_BOUNDS } from '../machine/execution.ts';
import { linkProgram, type Program } from '../machine/program.ts';
import { packFolder, readImage } from '../tree/image.ts';
import { readInput } from './bytes.ts';
import { Failure } from './failure.ts';
import { openStandardStreams } from './standard-streams.ts';
import { renderExecution } from './replay-text.ts';

/** A plain program may run longer than a scenario, and nest its calls deeper. */
const BOUNDS = { ...DEFAULT_BOUNDS, steps: 2_000_000_000, depth: 5_000 };
/** KiB of JavaScript stack that so many nested C calls fit in; below the 8 MiB a process has. */
const STACK_KIB = 6_500;
const STOPPED = 99;

/** What `--dump` prints of a C file. */
export const C_STAGES = ['tokens', 'preprocessed', 'ast', 'types', 'trace'] as const;
export type CStage = (typeof C_STAGES)[number];

interface Source {
  readonly tokens: readonly Token[];
  readonly unit: TranslationUnit;
}

export interface ExecOptions {
  /** The folder of the tree that the program is linked with, and a revision where it is a repository. */
  readonly tree?: string;
  readonly base?: string;
  /** What is carried out on the tree first. */
  readonly patch?: string;
}

/** Runs a C program as natively; a stop of the machine is told on stderr and exits with 99. */
export async function execCommand(
  file: string,
  args: readonly string[],
  options: ExecOptions = {},
): Promise<number> {
  const linked = await linkSource(file, options);
  if (linked === undefined) {
    return 2;
  }
  setFlagsFromString(`--stack-size=${STACK_KIB}`);
  const { stdin, write, flush } = openStandardStreams();
  const execution = linked.run({ entry: 'main', args, bounds: BOUNDS, stdin, output: write });
  flush();
  if (execution.outcome === 'clean') {
    return execution.exitStatus;
  }
  const at = execution.at === undefined ? '' : ` ${describeSite(execution.at)}`;
  // A script reads one line; a person, or who needs to know what is not supported, the reason before it.
  const wanted = process.stderr.isTTY || execution.outcome === 'unsupported';
  const reason = wanted ? `check-lifecycle: ${execution.message}\n` : '';
  write(2, Buffer.from(`${reason}outcome: ${execution.outcome}${at}\n`));
  return STOPPED;
}

/** The program alone, or with the files of a tree. */
async function linkSource(file: string, options: ExecOptions): Promise<Program | undefined> {
  if (options.tree !== undefined || options.base !== undefined) {
    const { linkWithTree } = await import('./exec-tree.ts');
    return linkWithTree(file, options, options.patch);
  }
  if (options.patch !== undefined) {
    throw new Failure('exec --patch needs --tree FOLDER.');
  }
  const source = await readSource(file);
  return source && linkProgram([source.unit], { policy: { stubs: [] } });
}

/** Prints one stage of the front-end, or the trace of an execution. */
export async function dumpSource(file: string, stage: CStage): Promise<number> {
  const source = await readSource(file);
  if (source === undefined) {
    return 2;
  }
  process.stdout.write(printStage(source, stage));
  return 0;
}

function printStage({ tokens, unit }: Source, stage: CStage): string {
  switch (stage) {
    case 'tokens':
      return dumpTokens(tokens);
    case 'preprocessed':
      return printTokens(tokens);
    case 'ast':
      return dumpAst(unit);
    case 'types':
      return dumpTypes(unit);
    case 'trace':
      return renderExecution(trace(unit));
  }
}

function trace(unit: TranslationUnit): Execution {
  setFlagsFromString(`--stack-size=${STACK_KIB}`);
  const program = linkProgram([unit], { policy: { stubs: [] }, trace: true });
  return program.run({ entry: 'main', bounds: BOUNDS });
}

/** Undefined when the program is no C: every error has been told. */
async function readSource(file: string): Promise<Source | undefined> {
  const text = (await readInput(file)).toString('utf8');
  const shim = await readImage(packFolder('memory-region'));
  try {
    const { tokens, missing } = preprocess({
      main: file,
      fs: { read: (path: string) => (path === file ? text : shim.get(path)) },
      include: ['shim/libc', 'shim/glib'],
    });
    const unit = parseTranslationUnit(tokens);
    const errors = [
      ...missing.map(({ path, location }) => new CError(location, `there is no header ${path}`)),
      ...unit.errors,
      ...bodyErrors(unit, file),
    ];
    errors.forEach(report);
    return errors.length === 0 ? { tokens, unit } : undefined;
  } catch (error) {
    if (error instanceof CError) {
      report(error);
      return undefined;
    }
    throw error;
  }
}

/** A header's functions may stay unread, the program's own are compiled as a whole. */
export function bodyErrors(unit: TranslationUnit, file: string): CError[] {
  const errors: CError[] = [];
  for (const { body } of unit.globals.values()) {
    try {
      // Where the body is: a header may have declared the function.
      if (body?.first.file === file) {
        body.get();
      }
    } catch (error) {
      if (!(error instanceof CError)) {
        throw error;
      }
      errors.push(error);
    }
  }
  return errors;
}

export function report(error: CError): void {
  process.stderr.write(`check-lifecycle: ${String(error)}\n`);
}
