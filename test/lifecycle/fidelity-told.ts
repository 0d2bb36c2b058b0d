import type { Execution } from '../../src/machine/execution.ts';
import type { NativeOutcome } from '../model/native.ts';

/** Outcome, the function of an assertion, and the regions in the order of their end. */
function told(outcome: string, at: string | undefined, finalized: readonly string[]): string {
  return [outcome, ...(at === undefined ? [] : [at]), ...finalized].join(' ');
}

export function toldByMachine(end: Execution): string {
  const order = end.trace.flatMap((event) =>
    event.kind === 'note' ? (/^finalized region (.+)$/u.exec(event.text)?.[1] ?? []) : [],
  );
  return told(end.outcome, end.outcome === 'assertion' ? end.at?.function : undefined, order);
}

export function toldByGcc(end: NativeOutcome): string {
  return told(end.kind, end.function, end.finalized);
}
