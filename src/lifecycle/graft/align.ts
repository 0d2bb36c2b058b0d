import type { Shown } from './shown.ts';
import { spell } from './text.ts';
import { parents } from './blocks.ts';
import type { Unit } from './units.ts';

/** Names of the patch's side to the model's, within one function. */
export type Renames = ReadonlyMap<string, string>;

const CONTROL = /^(return|break|continue|goto|NULL|true|false|sizeof|case|default)$/;

function locals(units: readonly Unit[]): Set<string> {
  return new Set(units.flatMap((unit) => (unit.name === undefined ? [] : [unit.name])));
}

function weight(feature: string): number {
  const kind = feature.slice(0, 2);
  return kind === 'c:' ? 3 : kind === 'f:' || kind === 'k:' ? 2 : kind === 'o:' ? 0.5 : 1;
}

/** What a statement is recognised by: calls, fields, keywords, literals, names, operators. */
function features(unit: Unit, name: (text: string) => string): string[] {
  const { tokens } = unit;
  const found: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || /^[(),;{}]$/.test(token.text)) {
      continue;
    }
    const before = tokens[at - 1]?.text;
    if (token.kind !== 'identifier') {
      found.push(`${token.kind === 'punctuator' ? 'o' : 'l'}:${token.text}`);
    } else if (before === '->' || before === '.') {
      found.push(`f:${token.text}`);
    } else if (CONTROL.test(token.text)) {
      found.push(`k:${token.text}`);
    } else if (tokens[at + 1]?.text === '(') {
      found.push(`c:${token.text}`);
    } else {
      found.push(`v:${name(token.text)}`);
    }
  }
  return found;
}

function dice(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  let total = 0;
  for (const feature of b) {
    counts.set(feature, (counts.get(feature) ?? 0) + 1);
    total += weight(feature);
  }
  let shared = 0;
  for (const feature of a) {
    total += weight(feature);
    const left = counts.get(feature) ?? 0;
    if (left > 0) {
      counts.set(feature, left - 1);
      shared += weight(feature);
    }
  }
  return total === 0 ? 1 : (2 * shared) / total;
}

function sameClass(a: Unit, b: Unit): boolean {
  return (
    a.kind === b.kind &&
    (a.kind !== 'open' || a.word === b.word || a.word === '?' || a.word === '' || b.word === '?')
  );
}

/** 0 to 1; 0 where the two cannot stand for each other. */
type Score = (p: number, m: number) => number;

export const THRESHOLD = 0.5;
const ADJACENT = 0.1;
const SAME_COLUMN = 0.1;
/** Between equals, the one that reads the same. */
const SAME_TEXT = 0.05;

interface Table {
  readonly paired: Float64Array;
  readonly best: Float64Array;
}

/** Whether a row stands right behind the one before it, in sight. */
type Joined = (row: number) => boolean;

/** Best order-keeping alignments: `paired` ends with the pair (i, j), `best` lies anywhere before. */
function forward(rows: number, columns: number, score: Score, joined: Joined): Table {
  const width = columns + 1;
  const paired = new Float64Array((rows + 1) * width).fill(-Infinity);
  const best = new Float64Array((rows + 1) * width);
  for (let i = 1; i <= rows; i++) {
    for (let j = 1; j <= columns; j++) {
      const at = i * width + j;
      const diagonal = at - width - 1;
      const s = score(i - 1, j - 1);
      if (s > 0) {
        const bonus = joined(i - 1) ? ADJACENT : 0;
        paired[at] = s + Math.max(best[diagonal] ?? 0, (paired[diagonal] ?? -Infinity) + bonus);
      }
      best[at] = Math.max(best[at - width] ?? 0, best[at - 1] ?? 0, paired[at] ?? 0);
    }
  }
  return { paired, best };
}

/** For each row its column; `ambiguous` where another column would do as well. */
export interface Alignment {
  readonly of: readonly (number | undefined)[];
  readonly ambiguous: ReadonlySet<number>;
}

export function align(rows: number, columns: number, score: Score, joined: Joined): Alignment {
  const scores = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      scores[i * columns + j] = score(i, j);
    }
  }
  const cached: Score = (i, j) => scores[i * columns + j] ?? 0;
  const ahead = forward(rows, columns, cached, joined);
  const behind = forward(
    rows,
    columns,
    (i, j) => cached(rows - 1 - i, columns - 1 - j),
    (i) => joined(rows - i),
  );
  const width = columns + 1;
  const total = ahead.best[rows * width + columns] ?? 0;
  const of: (number | undefined)[] = [];
  const ambiguous = new Set<number>();
  let last = -1;
  for (let i = 0; i < rows; i++) {
    const ties: number[] = [];
    for (let j = 0; j < columns; j++) {
      const a = ahead.paired[(i + 1) * width + j + 1] ?? -Infinity;
      const b = behind.paired[(rows - i) * width + columns - j] ?? -Infinity;
      if (a + b - cached(i, j) > total - 1e-6) {
        ties.push(j);
      }
    }
    const pick = ties.find((j) => j > last);
    of.push(pick);
    if (pick !== undefined) {
      last = pick;
      if (ties.length > 1) {
        ambiguous.add(i);
      }
    }
  }
  return { of, ambiguous };
}

