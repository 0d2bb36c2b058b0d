import type { GraphNode } from '../schema.ts';
import type { Layout, Line, Place } from './layout.ts';
import { markup, Markup, NONE } from './markup.ts';
import type { Graph, Moment } from './timeline.ts';

export const STATES = ['none', 'alive', 'dying', 'finalized', 'freed'] as const;
export const LINES = ['none', 'tie', 'up', 'down', 'arrow', 'dangling'] as const;

/** How a node is at a moment; `state` is `none` where it is not shown. */
export interface NodeLook {
  readonly state: (typeof STATES)[number];
  readonly note: string;
  readonly isHot: boolean;
}

/** `tie`: container and part agree; `up` or `down`: only one of them points to the other; `arrow`: a plain pointer. */
export interface LineLook {
  readonly state: (typeof LINES)[number];
  readonly isHot: boolean;
}

export interface Look {
  readonly nodes: readonly NodeLook[];
  readonly lines: readonly LineLook[];
  /** The same in words. */
  readonly text: string;
}

/** What of a layout shows at a moment. */
export function lookOf({ places, lines }: Layout, moment: Moment): Look {
  const { graph, hot } = moment;
  const shown = [...places.values()].map((place): NodeLook => {
    const node = graph.get(place.id);
    return {
      state: node === undefined || !isShown(node, graph, places) ? 'none' : node.state,
      note: node === undefined ? '' : noteOf(node),
      isHot: hot.has(place.id),
    };
  });
  return {
    nodes: shown,
    lines: lines.map((line) => lineLook(line, graph, hot)),
    text: describe(graph, places),
  };
}

/** What is freed stays where its owner's box is, or while somebody still points to it. */
function isShown(node: GraphNode, graph: Graph, places: Layout['places']): boolean {
  const place = places.get(node.id);
  const isLoose = node.kind === 'space' || node.kind === 'view';
  const isPointedTo = [...graph.values()].some(({ edges }) =>
    edges.some(({ to }) => to === node.id),
  );
  return place !== undefined && (node.state !== 'freed' || !isLoose || isPointedTo);
}

function noteOf({ count, state }: GraphNode): string {
  if (state === 'finalized' || state === 'freed') {
    return state;
  }
  const references = count === null ? '' : `ref ${count}`;
  return state === 'dying' ? [references, 'dying'].filter(Boolean).join(', ') : references;
}

function lineLook(line: Line, graph: Graph, hot: ReadonlySet<string>): LineLook {
  const { from, to, field } = line;
  const isHot = hot.has(from) || hot.has(to);
  const target = graph.get(to)?.state;
  const isGone = target === 'freed' || target === 'finalized';
  if (field !== undefined) {
    const isThere = hasEdge(graph, from, to, (edge) => edge.field === field);
    return { state: isThere ? (isGone ? 'dangling' : 'arrow') : 'none', isHot: hot.has(from) };
  }
  const down = hasEdge(graph, from, to, ({ role }) => role === 'contains');
  const up = hasEdge(graph, to, from, ({ role }) => role === 'within');
  const state = down ? (up ? 'tie' : 'down') : up ? 'up' : 'none';
  return { state, isHot };
}

function hasEdge(
  graph: Graph,
  from: string,
  to: string,
  wanted: (edge: GraphNode['edges'][number]) => boolean,
): boolean {
  return graph.get(from)?.edges.some((edge) => edge.to === to && wanted(edge)) ?? false;
}

/** The graph in words, for those who do not see it. */
export function describe(graph: Graph, places: Layout['places']): string {
  const texts = [...graph.values()]
    .filter((node) => places.has(node.id) && isShown(node, graph, places))
    .map((node) => {
      const edges = node.edges.map(({ field, to }) => `${field} ${to}`);
      return `${node.kind} ${node.id}: ${[noteOf(node), ...edges].filter(Boolean).join(', ')}`;
    });
  return texts.length === 0 ? 'No objects yet.' : `${texts.join('; ')}.`;
}

/** The graph as SVG. `isWhole`: also what does not show now, for a script to show. */
export function drawGraph(layout: Layout, look: Look, label: string, isWhole = false): Markup {
  const places = [...layout.places.values()];
  const draw = (isBox: boolean): Markup[] =>
    places.map((place, at) => {
      const node = look.nodes[at];
      const wanted = place.isBox === isBox && (isWhole || node?.state !== 'none');
      return node !== undefined && wanted ? drawNode(place, node, at) : NONE;
    });
  const lines = layout.lines.map((line, at) => {
    const drawn = look.lines[at];
    return drawn !== undefined && (isWhole || drawn.state !== 'none')
      ? drawLine(layout, line, drawn, at)
      : NONE;
  });
  const box = `0 0 ${round(layout.width)} ${round(layout.height)}`;
  return markup`<svg
    class="graph"
    viewBox="${box}"
    width="${round(layout.width)}"
    height="${round(layout.height)}"
    role="img"
    aria-label="${label}: ${look.text}"
  >
    ${draw(true)}${lines}${draw(false)}
  </svg>`;
}

