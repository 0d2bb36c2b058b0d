import type { Variable } from '../c/ast.ts';
import type { Machine } from '../machine/machine.ts';
import type { Watch } from '../machine/watch.ts';
import { isSameNode } from './graph.ts';
import type { GraphEdge, GraphNode, Moment, NodeState, Seen } from './graph.ts';
import type { EdgeLayout, Member, NodeLayout } from './graph-layout.ts';
import type { Pack } from './pack.ts';

/** What is watched is bounded: an execution of the bound on steps would be looked at for minutes. */
const MOST_NODES = 256;
const MOST_READS = 10_000_000;
const MOST_MOMENTS = 20_000;
/** Of one list or array. */
const MOST_LINKS = 64;
const LONGEST_NAME = 64;

interface Watched {
  readonly address: number;
  layout: NodeLayout;
  /** What its own field called it. */
  name: string | undefined;
  /** Whether it was seen to have references, or to point somewhere. */
  born: boolean;
  dying: boolean;
  ended: boolean;
}

export type Seeing = Pick<Machine, 'memory' | 'names'>;

/**
 * Finds the nodes of a traced execution by the parameters that they are passed as and by the pointers between them,
 * and keeps a moment whenever any of them changes.
 */
export class GraphWatch implements Watch {
  readonly #machine: Seeing;
  readonly #pack: Pack;
  readonly #layouts: ReadonlyMap<string, NodeLayout>;
  readonly #order: readonly string[];
  #nodes = new Map<number, Watched>();
  #moments: Moment[] = [];
  #reads = 0;
  /** Whether what is known of a node is new, so that it may be seen otherwise though no memory changed. */
  #learned = true;
  /** Calls that finalize a node and have not returned, by their depth in the watch's own count. */
  #ending: { readonly address: number; readonly callee: string }[] = [];

  constructor(machine: Seeing, pack: Pack, layouts: ReadonlyMap<string, NodeLayout>) {
    this.#machine = machine;
    this.#pack = pack;
    this.#layouts = layouts;
    this.#order = [...layouts.keys()];
  }

  begin(): void {
    this.#nodes = new Map();
    this.#moments = [];
    this.#ending = [];
    this.#reads = 0;
    this.#learned = true;
  }

