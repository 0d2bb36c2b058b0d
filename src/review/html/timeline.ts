import type { Finding, GraphNode, Step } from '../schema.ts';

export type Graph = ReadonlyMap<string, GraphNode>;

/** What one side does in a row: its step where it makes one, and the graph that it is left with. */
export interface Moment {
  /** Undefined where the other side alone does something. */
  readonly step: Step | undefined;
  readonly graph: Graph;
  /** Ids of the nodes that changed with the step. */
  readonly hot: ReadonlySet<string>;
  /** How the execution ended, once it has. */
  readonly ended: string | undefined;
}

/** Both executions side by side: steps that are the same stand in one row. */
export interface Row {
  readonly before: Moment;
  readonly after: Moment;
}

export interface Timeline {
  readonly rows: readonly Row[];
  /** The first row in which the sides differ; undefined where none is. */
  readonly partsAt: number | undefined;
}

export function timelineOf({ before, after }: Finding['steps']): Timeline {
  const sides = { before: new Walk(before), after: new Walk(after) };
  const rows: Row[] = [];
  let partsAt: number | undefined;
  for (const { isBefore, isAfter } of align(before.map(keyOf), after.map(keyOf))) {
    if (!(isBefore && isAfter)) {
      partsAt ??= rows.length;
    }
    rows.push({ before: sides.before.moment(isBefore), after: sides.after.moment(isAfter) });
  }
  return { rows, partsAt };
}

function keyOf({ what, at }: Step): string {
  return `${at?.function ?? ''} ${what}`;
}

class Walk {
  readonly #steps: readonly Step[];
  #next = 0;
  #graph: Graph = new Map();

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  moment(isOwn: boolean): Moment {
    const step = isOwn ? this.#steps[this.#next++] : undefined;
    const changed = step?.changed ?? [];
    if (changed.length > 0) {
      this.#graph = new Map([...this.#graph, ...changed.map((node) => [node.id, node] as const)]);
    }
    return {
      step,
      graph: this.#graph,
      hot: new Set(changed.map(({ id }) => id)),
      ended: this.#next < this.#steps.length ? undefined : this.#steps.at(-1)?.what,
    };
  }
}

interface Pairing {
  readonly isBefore: boolean;
  readonly isAfter: boolean;
}

/** The longest common subsequence, as rows: what only one side has goes by itself, the base first. */
function align(before: readonly string[], after: readonly string[]): Pairing[] {
  const width = after.length + 1;
  const best = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      const same = before[i] === after[j] ? 1 + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(skip, same);
    }
  }
  const rows: Pairing[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const isPair = i < before.length && j < after.length && before[i] === after[j];
    const isBefore =
      isPair ||
      j >= after.length ||
      (i < before.length && (best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0));
    rows.push({ isBefore, isAfter: isPair || !isBefore });
    i += isBefore ? 1 : 0;
    j += isPair || !isBefore ? 1 : 0;
  }
  return rows;
}