/** Where a unit's line begins: tells how deep it stands where a hunk does not show the blocks around it. */
function columnOf({ kind, partial, tokens: [first] }: Unit): number | undefined {
  return kind !== 'label' && !partial && first?.startsLine === true ? first.column : undefined;
}

/** Calls, fields and globals: the model has the names that QEMU has. */
function isFixed(feature: string, wild: (name: string) => boolean): boolean {
  return /^[cf]:/.test(feature) || (/^v:\w/.test(feature) && !wild(feature.slice(2)));
}

/** Both name something that all sides call the same, and nothing in common: `a = 0` is not `b = 0`. */
function strangers(
  a: ReadonlySet<string> = new Set(),
  b: ReadonlySet<string> = new Set(),
): boolean {
  return a.size > 0 && b.size > 0 && [...a].every((name) => !b.has(name));
}

/** How alike two lists of units are, pair by pair. */
function scorer(
  { units: pre, hunks }: Shown,
  model: readonly Unit[],
  renames: Renames,
  wild: (name: string) => boolean,
): Score {
  const own = locals(model);
  const taken = new Set(renames.values());
  const preNames = locals(pre);
  const words = new Set(model.flatMap((unit) => unit.tokens.map((token) => token.text)));
  // A hunk may use a local whose declaration it does not show.
  const isLocal = (text: string): boolean =>
    preNames.has(text) || (wild(text) && /[a-z]/.test(text) && (own.has(text) || !words.has(text)));
  const known = (text: string): string => renames.get(text) ?? (isLocal(text) ? '?' : text);
  const modelName = (text: string): string => (own.has(text) && !taken.has(text) ? '?' : text);
  const left = pre.map((unit) => features(unit, known));
  const right = model.map((unit) => features(unit, modelName));
  const leftNames = left.map((each) => new Set(each.filter((feature) => isFixed(feature, wild))));
  const rightNames = right.map((each) => new Set(each.filter((feature) => isFixed(feature, wild))));
  const leftParent = parents(pre, hunks);
  const rightParent = parents(model);
  const raw: Score = (p, m) => {
    const a = pre[p];
    const b = model[m];
    if (a === undefined || b === undefined || !sameClass(a, b)) {
      return 0;
    }
    const closes = a.tokens.length > 1 || b.tokens.length > 1;
    if (a.kind === 'else' || (a.kind === 'end' && !closes)) {
      return 0.3;
    }
    if (a.kind === 'simple' && !a.partial && strangers(leftNames[p], rightNames[m])) {
      return 0;
    }
    const alike = dice(left[p] ?? [], right[m] ?? []);
    return alike >= (a.partial ? 0.35 : THRESHOLD) ? alike : 0;
  };
  const leftColumn = pre.map(columnOf);
  const rightColumn = model.map(columnOf);
  const leftText = pre.map((unit) => spell(unit.tokens));
  const rightText = model.map((unit) => spell(unit.tokens));
  const isFirst = (p: number, m: number): boolean =>
    hunks[p] === hunks[p - 1] &&
    pre[p - 1]?.kind === 'declaration' &&
    model[m - 1]?.kind === 'declaration';
  return (p, m) => {
    const alike = raw(p, m);
    if (alike === 0) {
      return 0;
    }
    const above = leftParent[p];
    const aboveModel = rightParent[m];
    const inside = above === undefined || aboveModel === undefined ? 0 : raw(above, aboveModel);
    const column = leftColumn[p];
    const level = column !== undefined && column === rightColumn[m] ? SAME_COLUMN : 0;
    const same = leftText[p] !== '' && leftText[p] === rightText[m] ? SAME_TEXT : 0;
    return alike + 0.15 * inside + level + same + (isFirst(p, m) ? ADJACENT : 0);
  };
}

function isOrdered(unit: Unit): boolean {
  return unit.kind !== 'declaration';
}

/** Names seen at the same place of two aligned statements. */
function votes(a: Unit, b: Unit, wild: (text: string) => boolean, own: Set<string>): string[][] {
  const left = a.tokens.filter((token) => token.kind === 'identifier');
  const right = b.tokens.filter((token) => token.kind === 'identifier');
  const found: string[][] = [];
  if (left.length === right.length) {
    for (let at = 0; at < left.length; at++) {
      const from = left[at]?.text ?? '';
      const to = right[at]?.text ?? '';
      if (from !== to && wild(from) && own.has(to)) {
        found.push([from, to]);
      }
    }
  }
  return found;
}

export interface FunctionAlignment extends Alignment {
  readonly renames: Renames;
}

