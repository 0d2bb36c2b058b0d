import type { Execution, Site, TraceEvent } from '../machine/execution.ts';
import { matches } from './pack.ts';
import type { Pack } from './pack.ts';

/** One reference taken or dropped. */
export interface LedgerEntry {
  readonly object: string;
  readonly kind: 'take' | 'drop';
  /** `path:line function` of the line that did it. */
  readonly at: string;
  /** On whose behalf: the region handed in, or the function that called. */
  readonly holder: string;
  /** A take that was dropped, a drop whose take was seen. */
  readonly matched: boolean;
}

/** The references of both sides, and where the two part (an index; the length of the shorter if it is a prefix). */
export interface LedgerComparison {
  readonly before: readonly LedgerEntry[];
  readonly after: readonly LedgerEntry[];
  readonly partsAt: number | null;
}

type Call = Extract<TraceEvent, { kind: 'call' }>;

interface Draft {
  readonly identity: string;
  readonly object: string;
  readonly kind: 'take' | 'drop';
  readonly site: Site;
  readonly holder: string;
  readonly key: string;
  matched: boolean;
}

/**
 * Every reference a traced execution took or dropped, in order. A drop answers the last open take of
 * the same object for the same holder, else the last open one for anybody. The first drop that
 * answers none gives up the reference an object is born with.
 */
export function buildLedger(pack: Pack, execution: Execution): LedgerEntry[] {
  const drafts = collect(pack, execution.trace);
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

function collect(pack: Pack, trace: readonly TraceEvent[]): Draft[] {
  const { take, drop, through } = pack.references;
  const drafts: Draft[] = [];
  const stack: Call[] = [];
  for (const event of trace) {
    if (event.kind !== 'call') {
      continue;
    }
    while ((stack.at(-1)?.depth ?? -1) >= event.depth) {
      stack.pop();
    }
    const taken = take.find((each) => each.call === event.callee);
    const rule = taken ?? drop.find((each) => each.call === event.callee);
    if (rule !== undefined && isPointer(event.values[rule.argument])) {
      const via = stack.findLast((call) => call.callee === event.site.function);
      const passed = via !== undefined && matches(through, via.callee) ? via : undefined;
      drafts.push({
        identity: String(event.values[rule.argument]),
        object: objectName(event.args[rule.argument]),
        kind: taken === undefined ? 'drop' : 'take',
        site: passed?.site ?? event.site,
        holder: passed?.args[0] ?? event.site.function,
        key: passed === undefined ? '' : String(passed.values[0]),
        matched: false,
      });
    }
    stack.push(event);
  }
  return drafts;
}

function isPointer(value: number | bigint | undefined): boolean {
  return value !== undefined && Number(value) !== 0;
}

function objectName(shown: string | undefined): string {
  return (shown ?? '?').replace(/\+0x0$/u, '');
}

/** `path:line function`, as JSON and text show a place. */
export function describeSite(site: Site): string {
  return `${site.location.file}:${site.location.line} ${site.function}`;
}

/** Both ledgers, and the first entry at which they differ in object, kind, holder or function. */
export function compareLedgers(
  before: readonly LedgerEntry[],
  after: readonly LedgerEntry[],
): LedgerComparison {
  const length = Math.min(before.length, after.length);
  for (let index = 0; index < length; index++) {
    if (shape(before[index]) !== shape(after[index])) {
      return { before, after, partsAt: index };
    }
  }
  return { before, after, partsAt: before.length === after.length ? null : length };
}

function shape(entry: LedgerEntry | undefined): string {
  return entry === undefined
    ? ''
    : [entry.object, entry.kind, entry.holder, entry.at.replace(/^\S+/u, '')].join('|');
}
