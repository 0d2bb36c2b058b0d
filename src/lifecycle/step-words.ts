import type { GraphEdge, GraphNode } from './graph.ts';

type Nodes = ReadonlyMap<string, GraphNode>;

/** A change of the graph in words, and the node that it is a change of. */
export interface Change {
  readonly id: string;
  /** Only the number of references is another. */
  readonly isCount: boolean;
  readonly text: string;
}

/** What changed between two graphs, as a reader of C would say it: `B.container = A`. */
export function changesBetween(before: Nodes, after: Nodes): Change[] {
  return [...after.values()].flatMap((node) => {
    const old = before.get(node.id);
    return old === node ? [] : changesOf(old, node);
  });
}

function changesOf(old: GraphNode | undefined, node: GraphNode): Change[] {
  const { id } = node;
  if (old === undefined || (node.state === 'alive' && isGone(old))) {
    return [{ id, isCount: false, text: `${id} is made` }];
  }
  const texts: { isCount: boolean; text: string }[] = [];
  if (node.count !== old.count && node.count !== null) {
    texts.push({ isCount: true, text: `references of ${id}: ${old.count ?? 0} → ${node.count}` });
  }
  if (isGone(node)) {
    return old.state === node.state ? [] : [{ id, isCount: false, text: `${id} is ${node.state}` }];
  }
  for (const text of edgeChanges(id, old.edges, node.edges)) {
    texts.push({ isCount: false, text });
  }
  return texts.map((each) => ({ id, ...each }));
}

function isGone({ state }: GraphNode): boolean {
  return state === 'finalized' || state === 'freed';
}

function edgeChanges(id: string, old: readonly GraphEdge[], now: readonly GraphEdge[]): string[] {
  const fields = new Set([...old, ...now].map(({ field }) => field));
  return [...fields].flatMap((field) => {
    const [was, is] = [targets(old, field), targets(now, field)];
    const gone = was.filter((to) => !is.includes(to));
    const come = is.filter((to) => !was.includes(to));
    if (gone.length === 0 && come.length === 0) {
      return [];
    }
    if (was.length <= 1 && is.length <= 1 && !isList([...old, ...now], field)) {
      return [`${id}.${field} = ${is[0] ?? 'NULL'}`];
    }
    return [
      ...gone.map((to) => `${to} leaves ${id}.${field}`),
      ...come.map((to) => `${to} joins ${id}.${field}`),
    ];
  });
}

function targets(edges: readonly GraphEdge[], field: string): string[] {
  return edges.filter((edge) => edge.field === field).map(({ to }) => to);
}

function isList(edges: readonly GraphEdge[], wanted: string): boolean {
  return edges.some(({ field, many }) => field === wanted && many);
}

const MOST_TOLD = 3;

/** Changes in one line. */
export function joinChanges(changes: readonly Change[]): string {
  const more = changes.length - MOST_TOLD;
  const told = changes.slice(0, MOST_TOLD).map(({ text }) => text);
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