/** Declarations stand in any order: matched by name, else by type and initializer. */
function alignDeclarations(
  shown: Shown,
  model: readonly Unit[],
  renames: Renames,
  of: (number | undefined)[],
  score: Score,
): void {
  const pre = shown.units;
  const used = new Set<number>();
  const pairs: { p: number; m: number; s: number }[] = [];
  for (let p = 0; p < pre.length; p++) {
    for (let m = 0; m < model.length; m++) {
      const a = pre[p];
      const b = model[m];
      if (a?.kind === 'declaration' && b?.kind === 'declaration') {
        const named = (renames.get(a.name ?? '') ?? a.name) === b.name ? 3 : 0;
        const s = named + (a.type === b.type ? 1 : 0) + score(p, m);
        if (named > 0 || (a.type === b.type && !renames.has(a.name ?? ''))) {
          pairs.push({ p, m, s });
        }
      }
    }
  }
  for (const { p, m } of pairs.toSorted((a, b) => b.s - a.s || a.m - b.m)) {
    if (of[p] === undefined && !used.has(m)) {
      of[p] = m;
      used.add(m);
    }
  }
}

function elect(counted: ReadonlyMap<string, Map<string, number>>): Map<string, string> {
  const renames = new Map<string, string>();
  const ranked = [...counted].flatMap(([from, to]) =>
    [...to].map(([name, count]) => ({ from, name, count })),
  );
  const taken = new Set<string>();
  for (const { from, name } of ranked.toSorted((a, b) => b.count - a.count)) {
    if (!renames.has(from) && !taken.has(name)) {
      renames.set(from, name);
      taken.add(name);
    }
  }
  return renames;
}

const NOTHING_KNOWN = { parameters: new Set<string>(), renamed: new Map<string, string>() };

/**
 * Align the pre-image of a function with the model's, learning how the locals, and the parameters where the
 * patch does not show them, are called there.
 */
export function alignFunction(
  shown: Shown,
  model: readonly Unit[],
  isGlobal: (name: string) => boolean,
  known: { readonly parameters: ReadonlySet<string>; readonly renamed: Renames } = NOTHING_KNOWN,
): FunctionAlignment {
  const pre = shown.units;
  const own = new Set([...locals(model), ...known.parameters]);
  const preOrdered = pre.flatMap((unit, at) => (isOrdered(unit) ? [at] : []));
  const modelOrdered = model.flatMap((unit, at) => (isOrdered(unit) ? [at] : []));
  const wild = (name: string): boolean => !isGlobal(name);
  let renames: Renames = known.renamed;
  let result: FunctionAlignment = { of: [], ambiguous: new Set(), renames };
  for (let round = 0; round < 4; round++) {
    const score = scorer(shown, model, renames, wild);
    const found = align(
      preOrdered.length,
      modelOrdered.length,
      (i, j) => score(preOrdered[i] ?? -1, modelOrdered[j] ?? -1),
      (i) => shown.hunks[preOrdered[i] ?? -1] === shown.hunks[preOrdered[i - 1] ?? -1],
    );
    const of: (number | undefined)[] = pre.map(() => undefined);
    found.of.forEach((j, i) => {
      of[preOrdered[i] ?? -1] = j === undefined ? undefined : modelOrdered[j];
    });
    alignDeclarations(shown, model, renames, of, score);
    const ambiguous = new Set([...found.ambiguous].map((i) => preOrdered[i] ?? -1));
    closeBlocks(shown, model, of, ambiguous);
    result = { of, ambiguous, renames };
    const counted = new Map<string, Map<string, number>>();
    of.forEach((m, p) => {
      const a = pre[p];
      const b = m === undefined ? undefined : model[m];
      for (const [from = '', to = ''] of a && b ? votes(a, b, wild, own) : []) {
        const counts = counted.get(from) ?? new Map<string, number>();
        const strength = a?.kind === 'declaration' ? 0.5 : 1;
        counted.set(from, counts.set(to, (counts.get(to) ?? 0) + strength));
      }
    });
    const next = new Map([...elect(counted), ...known.renamed]);
    if (JSON.stringify([...next]) === JSON.stringify([...renames])) {
      break;
    }
    renames = next;
  }
  return { ...result, renames };
}

/** The end of a block goes with its beginning. */
function closeBlocks(
  { units: pre, hunks }: Shown,
  model: readonly Unit[],
  of: (number | undefined)[],
  ambiguous: Set<number>,
): void {
  const opener = parents(pre, hunks);
  const ends = new Map<number, number>();
  const elses = new Map<number, number>();
  parents(model).forEach((open, at) => {
    if (open !== undefined && model[at]?.kind === 'end') {
      ends.set(open, at);
    } else if (open !== undefined && model[at]?.kind === 'else') {
      elses.set(open, at);
    }
  });
  pre.forEach((unit, p) => {
    const open = opener[p];
    const kind = unit.kind;
    if (open !== undefined && (kind === 'end' || kind === 'else')) {
      const m = of[open];
      of[p] = m === undefined ? undefined : (kind === 'end' ? ends : elses).get(m);
      if (ambiguous.has(open)) {
        ambiguous.add(p);
      } else {
        ambiguous.delete(p);
      }
    }
  });
}
