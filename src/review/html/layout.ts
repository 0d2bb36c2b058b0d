import type { GraphNode } from '../schema.ts';
import type { Row } from './timeline.ts';

export const WIDTH = 116;
export const HEIGHT = 42;
const GAP = { x: 52, y: 22 };
/** Names of fields stand between what is above. */
const ABOVE_GAP = 78;
const MARGIN = 10;
const TITLE = 32;
const PADDING = 14;
const BETWEEN = 30;

/** Where a node is drawn, in every graph of a finding alike, so that only what changes moves the eye. */
export interface Place {
  readonly id: string;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Drawn around others. */
  readonly isBox: boolean;
}

/** A link that is drawn: between a container and what is in it, or a plain pointer. */
export interface Line {
  readonly from: string;
  readonly to: string;
  /** Both pointers of a container and its part are one line; otherwise the name of the field. */
  readonly field: string | undefined;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Place>;
  readonly lines: readonly Line[];
}

/** All nodes that a finding ever shows. */
class Union {
  readonly nodes = new Map<string, GraphNode>();
  readonly owners = new Map<string, string>();
  readonly parents = new Map<string, Set<string>>();
  readonly lines = new Map<string, Line>();
  /** First and last row in which a node is there. */
  readonly spans = new Map<string, { first: number; last: number }>();

  constructor(rows: readonly Row[]) {
    for (const [index, { before, after }] of rows.entries()) {
      for (const node of [...before.graph.values(), ...after.graph.values()]) {
        this.#add(node, index);
      }
    }
  }

  #add(node: GraphNode, index: number): void {
    if (node.state !== 'freed') {
      const span = this.spans.get(node.id) ?? { first: index, last: index };
      span.last = index;
      this.spans.set(node.id, span);
    }
    if (this.nodes.get(node.id) === node) {
      return;
    }
    this.nodes.set(node.id, node);
    for (const { field, role, to } of node.edges) {
      if (role === 'owner') {
        this.owners.set(node.id, to);
      } else {
        const [from, end] = role === 'within' ? [to, node.id] : [node.id, to];
        const isTie = role !== 'refers';
        this.lines.set(JSON.stringify([from, end, isTie ? '' : field]), {
          from,
          to: end,
          field: isTie ? undefined : field,
        });
        if (isTie) {
          this.parents.set(end, (this.parents.get(end) ?? new Set()).add(from));
        }
      }
    }
  }

  depth(id: string, below: ReadonlySet<string> = new Set()): number {
    const parents = [...(this.parents.get(id) ?? [])].filter((each) => !below.has(each));
    const seen = new Set([...below, id]);
    return below.size > 8
      ? 0
      : Math.max(0, ...parents.map((parent) => 1 + this.depth(parent, seen)));
  }
}

/**
 * Address spaces and views above; below them a box for each owner, with its regions from left to right as deep as
 * they lie in containers.
 */
export function layOut(rows: readonly Row[]): Layout {
  const union = new Union(rows);
  const ids = [...union.nodes.keys()];
  const boxes = new Set(union.owners.values());
  const linked = new Set([...union.lines.values()].flatMap(({ from, to }) => [from, to]));
  const isTied = (id: string): boolean =>
    union.owners.has(id) ||
    [...union.lines.values()].some(
      ({ from, to, field }) => field === undefined && (from === id || to === id),
    );
  const inner = ids.filter((id) => !boxes.has(id) && isTied(id));
  const loose = ids.filter((id) => !boxes.has(id) && !isTied(id));
  const above = loose.filter((id) => linked.has(id));
  // What nothing is ever linked with is an object without parts: a box of its own.
  const alone = loose.filter((id) => !linked.has(id));
  const places = new Map<string, Place>();
  let y = MARGIN + placeAbove(union, above, places);
  for (const owner of [...boxes, ...alone, '']) {
    const members = inner.filter((id) => (union.owners.get(id) ?? '') === owner);
    if (owner !== '' || members.length > 0) {
      y += placeGroup(union, owner, members, y, places) + BETWEEN;
    }
  }
  const all = [...places.values()];
  const right = PADDING + Math.max(WIDTH * 2, ...all.map((place) => place.x + place.width));
  const width = right + MARGIN;
  widenBoxes(places, right);
  const lines = [...union.lines.values()].filter(
    ({ from, to }) => places.has(from) && places.has(to),
  );
  return { width, height: y - BETWEEN + MARGIN, places, lines };
}

/** A row of what stands outside of owners; one that is gone leaves its place to the next of its kind. */
function placeAbove(union: Union, ids: readonly string[], places: Map<string, Place>): number {
  const kinds = [...new Set(ids.map((id) => union.nodes.get(id)?.kind ?? ''))];
  let slots = 0;
  for (const kind of kinds) {
    const ends: number[] = [];
    for (const id of ids.filter((each) => union.nodes.get(each)?.kind === kind)) {
      const { first, last } = union.spans.get(id) ?? { first: 0, last: 0 };
      const free = ends.findIndex((end) => end < first);
      const slot = free < 0 ? ends.length : free;
      ends[slot] = last;
      const x = MARGIN + PADDING + (slots + slot) * (WIDTH + ABOVE_GAP);
      places.set(id, { id, kind, x, y: MARGIN, width: WIDTH, height: HEIGHT, isBox: false });
    }
    slots += ends.length;
  }
  return slots === 0 ? 0 : HEIGHT + BETWEEN + GAP.y;
}

function placeGroup(
  union: Union,
  owner: string,
  members: readonly string[],
  top: number,
  places: Map<string, Place>,
): number {
  const title = owner === '' ? 0 : TITLE;
  const rows: number[] = [];
  for (const id of members) {
    const column = union.depth(id);
    const row = rows[column] ?? 0;
    rows[column] = row + 1;
    places.set(id, {
      id,
      kind: union.nodes.get(id)?.kind ?? '',
      x: MARGIN + PADDING + column * (WIDTH + GAP.x),
      y: top + title + PADDING / 2 + row * (HEIGHT + GAP.y),
      width: WIDTH,
      height: HEIGHT,
      isBox: false,
    });
  }
  const most = Math.max(0, ...rows.filter((count) => count > 0));
  const inside = most === 0 ? 0 : most * (HEIGHT + GAP.y) - GAP.y + PADDING / 2 + PADDING;
  const height = title + inside;
  if (owner !== '') {
    const kind = union.nodes.get(owner)?.kind ?? '';
    places.set(owner, { id: owner, kind, x: MARGIN, y: top, width: 0, height, isBox: true });
  }
  return height;
}

function widenBoxes(places: Map<string, Place>, right: number): void {
  for (const place of places.values()) {
    if (place.isBox) {
      places.set(place.id, { ...place, width: right - place.x });
    }
  }
}
