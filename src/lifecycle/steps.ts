import type { Traced } from './engine.ts';
import { NOTHING_SEEN, type GraphNode, type Moment } from './graph.ts';
import type { LedgerComparison } from './ledger.ts';
import { describeSite, mentions } from './ledger.ts';
import type { Pack } from './pack.ts';
import { draftSteps, type Draft } from './step-drafts.ts';

/** A statement of a counterexample that touches an object of it. */
export interface Step {
  /** `path:line function`, see `describeSite`; null for an end that is at no place. */
  readonly place: string | null;
  readonly at: { readonly path: string; readonly line: number; readonly function: string } | null;
  /** The source line, without the blanks around it. */
  readonly text: string;
  readonly what: string;
  /** The nodes that are others after this step than after the one before it. */
  readonly changed: readonly GraphNode[];
}

/** A counterexample on both sides; `partsAt` are the first steps that differ. */
export interface Steps {
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  readonly partsAt: { readonly before: number; readonly after: number } | null;
}

export interface StepsSide {
  readonly execution: Traced;
  /** A line of the C that ran. */
  readonly text: (path: string, line: number) => string;
}

/** So many are shown of a side: the first ones, and those around its end. */
const MOST_STEPS = 120;
const FIRST_STEPS = 40;

/** Both executions cut to the statements that touch the objects that a finding is about, or what these are linked with. */
export function compareSteps(
  pack: Pack,
  sides: { readonly before: StepsSide; readonly after: StepsSide },
  ledger: LedgerComparison,
): Steps {
  const executions = [sides.before.execution, sides.after.execution];
  const concerned = concernedNodes(executions, ledger);
  const drafts = {
    before: draftSteps(pack, sides.before.execution, concerned),
    after: draftSteps(pack, sides.after.execution, concerned),
  };
  const before = shorten(fold(drafts.before, drafts.after));
  const after = shorten(fold(drafts.after, drafts.before));
  const at = partsAt(before, after);
  return {
    before: finish(before, sides.before, concerned),
    after: finish(after, sides.after, concerned),
    partsAt: at === null ? null : { before: at, after: at },
  };
}

/** One execution cut to the statements that touch what it ends with, or what that is linked with. */
export function stepsOf(pack: Pack, side: StepsSide): readonly Step[] {
  const concerned = concernedNodes([side.execution], NO_LEDGER);
  const drafts = draftSteps(pack, side.execution, concerned);
  return finish(shorten(fold(drafts, drafts)), side, concerned);
}

const NO_LEDGER: LedgerComparison = { before: [], after: [], partsAt: null };

/** Names of the nodes that the finding tells of, and of all that were ever linked with them; where it tells of none, all that have links. */
function concernedNodes(executions: readonly Traced[], ledger: LedgerComparison): Set<string> {
  const links = new Map<string, Set<string>>();
  const nodes = new Set(
    executions.flatMap(({ seen = NOTHING_SEEN }) => seen.moments.flatMap(nodesOf)),
  );
  for (const { id, edges } of nodes) {
    for (const { to } of edges) {
      links.set(id, (links.get(id) ?? new Set()).add(to));
      links.set(to, (links.get(to) ?? new Set()).add(id));
    }
  }
  const ids = new Set([...nodes].map(({ id }) => id));
  const told = [...ledger.before, ...ledger.after].map(({ object }) => object);
  const start = [...ids].filter(
    (id) => told.includes(id) || executions.some(({ message }) => mentions(message, id)),
  );
  const found = new Set(start.length === 0 ? links.keys() : start);
  for (const id of found) {
    links.get(id)?.forEach((other) => found.add(other));
  }
  return found;
}

function nodesOf({ nodes }: Moment): GraphNode[] {
  return [...nodes.values()];
}

/** What both sides do alike inside of a call that is told as one is one step. */
function fold(own: readonly Draft[], other: readonly Draft[]): Draft[] {
  const [inside, outside] = [wholes(own), wholes(other)];
  const steps: Draft[] = [];
  for (const [at, draft] of own.entries()) {
    const { whole } = draft;
    const theirs = whole && outside.get(whole.key);
    const isAlike = theirs === undefined || theirs === inside.get(whole?.key ?? '');
    if (whole === undefined || !isAlike) {
      steps.push(draft);
    } else if (own[at + 1]?.whole?.key !== whole.key) {
      steps.push({ ...draft, site: whole.site, what: whole.told(draft.nodes) });
    }
  }
  return steps;
}

/** What is done in each such call, as one text. */
function wholes(drafts: readonly Draft[]): Map<string, string> {
  const shapes = new Map<string, string>();
  for (const draft of drafts) {
    if (draft.whole !== undefined) {
      const { key } = draft.whole;
      shapes.set(key, `${shapes.get(key) ?? ''}\n${shape(draft)}`);
    }
  }
  return shapes;
}

function shorten(drafts: readonly Draft[]): readonly Draft[] {
  const out = drafts.length - MOST_STEPS;
  const first = drafts.slice(0, FIRST_STEPS);
  const last = first.at(-1);
  if (out <= 0 || last === undefined) {
    return drafts;
  }
  const gap: Draft = { ...last, site: undefined, what: `${out} steps are left out here` };
  return [...first, gap, ...drafts.slice(FIRST_STEPS + out)];
}

function partsAt(before: readonly Draft[], after: readonly Draft[]): number | null {
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index++) {
    if (shape(before[index]) !== shape(after[index])) {
      return index;
    }
  }
  return null;
}

function shape(draft: Draft | undefined): string {
  return draft === undefined ? '' : `${draft.site?.function ?? ''} ${draft.what}`;
}

function finish(drafts: readonly Draft[], side: StepsSide, concerned: ReadonlySet<string>): Step[] {
  let last: ReadonlyMap<string, GraphNode> = new Map();
  return drafts.map(({ site, what, nodes }) => {
    const changed = [...nodes.values()].filter(
      (node) => concerned.has(node.id) && last.get(node.id) !== node,
    );
    last = nodes;
    const { file: path, line } = site?.location ?? { file: '', line: 0 };
    return {
      place: site === undefined ? null : describeSite(site),
      at: site === undefined ? null : { path, line, function: site.function },
      text: site === undefined ? '' : side.text(path, line).trim(),
      what,
      changed,
    };
  });
}