  /** What was seen until now, the present included. */
  seen(length: number): Seen {
    this.look(length);
    const ids = this.#named();
    const known = new Map<GraphNode, GraphNode>();
    const idOf = (key: string): string => ids.get(Number(key)) ?? key;
    const named = (node: GraphNode): GraphNode => {
      const edges = node.edges.map((edge) => ({ ...edge, to: idOf(edge.to) }));
      const renamed = known.get(node) ?? { ...node, id: idOf(node.id), edges };
      known.set(node, renamed);
      return renamed;
    };
    const moments = this.#moments.map(({ at, nodes }) => ({
      at,
      nodes: new Map([...nodes.values()].map(named).map((node) => [node.id, node])),
    }));
    return { moments, ids };
  }

  enter(callee: Variable, values: readonly (number | bigint)[]): void {
    const params = callee.type.kind === 'function' ? callee.type.params : [];
    for (const [at, param] of params.entries()) {
      const address = values[at];
      if (param.kind === 'pointer' && 'tag' in param.to && typeof address === 'number') {
        this.#meet(address, param.to.tag);
      }
    }
    const end = this.#pack.graph.ends.find(({ call }) => call === callee.name);
    const address = end === undefined ? undefined : values[end.argument];
    if (typeof address === 'number') {
      this.#ending.push({ address, callee: callee.name });
    }
  }

  /** A function of that name returns. */
  leave(callee: string): void {
    if (this.#ending.at(-1)?.callee === callee) {
      const node = this.#nodes.get(this.#ending.pop()?.address ?? 0);
      if (node !== undefined) {
        node.ended = true;
        this.#learned = true;
      }
    }
  }

  look(length: number): void {
    if (this.#reads > MOST_READS || this.#moments.length >= MOST_MOMENTS) {
      return;
    }
    if (!this.#machine.memory.hasChanged() && !this.#learned) {
      return;
    }
    this.#learned = false;
    const last = this.#moments.at(-1)?.nodes;
    const nodes = new Map<string, GraphNode>();
    let changed = false;
    // A node that is met on the way is behind the others, and looked at as well.
    for (const watched of this.#nodes.values()) {
      const node = this.#read(watched, last);
      if (node !== undefined) {
        const before = last?.get(node.id);
        const same = before !== undefined && isSameNode(before, node);
        changed ||= !same;
        nodes.set(node.id, same ? before : node);
      }
    }
    if (changed) {
      this.#moments.push({ at: length, nodes });
    }
  }

  /**
   * A pointer to a record of that tag: the most special of the types that a living node is seen with counts. What
   * looks at the dying may well take one for the other.
   */
  #meet(address: number, tag: string): Watched | undefined {
    const known = this.#nodes.get(address);
    const layout = this.#layouts.get(tag);
    if (layout === undefined || address === 0) {
      return known;
    }
    if (known !== undefined) {
      const isMore = this.#order.indexOf(tag) < this.#order.indexOf(known.layout.type);
      if (isMore && !known.dying && !known.ended) {
        known.layout = layout;
        this.#learned = true;
      }
      return known;
    }
    if (this.#nodes.size >= MOST_NODES) {
      return undefined;
    }
    const node = {
      address,
      layout,
      name: undefined,
      born: false,
      dying: false,
      ended: false,
    };
    this.#nodes.set(address, node);
    this.#learned = true;
    return node;
  }

  #read(watched: Watched, last: ReadonlyMap<string, GraphNode> | undefined): GraphNode | undefined {
    const { layout, address } = watched;
    this.#reads += 1 + layout.edges.length;
    const isThere = this.#machine.memory.isAlive(address);
    const count = this.#member(address, layout.count);
    this.#age(watched, count);
    if (!watched.born) {
      return undefined;
    }
    const state = stateOf(watched, isThere);
    const edges = state === 'alive' || state === 'dying' ? this.#edges(watched) : [];
    const id = String(address);
    watched.name ??= this.#nameIn(watched);
    return {
      id,
      kind: layout.kind,
      count: isThere ? (count ?? null) : (last?.get(id)?.count ?? null),
      state,
      edges,
    };
  }

  /** A node is born with its first reference, or its first pointer where it counts none, and can be born again. */
  #age(watched: Watched, count: number | undefined): void {
    const { born, dying, ended } = watched;
    this.#grow(watched, count);
    // A node that was looked at before another one led to it is seen by the next look.
    this.#learned ||= watched.born !== born || watched.dying !== dying || watched.ended !== ended;
  }

  #grow(watched: Watched, count: number | undefined): void {
    const { layout, address } = watched;
    if (layout.count === undefined) {
      watched.born ||= layout.edges.some(
        ({ offset }) => (this.#machine.memory.peek(address + offset, 8) ?? 0) !== 0,
      );
      watched.dying = watched.ended;
      return;
    }
    if (count !== undefined && count > 0) {
      watched.born = true;
      if (watched.ended) {
        watched.ended = false;
        watched.dying = false;
      }
    } else if (count === 0 && watched.born) {
      watched.dying = true;
    }
  }

  #edges(watched: Watched): GraphEdge[] {
    const edges: GraphEdge[] = [];
    for (const edge of watched.layout.edges) {
      for (const address of this.#targets(watched.address, edge)) {
        const target = this.#meet(address, edge.target);
        // What it points to may not be anything yet, or not be an object of this kind at all.
        if (target?.born === true || (target !== undefined && this.#isBorn(target))) {
          const to = String(address);
          if (!edges.some((each) => each.field === edge.field && each.to === to)) {
            const many = edge.next !== undefined || edge.array !== undefined;
            edges.push({ field: edge.field, role: edge.role, to, many });
          }
        }
      }
    }
    return edges;
  }

  #isBorn(target: Watched): boolean {
    this.#age(target, this.#member(target.address, target.layout.count));
    return target.born;
  }

  #targets(address: number, edge: EdgeLayout): number[] {
    const { memory } = this.#machine;
    const first = memory.peek(address + edge.offset, 8) ?? 0;
    if (first === 0) {
      return [];
    }
    const { array, next } = edge;
    if (array !== undefined) {
      const length = Math.min(MOST_LINKS, this.#member(address, array.length) ?? 0);
      this.#reads += length;
      return Array.from(
        { length },
        (_, at) => memory.peek(first + at * array.stride + array.each, 8) ?? 0,
      ).filter((each) => each !== 0);
    }
    const found = next === undefined ? [first] : this.#chain(first, next);
    this.#reads += found.length;
    return found;
  }

  #chain(first: number, next: number): number[] {
    const found: number[] = [];
    for (let link = first; link !== 0 && found.length < MOST_LINKS;) {
      if (found.includes(link)) {
        break;
      }
      found.push(link);
      link = this.#machine.memory.peek(link + next, 8) ?? 0;
    }
    return found;
  }

  #member(address: number, member: Member | undefined): number | undefined {
    return member === undefined
      ? undefined
      : this.#machine.memory.peek(address + member.offset, member.size);
  }

  /** Moments by name instead of address: what the pack's C calls a node, what its own field says, or its kind and a number. */
  #named(): Map<number, string> {
    const ids = new Map<number, string>();
    const taken = new Set<string>();
    for (const { address, layout, name, born } of this.#nodes.values()) {
      if (born) {
        const own = this.#machine.names.get(address) ?? name;
        let id = own ?? `${layout.kind} 1`;
        for (let count = 2; taken.has(id); count++) {
          id = own === undefined ? `${layout.kind} ${count}` : `${own}#${count}`;
        }
        taken.add(id);
        ids.set(address, id);
      }
    }
    return ids;
  }

  #nameIn({ address, layout }: Watched): string | undefined {
    const { memory } = this.#machine;
    let at = this.#member(address, layout.name) ?? 0;
    const codes: number[] = [];
    for (let code = memory.peek(at, 1); code; code = memory.peek(++at, 1)) {
      if (codes.push(code) > LONGEST_NAME) {
        break;
      }
    }
    return codes.length === 0 ? undefined : new TextDecoder().decode(Uint8Array.from(codes));
  }
}

function stateOf(watched: Watched, isThere: boolean): NodeState {
  if (!isThere) {
    return 'freed';
  }
  if (watched.ended) {
    return 'finalized';
  }
  return watched.dying ? 'dying' : 'alive';
}
