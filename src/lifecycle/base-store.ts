import type { Execution } from '../machine/execution.ts';
import type { Image } from '../tree/image.ts';
import type { Side } from './replay.ts';
import type { Scenario } from './scenario.ts';

/** Keeps texts by name from one call of the program to the next; may forget them, and must not fail. */
export interface Store {
  load(name: string): string | undefined;
  save(name: string, text: string): void;
}

/** A side as it is kept: what a review asks of it, without traces and output. */
interface Kept {
  readonly scenarios: readonly Scenario[];
  readonly ends: readonly Omit<Execution, 'covered' | 'functions' | 'notModelled'>[];
  /** Different sets of functions, and which of them each scenario ran. */
  readonly sets: readonly (readonly string[])[];
  readonly ran: readonly number[];
  readonly covered: readonly string[];
  readonly notModelled: readonly string[];
}

export function encodeSide(side: Side): string {
  const sets = new Map<string, number>();
  const ran = side.scenarios.map(({ id }) => {
    const key = [...(side.functions.get(id) ?? [])].join(' ');
    const index = sets.get(key) ?? sets.size;
    sets.set(key, index);
    return index;
  });
  const kept: Kept = {
    scenarios: side.scenarios,
    ends: side.scenarios.map(({ id }) => endOnly(side.worst.get(id))),
    sets: [...sets.keys()].map((key) => key.split(' ')),
    ran,
    covered: [...side.covered],
    notModelled: [...side.notModelled],
  };
  return JSON.stringify(kept);
}

function endOnly(execution: Execution | undefined): Kept['ends'][number] {
  if (execution === undefined) {
    throw new Error('a scenario was not run');
  }
  const { outcome, at, message, choices, steps, exitStatus } = execution;
  const end = { outcome, message, choices, steps, exitStatus };
  return { ...end, ...(at && { at }), stack: [], trace: [], stdout: '', stderr: '' };
}

/** The shape; what is in it was written by this build of the program. */
function isKept(value: unknown): value is Kept {
  const names = ['scenarios', 'ends', 'sets', 'ran', 'covered', 'notModelled'];
  return names.every((name) => Array.isArray(Reflect.get(Object(value), name)));
}

/** Undefined for a text that `encodeSide` did not write. */
export function decodeSide(image: Image, text: string): Side | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    if (!isKept(kept)) {
      return undefined;
    }
    const sets = kept.sets.map((names) => new Set(names));
    const none = { covered: new Set<string>(), notModelled: new Set<string>() };
    const pairs = kept.scenarios.map(({ id }, index) => {
      const end = kept.ends[index];
      const functions = sets[kept.ran[index] ?? -1];
      if (end === undefined || functions === undefined) {
        throw new Error(`${id} has no end`);
      }
      return { id, functions, end: { ...end, ...none, functions } };
    });
    return {
      image,
      scenarios: kept.scenarios,
      worst: new Map(pairs.map(({ id, end }) => [id, end])),
      functions: new Map(pairs.map(({ id, functions }) => [id, functions])),
      covered: new Set(kept.covered),
      notModelled: new Set(kept.notModelled),
    };
  } catch {
    return undefined;
  }
}
