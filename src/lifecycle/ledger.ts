import type { Site, TraceEvent } from '../machine/execution.ts';
import type { Traced } from './engine.ts';
import { matches } from './pack.ts';
import type { Pack } from './pack.ts';

/** One reference taken or dropped. */
export interface LedgerEntry {
  readonly object: string;
  readonly kind: 'take' | 'drop';
  /** `path:line function` of the line that did it; see `describeSite`. */
  readonly at: string;
  /** On whose behalf: the region handed in, or the function that called. */
  readonly holder: string;
  /** A take that was dropped, a drop whose take was seen. */
  readonly matched: boolean;
}

/**
 * The references of both sides on the objects of a finding, and where the two part (an index; the length of
 * the shorter if it is a prefix).
 */
export interface LedgerComparison {
  readonly before: readonly LedgerEntry[];
  readonly after: readonly LedgerEntry[];
  readonly partsAt: number | null;
}

type Call = Extract<TraceEvent, { kind: 'call' }>;

/** A call that takes or drops a reference. */
export interface Reference {
  /** Of its event in the trace. */
  readonly index: number;
  readonly identity: string;
  readonly object: string;
  readonly kind: 'take' | 'drop';
  readonly site: Site;
  readonly holder: string;
  readonly key: string;
}

type Draft = Reference & { matched: boolean };

/**
 * Every reference a traced execution took or dropped, in order. A drop answers the last open take of
 * the same object for the same holder, else the last open one for anybody. The first drop that
 * answers none gives up the reference an object is born with.
 */
export function buildLedger(pack: Pack, execution: Traced): LedgerEntry[] {
  const drafts = referencesOf(pack, execution).map((each): Draft => ({ ...each, matched: false }));
  const open = new Map<string, Draft[]>();
  const born = new Set<string>();
  for (const draft of drafts) {
    const takes = open.get(draft.identity) ?? [];
    open.set(draft.identity, takes);
    if (draft.kind === 'take') {
      takes.push(draft);
      continue;
    }
    const index = takes.findLastIndex((take) => take.key === draft.key);
    if (index >= 0) {
      const [take] = takes.splice(index, 1);
      draft.matched = true;
      if (take !== undefined) {
        take.matched = true;
      }
    } else if (!born.has(draft.identity)) {
      born.add(draft.identity);
      draft.matched = true;
    }
  }
  return drafts.map(({ object, kind, site, holder, matched }) => ({
    object,
    kind,
    at: describeSite(site),
    holder,
    matched,
  }));
}

/** The calls of a traced execution that take or drop references, in order. */
export function referencesOf(pack: Pack, { trace, seen }: Traced): Reference[] {
  const { take, drop, through } = pack.references;
  const names = latestNames(trace);
  // What the graph calls an object is shorter than where in which other one it lies.
  seen?.ids.forEach((id, address) => names.set(String(address), id));
  const drafts: Reference[] = [];
  const stack: Call[] = [];
  for (const [index, event] of trace.entries()) {
    if (event.kind !== 'call') {
      continue;
    }
    while ((stack.at(-1)?.depth ?? -1) >= event.depth) {
      stack.pop();
    }
    const taken = take.find((each) => each.call === event.callee);
    const rule = taken ?? drop.find((each) => each.call === event.callee);
    if (rule !== undefined && isPointer(event.values[rule.argument])) {
      const passed = passedOn(stack, through, event);
      const identity = String(event.values[rule.argument]);
      // An object does not hold itself: then the function that asked for it does.
      const isHolder = passed !== undefined && String(passed.values[0]) !== identity;
      drafts.push({
        index,
        identity,
        object: nameOf(event, rule.argument, names),
        kind: taken === undefined ? 'drop' : 'take',
        site: passed?.site ?? event.site,
        holder: isHolder ? nameOf(passed, 0, names) : (passed ?? event).site.function,
        key: isHolder ? String(passed.values[0]) : '',
      });
    }
    stack.push(event);
  }
  return drafts;
}

