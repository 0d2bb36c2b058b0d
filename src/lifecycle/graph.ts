import type { EdgeRole } from './pack.ts';

/** How far a node's life has come: `dying` from its last reference on, `freed` when its memory is gone. */
export type NodeState = 'alive' | 'dying' | 'finalized' | 'freed';

/** A pointer to another node, by that one's id. */
export interface GraphEdge {
  readonly field: string;
  readonly role: EdgeRole;
  readonly to: string;
  /** One of several, of a list or an array. */
  readonly many: boolean;
}

/** An object of a kind that the pack draws, as it is at some moment. */
export interface GraphNode {
  /** Its name, which no other node of the execution has. */
  readonly id: string;
  readonly kind: string;
  /** References; null where its kind counts none. */
  readonly count: number | null;
  readonly state: NodeState;
  /** Of a living node only. */
  readonly edges: readonly GraphEdge[];
}

/** All nodes by id, as they were before the event of the trace with index `at`. */
export interface Moment {
  readonly at: number;
  readonly nodes: ReadonlyMap<string, GraphNode>;
}

/** What the graph showed in a traced execution: a moment for each change, in order. */
export interface Seen {
  readonly moments: readonly Moment[];
  /** Ids of nodes by address. */
  readonly ids: ReadonlyMap<number, string>;
}

export const NOTHING_SEEN: Seen = { moments: [], ids: new Map() };

export function isSameNode(a: GraphNode, b: GraphNode): boolean {
  return (
    a === b ||
    (a.count === b.count &&
      a.state === b.state &&
      a.edges.length === b.edges.length &&
      a.edges.every((edge, at) => {
        const other = b.edges[at];
        return other !== undefined && edge.field === other.field && edge.to === other.to;
      }))
  );
}
