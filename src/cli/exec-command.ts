import { preprocess } from '../c/preprocess.ts';
import { parseTranslationUnit } from '../c/parse.ts';
import { describeSite } from '../lifecycle/ledger.ts';
import { DEFAULT_BOUNDS } from '../machine/execution.ts';
import { linkProgram } from '../machine/program.ts';
import { packFolder, readImage } from '../tree/image.ts';
import { readInput } from './bytes.ts';

/** A plain program may run longer than a scenario. */
const STEPS = 2_000_000_000;
const STOPPED = 99;

/** Runs a C program as natively; a stop of the machine is told on stderr and exits with 99. */
export async function execCommand(file: string, args: readonly string[]): Promise<number> {
  const source = (await readInput(file)).toString('utf8');
  const shim = await readImage(packFolder('memory-region'));
  const { tokens } = preprocess({
    main: file,
    fs: { read: (path: string) => (path === file ? source : shim.get(path)) },
    include: ['shim/libc', 'shim/glib', 'shim'],
  });
  const program = linkProgram([parseTranslationUnit(tokens)], { policy: { stubs: [] } });
  const execution = program.run({
    entry: 'main',
    args,
    bounds: { ...DEFAULT_BOUNDS, steps: STEPS, depth: 10_000 },
  });
  process.stdout.write(execution.stdout);
  process.stderr.write(execution.stderr);
  if (execution.outcome === 'clean' || execution.outcome === 'leak') {
    return execution.exitStatus;
  }
  const at = execution.at === undefined ? '' : ` ${describeSite(execution.at)}`;
  process.stderr.write(`outcome: ${execution.outcome}${at}\n${execution.message}\n`);
  return STOPPED;
}
