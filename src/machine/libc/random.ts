import type { BuiltinTable, Runtime } from '../runtime.ts';
import { num, once } from './value.ts';

/**
 * glibc's additive feedback generator, so that a program that prints random numbers prints the same here:
 * r[i] = r[i-3] + r[i-31], of which the first 310 are thrown away.
 */
interface Generator {
  readonly words: Uint32Array;
  at: number;
}

const DEGREE = 31;
const SEPARATION = 3;

function seeded(seed: number): Generator {
  const words = new Uint32Array(DEGREE);
  let word = seed === 0 ? 1 : seed | 0;
  for (let i = 0; i < DEGREE; i++) {
    words[i] = word;
    word = Number((BigInt(word) * 16807n) % 2147483647n);
    word += word < 0 ? 2147483647 : 0;
  }
  const generator = { words, at: SEPARATION };
  for (let i = 0; i < 310; i++) {
    next(generator);
  }
  return generator;
}

/** The ring holds the last 31 words; the oldest is at `at`. */
function next(generator: Generator): number {
  const { words, at } = generator;
  const word = ((words[at] ?? 0) + (words[(at + DEGREE - SEPARATION) % DEGREE] ?? 0)) >>> 0;
  words[at] = word;
  generator.at = (at + 1) % DEGREE;
  return word >>> 1;
}

function generatorOf(rt: Runtime): Generator {
  return once(rt, 'random', () => seeded(1));
}

export const RANDOM: BuiltinTable = {
  rand: (rt) => next(generatorOf(rt)),
  random: (rt) => BigInt(next(generatorOf(rt))),
  srand: reseed,
  srandom: reseed,
};

function reseed(rt: Runtime, _site: number, [value]: readonly (number | bigint)[]): undefined {
  rt.state.set('random', seeded(num(value)));
  return undefined;
}
