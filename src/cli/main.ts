#!/usr/bin/env node
import { CommanderError } from 'commander';
import { setFlagsFromString } from 'node:v8';
import { explain, systemReason, worstStatus } from './failure.ts';
import { Interrupt } from './guard.ts';
import { buildProgram } from './program.ts';

/**
 * Compiled C is thousands of small functions that run for a second: V8 would spend a fifth of a review on inlining
 * them into one another (bench/review.mjs).
 */
setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');

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
  if (error instanceof Interrupt) {
    // As if nothing had caught it: the shell must see that the signal ended us.
    process.kill(process.pid, 'SIGINT');
  }
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : 2;
  }
  const { text, status } = explain(error);
  process.stderr.write(`check-lifecycle: ${text}\n`);
  return status;
}

let written = 0;

// `check-lifecycle … | head` closes the pipe early: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && written === 0) {
    process.stderr.write(
      `check-lifecycle: standard output cannot be written: ${systemReason(error)}; write elsewhere with --output FILE.\n`,
    );
    written = 2;
    process.exitCode = worstStatus([Number(process.exitCode ?? 0), written]);
  }
});
process.stderr.on('error', () => undefined);

const status = await main(process.argv.slice(2));
// A program that `exec` runs has a status of its own.
process.exitCode = written === 0 ? status : worstStatus([status, written]);