function drawNode(place: Place, look: NodeLook, at: number): Markup {
  const { x, y, width, height, id, kind, isBox } = place;
  const left = x + 12;
  const note = isBox
    ? markup`<text class="note" x="${round(x + width - 12)}" y="${round(y + 20)}" text-anchor="end"
        >${look.note}</text
      >`
    : markup`<text class="note" x="${left}" y="${round(y + 33)}">${look.note}</text>`;
  const limit = isBox ? 32 : 13;
  const shown = id.length > limit ? `${id.slice(0, limit - 1)}…` : id;
  const title = kind === '' || id.startsWith(kind) ? id : `${kind} ${id}`;
  const classes = `node ${isBox ? 'box' : 'item'} ${safeClass(kind)}${look.isHot ? ' hot' : ''}`;
  return markup`<g class="${classes}" data-n="${at}" data-s="${look.state}"
    ><title>${title}</title
    ><rect
      x="${round(x)}"
      y="${round(y)}"
      width="${round(width)}"
      height="${round(height)}"
      rx="${isBox ? 10 : 6}"
    /><text class="name" x="${left}" y="${round(y + (isBox ? 20 : 18))}">${shown}</text>${note}</g
  >`;
}

function safeClass(kind: string): string {
  return `kind-${kind.replaceAll(/[^\w-]/gu, '')}`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function drawLine({ places }: Layout, line: Line, look: LineLook, at: number): Markup {
  const [from, to] = [places.get(line.from), places.get(line.to)];
  if (from === undefined || to === undefined) {
    return NONE;
  }
  const curve = curveOf(from, to);
  const [start, a, b, end] = curve;
  const path = `M${point(start)}C${point(a)} ${point(b)} ${point(end)}`;
  const kind = line.field === undefined ? 'tie' : 'pointer';
  const middle = labelPlace(curve);
  const label =
    line.field === undefined
      ? NONE
      : markup`<text
          class="field"
          x="${round(middle.x)}"
          y="${round(middle.y + 4)}"
          text-anchor="middle"
          >${line.field}</text
        >`;
  return markup`<g
    class="line ${kind}${look.isHot ? ' hot' : ''}"
    data-l="${at}"
    data-s="${look.state}"
    ><path d="${path}" />${label}</g
  >`;
}

const BULGE = 34;

type Curve = readonly [Point, Point, Point, Point];

/** Boxes and titles that a pointer passes without touching a node. */
const FREE = 120;

/** From side to side where one is beside the other, from edge to edge where one is below, around where nodes lie between. */
function curveOf(from: Place, to: Place): Curve {
  const [right, bottom] = [from.x + from.width, from.y + from.height];
  const middle = { from: center(from), to: center(to) };
  const isBelow = to.y >= bottom;
  if (!isBelow && to.y + to.height > from.y) {
    const isRight = to.x >= right;
    if (Math.abs(middle.from.x - middle.to.x) > 2 * from.width) {
      const [start, end] = [
        { x: middle.from.x, y: bottom },
        { x: middle.to.x, y: to.y + to.height },
      ];
      return [start, { x: start.x, y: bottom + BULGE }, { x: end.x, y: bottom + BULGE }, end];
    }
    const start = { x: isRight ? right : from.x, y: middle.from.y };
    const end = { x: isRight ? to.x : to.x + to.width, y: middle.to.y };
    const bend = Math.max(18, Math.abs(end.x - start.x) / 2) * (isRight ? 1 : -1);
    return [start, { x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }, end];
  }
  const gap = isBelow ? to.y - bottom : from.y - (to.y + to.height);
  if (gap > FREE && Math.abs(middle.from.x - middle.to.x) < from.width) {
    const start = { x: right, y: middle.from.y };
    const end = { x: to.x + to.width, y: middle.to.y };
    const x = Math.max(start.x, end.x) + BULGE;
    return [start, { x, y: start.y }, { x, y: end.y }, end];
  }
  const start = { x: middle.from.x, y: isBelow ? bottom : from.y };
  const end = { x: middle.to.x, y: isBelow ? to.y : to.y + to.height };
  const bend = Math.max(8, gap / 2) * (isBelow ? 1 : -1);
  return [start, { x: start.x, y: start.y + bend }, { x: end.x, y: end.y - bend }, end];
}

function center({ x, y, width, height }: Place): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Where the name of a field stands: halfway on short lines, nearer to where long ones begin, which are told apart there. */
function labelPlace([start, a, b, end]: Curve): Point {
  const t = Math.abs(end.y - start.y) > 60 ? 0.36 : 0.5;
  const at = (axis: 'x' | 'y'): number =>
    (1 - t) ** 3 * start[axis] +
    3 * (1 - t) ** 2 * t * a[axis] +
    3 * (1 - t) * t ** 2 * b[axis] +
    t ** 3 * end[axis];
  return { x: at('x'), y: at('y') };
}

function point({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
