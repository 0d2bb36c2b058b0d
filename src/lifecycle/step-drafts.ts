import type { Site, TraceEvent } from '../machine/execution.ts';
import type { Traced } from './engine.ts';
import { NOTHING_SEEN, type GraphNode, type Moment } from './graph.ts';
import { referencesOf, type Reference } from './ledger.ts';
import { matches, type Pack } from './pack.ts';
import { changesBetween, joinChanges, type Change } from './step-words.ts';

/** Where libraries are stood in for: who called them is told instead. */
const SHIM = 'shim/';

type Nodes = ReadonlyMap<string, GraphNode>;
type Call = Extract<TraceEvent, { kind: 'call' }>;

/** A call that can be told as one step. */
export interface Whole {
  /** The call and which of its kind it is. */
  readonly key: string;
  readonly site: Site;
  readonly depth: number;
  /** In words, with what it came to. */
  readonly told: (after: Nodes) => string;
}

export interface Draft {
  readonly site: Site | undefined;
  what: string;
  /** The graph after it. */
  nodes: Nodes;
  readonly whole: Whole | undefined;
  /** A reference that is on the point of being taken or dropped: the change of its count belongs to this step. */
  awaits?: string | undefined;
}

/** Every statement of a traced execution that touches one of the nodes, in order, and the end. */
export function draftSteps(pack: Pack, execution: Traced, concerned: ReadonlySet<string>): Draft[] {
  const drafter = new Drafter(pack, execution, concerned);
  for (const [index, event] of execution.trace.entries()) {
    drafter.step(index, event);
  }
  return drafter.finish();
}

class Drafter {
  readonly #pack: Pack;
  readonly #execution: Traced;
  readonly #concerned: ReadonlySet<string>;
  readonly #references: ReadonlyMap<number, Reference>;
  readonly #moments: readonly Moment[];
  readonly #ids: ReadonlyMap<number, string>;
  readonly #drafts: Draft[] = [];
  readonly #counts = new Map<string, number>();
  /** The statement that each open function is at, by depth. */
  readonly #lines: (Site | undefined)[] = [];
  #nodes: Nodes = new Map();
  #next = 0;
  #whole: Whole | undefined;
  #previous: TraceEvent | undefined;

  constructor(pack: Pack, execution: Traced, concerned: ReadonlySet<string>) {
    const { moments, ids } = execution.seen ?? NOTHING_SEEN;
    this.#pack = pack;
    this.#execution = execution;
    this.#concerned = concerned;
    this.#references = new Map(referencesOf(pack, execution).map((each) => [each.index, each]));
    this.#moments = moments;
    this.#ids = ids;
  }

  step(index: number, event: TraceEvent): void {
    this.#advance(index);
    if (event.kind === 'statement') {
      this.#lines[event.depth] = event.site;
    } else if (event.kind === 'call') {
      this.#call(index, event);
    } else if (event.kind === 'return' && event.depth <= (this.#whole?.depth ?? 0)) {
      this.#whole = undefined;
    }
    this.#previous = event.kind === 'choice' || event.kind === 'note' ? this.#previous : event;
  }

  finish(): Draft[] {
    this.#advance(this.#execution.trace.length);
    const { at, outcome, message } = this.#execution;
    this.#whole = undefined;
    this.#push(at, outcome === 'clean' ? 'the program ends clean' : `${outcome}: ${message}`);
    return this.#drafts;
  }

  /** What the graph shows since the event before. */
  #advance(index: number): void {
    const moment = this.#moments[this.#next];
    if (moment === undefined || moment.at > index) {
      return;
    }
    this.#next++;
    const changes = changesBetween(this.#nodes, moment.nodes).filter(({ id }) =>
      this.#concerned.has(id),
    );
    this.#nodes = moment.nodes;
    const last = this.#drafts.at(-1);
    const rest = changes.filter(({ id, isCount }) => !isCount || id !== last?.awaits);
    if (last !== undefined && rest.length < changes.length) {
      last.nodes = moment.nodes;
      if (moment.nodes.get(last.awaits ?? '')?.count === 0) {
        last.what = last.what.replace('a reference', 'the last reference');
      }
      last.awaits = undefined;
    }
    if (rest.length > 0) {
      this.#change(rest);
    }
  }

  #change(changes: readonly Change[]): void {
    this.#push(this.#where(), joinChanges(changes));
  }

  /** The statement that was running until now. */
  #where(): Site | undefined {
    const event = this.#previous;
    if (event?.kind !== 'statement' && event?.kind !== 'call' && event?.kind !== 'return') {
      return undefined;
    }
    const depth = event.kind === 'statement' ? event.depth : event.depth - 1;
    const lines = this.#lines.slice(0, depth + 1);
    return lines.findLast((site) => site?.location.file.startsWith(SHIM) === false);
  }

  #call(index: number, event: Call): void {
    if (this.#whole === undefined && matches(this.#pack.graph.whole, event.callee)) {
      this.#whole = this.#openWhole(event);
    }
    const reference = this.#references.get(index);
    const object = reference && this.#ids.get(Number(reference.identity));
    if (reference !== undefined && object !== undefined && this.#concerned.has(object)) {
      this.#push(reference.site, wordsOf(reference), object);
    } else if (matches(this.#pack.graph.tell, event.callee) && this.#touches(event)) {
      this.#push(event.site, this.#callText(event));
    }
  }

  #openWhole(event: Call): Whole {
    const text = this.#callText(event);
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    const start = this.#nodes;
    return {
      key: `${text} ${count}`,
      site: event.site,
      depth: event.depth,
      told: (after) => {
        // Numbers would make the same call on both sides two different ones.
        const changes = changesBetween(start, after).filter(
          ({ id, isCount }) => !isCount && this.#concerned.has(id),
        );
        return changes.length === 0 ? text : `${text}: ${joinChanges(changes)}`;
      },
    };
  }

  #touches({ values }: Call): boolean {
    return values.some((value) => this.#concerned.has(this.#ids.get(Number(value)) ?? ''));
  }

  #callText({ callee, args, values }: Call): string {
    const shown = args.map((arg, at) => this.#ids.get(Number(values[at])) ?? arg);
    return `${callee}(${shown.join(', ')})`;
  }

  #push(site: Site | undefined, what: string, awaits?: string): void {
    this.#drafts.push({ site, what, nodes: this.#nodes, whole: this.#whole, awaits });
  }
}

function wordsOf({ kind, object, holder, key }: Reference): string {
  const whose = key === '' ? '' : ` for ${holder}`;
  return `${kind}s a reference on ${object}${whose}`;
}
