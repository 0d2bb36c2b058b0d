import type { Variable } from '../c/ast.ts';
import type { Location } from '../c/source.ts';
import type { Machine } from './machine.ts';

/** What ran: `file:line` of marked statements, and names of functions. */
export interface Ran {
  readonly lines: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** What was read of marks on one side before. Many executions set the same ones, and share the sets. */
export class Reading {
  /** By the marks that were set. */
  readonly rans = new Map<string, Ran>();
  /** Of each mark, `file:line` of its statements. */
  readonly places: (readonly string[] | undefined)[] = [];
}

/** How many lines further down a function stands than where it was compiled for. */
export type Shift = (variable: Variable | undefined) => number;

/** Source lines that run together, and the function that they are in; the name of a function that was entered. */
interface Mark {
  readonly locations: readonly Location[];
  readonly variable: Variable | undefined;
  readonly entered?: string;
}

const LATIN1 = new TextDecoder('latin1');

/** Numbers by which generated code says in `R.covered` that a statement ran, and what they stand for. */
export class Marks {
  readonly #machine: Machine;
  readonly #marks: Mark[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  add(mark: Mark): number {
    const index = this.#marks.push(mark) - 1;
    if (index >= this.#machine.covered.length) {
      const grown = new Uint8Array(Math.max(256, this.#machine.covered.length * 2));
      grown.set(this.#machine.covered);
      this.#machine.covered = grown;
    }
    return index;
  }

  /** What the marks of the present execution stand for. */
  ran(reading: Reading, shift: Shift): Ran {
    const set = this.#machine.covered.subarray(0, this.#marks.length);
    const key = LATIN1.decode(set);
    const ran = reading.rans.get(key) ?? this.#read(set, reading, shift);
    reading.rans.set(key, ran);
    return ran;
  }

  #read(set: Uint8Array, { places }: Reading, shift: Shift): Ran {
    const lines = new Set<string>();
    const functions = new Set<string>();
    for (let index = set.indexOf(1); index >= 0; index = set.indexOf(1, index + 1)) {
      const { locations = [], variable, entered } = this.#marks[index] ?? {};
      const known =
        places[index] ?? locations.map(({ file, line }) => `${file}:${line + shift(variable)}`);
      places[index] = known;
      known.forEach((place) => lines.add(place));
      if (entered !== undefined) {
        functions.add(entered);
      }
    }
    return { lines, functions };
  }
}