/** The outermost of the calls that only pass the reference on; undefined where the call itself is made by a holder. */
function passedOn(
  stack: readonly Call[],
  through: readonly string[],
  event: Call,
): Call | undefined {
  let passed: Call | undefined;
  let { site } = event;
  for (let top = stack.length; top > 0;) {
    const name = site.function;
    top = stack.slice(0, top).findLastIndex((call) => call.callee === name);
    const via = stack[top];
    if (via === undefined || !matches(through, via.callee)) {
      break;
    }
    passed = via;
    ({ site } = via);
  }
  return passed;
}

function isPointer(value: number | bigint | undefined): boolean {
  return value !== undefined && Number(value) !== 0;
}

/** What pointers are called in the end: an object is named after its first references, when it is whole. */
function latestNames(trace: readonly TraceEvent[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const event of trace) {
    for (const [at, shown] of event.kind === 'call' ? event.args.entries() : []) {
      if (event.kind === 'call' && !/^-?\d|^NULL$/u.test(shown)) {
        names.set(String(event.values[at]), objectName(shown));
      }
    }
  }
  return names;
}

function nameOf(call: Call, argument: number, names: ReadonlyMap<string, string>): string {
  return names.get(String(call.values[argument])) ?? objectName(call.args[argument]);
}

function objectName(shown: string | undefined): string {
  return (shown ?? '?').replace(/\+0x0$/u, '');
}

/**
 * `path:line function`, as JSON and text show a place. On a line that the patch changes, path and line are
 * the patch's own; elsewhere they are those of the file that ran, by its path in the rule pack (`model/...`).
 */
export function describeSite(site: Site): string {
  return `${site.location.file}:${site.location.line} ${site.function}`;
}

/**
 * Both ledgers of the objects that a finding is about, and the first entry at which they differ in object,
 * kind, holder or function. `message`: how the execution ended; the objects that it names come first.
 */
export function compareLedgers(
  before: readonly LedgerEntry[],
  after: readonly LedgerEntry[],
  message = '',
): LedgerComparison {
  const told = new Set(
    [...before, ...after].flatMap(({ object }) => (mentions(message, object) ? [object] : [])),
  );
  for (const { object } of after.filter((each) => each.kind === 'drop' && !each.matched)) {
    told.add(object);
  }
  const own = restrict(before, after, told);
  const parting = own.partsAt === null ? partingObject(before, after) : undefined;
  return parting === undefined ? own : restrict(before, after, new Set([...told, parting]));
}

/** Whether a sentence says `D1`, or `D1+0x40` of what lies in it. */
export function mentions(message: string, object: string): boolean {
  return message.split(/[^\w+]+/u).some((word) => word === object || word.startsWith(`${object}+`));
}

function restrict(
  before: readonly LedgerEntry[],
  after: readonly LedgerEntry[],
  objects: ReadonlySet<string>,
): LedgerComparison {
  const left = before.filter(({ object }) => objects.has(object));
  const right = after.filter(({ object }) => objects.has(object));
  return { before: left, after: right, partsAt: partsAt(left, right) };
}

function partsAt(before: readonly LedgerEntry[], after: readonly LedgerEntry[]): number | null {
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index++) {
    if (shape(before[index]) !== shape(after[index])) {
      return index;
    }
  }
  return null;
}

/** The object whose references differ first. */
function partingObject(
  before: readonly LedgerEntry[],
  after: readonly LedgerEntry[],
): string | undefined {
  let best: { object: string; at: number } | undefined;
  for (const object of new Set([...before, ...after].map((each) => each.object))) {
    const own = restrict(before, after, new Set([object]));
    if (own.partsAt !== null) {
      const left = own.before[own.partsAt];
      const right = own.after[own.partsAt];
      const at = Math.min(
        left === undefined ? Infinity : before.indexOf(left),
        right === undefined ? Infinity : after.indexOf(right),
      );
      best = best === undefined || at < best.at ? { object, at } : best;
    }
  }
  return best?.object;
}

/** Whether two entries say the same of both sides, whatever their lines. */
export function sameShape(a: LedgerEntry | undefined, b: LedgerEntry | undefined): boolean {
  return shape(a) === shape(b);
}

function shape(entry: LedgerEntry | undefined): string {
  return entry === undefined
    ? ''
    : [entry.object, entry.kind, entry.holder, entry.at.replace(/^\S+/u, '')].join('|');
}
