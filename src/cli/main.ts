#!/usr/bin/env node
import { CommanderError } from 'commander';
import { Failure } from './failure.ts';
import { buildProgram } from './program.ts';

/** Runs one call and returns its exit status. */
async function main(argv: readonly string[]): Promise<number> {
  let status = 0;
  const program = buildProgram((code) => {
    status = code;
  });
  if (argv.length === 0) {
    process.stderr.write(program.helpInformation());
    return 2;
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : 2;
  }
  if (error instanceof Failure) {
    process.stderr.write(`check-lifecycle: ${error.message}\n`);
    return error.status;
  }
  // Input errors of the rooms say file and line themselves.
  if (
    error instanceof Error &&
    ['InputError', 'PackError', 'ScenarioError', 'CError', 'TreeError', 'ApplyError'].includes(
      error.name,
    )
  ) {
    process.stderr.write(`check-lifecycle: ${String(error).replace(/^\w+Error: /u, '')}\n`);
    return 2;
  }
  process.stderr.write(
    `check-lifecycle: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 3;
}

// `check-lifecycle … | head` closes the pipe early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2));
