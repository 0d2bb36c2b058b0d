import type { Patch } from '../series/series.ts';
import { commentsOf } from './comments.ts';
import { documentOf, messageOf } from './documents.ts';
import { Harper, HARPER_RULES, NotChecked } from './harper.ts';
import type { Lint } from './harper.ts';
import { maskNamed, wordsOf } from './identifiers.ts';
import { joinLines } from './prose.ts';
import type { Paragraph } from './prose.ts';
import { remarksOn } from './remark.ts';
import type { Known, Ranked, Remark } from './remark.ts';
import { readRules, readWords, weirFiles } from './rules.ts';
import { partsOf, sayMisspelled } from './spelling.ts';

export interface WordingOptions {
  /** Remarks for each patch. */
  readonly most: number;
  /** Words to know besides those of the trade and of the patch. */
  readonly words?: readonly string[];
}

/** A remark on one patch of a series; `patch` counts from 1. */
export interface PatchRemark extends Remark {
  readonly patch: number;
}

export interface Wording {
  readonly remarks: readonly PatchRemark[];
  /** What was not checked and why, in plain words. */
  readonly notChecked?: string;
}

/** By default; a reviewer who says more is not read. */
export const MOST_REMARKS = 5;

/** Characters of prose in one series that are checked. */
const MOST_PROSE = 60_000;

const FREQUENT = 4;

interface Open {
  readonly harper: Harper;
  readonly known: Known;
}

interface Unit {
  readonly patch: number;
  readonly paragraph: Paragraph;
}

/** Checks the wording of series, one after the other. Close it when done. */
export class WordingChecker {
  readonly #options: WordingOptions;
  #open: Open | undefined;

  constructor(options: WordingOptions) {
    this.#options = options;
  }

  /**
   * Begins with a series and resolves as soon as the checker works on its own; what that resolves to gives the
   * remarks, and must be called before the next series begins. Nothing is loaded where no prose was added.
   */
  async begin(patches: readonly Patch[]): Promise<() => Promise<Wording>> {
    const { units, left } = bounded(proseOf(patches));
    const notChecked = left ? { notChecked: `prose beyond ${MOST_PROSE} characters` } : {};
    if (units.length === 0) {
      return async () => Promise.resolve({ remarks: [], ...notChecked });
    }
    const { harper, known } = (this.#open ??= await open(this.#options.words ?? []));
    const words = new Set([...known.words, ...patches.flatMap(({ files }) => [...wordsOf(files)])]);
    const texts = units.map(({ paragraph }) => maskNamed(joinLines(paragraph).text).text);
    await harper.ask(texts, [...words]);
    return async () => {
      try {
        const lints = await harper.answer();
        const compounds = await compoundsIn(harper, texts, lints);
        const knows = { ...known, words: new Set([...words, ...compounds]) };
        return { remarks: choose(patches, units, lints, knows, this.#options.most), ...notChecked };
      } catch (error) {
        if (error instanceof NotChecked) {
          return { remarks: [], notChecked: error.message };
        }
        throw error;
      }
    };
  }

  close(): void {
    this.#open?.harper.close();
  }
}

async function open(more: readonly string[]): Promise<Open> {
  const rules = await readRules();
  const words = [...(await readWords()), ...more].map((word) => word.toLowerCase());
  const names = [...HARPER_RULES, ...rules.map(({ name }) => name)];
  const known = {
    rules: new Map(rules.map((rule) => [rule.name, rule])),
    words: new Set(words),
  };
  return { harper: new Harper(weirFiles(rules), names), known };
}

/** Of the unknown words that look like slips those that are made of known ones. */
async function compoundsIn(
  harper: Harper,
  texts: readonly string[],
  lints: readonly (readonly Lint[])[],
): Promise<Set<string>> {
  const slips = texts.flatMap((text, index) =>
    misspelledIn(text, lints[index] ?? [])
      .filter(({ word, suggestions }) => sayMisspelled(word, suggestions) !== undefined)
      .map(({ word }) => word.toLowerCase()),
  );
  const words = [...new Set(slips)];
  const parts = [...new Set(words.flatMap((word) => partsOf(word).flat()))].join('\n\n');
  if (parts === '') {
    return new Set();
  }
  await harper.ask([parts]);
  const [found = []] = await harper.answer();
  const missed = new Set(misspelledIn(parts, found).map(({ word }) => word));
  return new Set(
    words.filter((word) => partsOf(word).some((all) => all.every((part) => !missed.has(part)))),
  );
}

/** Words that the dictionary lacks. */
function misspelledIn(
  text: string,
  lints: readonly Lint[],
): { readonly word: string; readonly suggestions: readonly string[] }[] {
  const points = Array.from(text);
  return lints
    .filter(({ rule }) => rule === 'SpellCheck')
    .map(({ from, to, suggestions }) => ({ word: points.slice(from, to).join(''), suggestions }));
}

function proseOf(patches: readonly Patch[]): Unit[] {
  return patches.flatMap((patch, index) => {
    const files = patch.files.flatMap(({ newPath = '', hunks, binary }) => {
      const read = binary ? undefined : readerOf(newPath);
      return read === undefined ? [] : hunks.flatMap((hunk) => read(newPath, hunk));
    });
    return [...files, ...messageOf(patch)].map((paragraph) => ({ patch: index + 1, paragraph }));
  });
}

function readerOf(path: string): typeof commentsOf | undefined {
  if (path.endsWith('.rst')) {
    return documentOf;
  }
  return /\.(?:[ch]|cc|cpp|hpp|inc)$/u.test(path) ? commentsOf : undefined;
}

function bounded(all: readonly Unit[]): { units: Unit[]; left: boolean } {
  let size = 0;
  const units = all.filter(({ paragraph }) => {
    size += joinLines(paragraph).text.length;
    return size <= MOST_PROSE;
  });
  return { units, left: units.length < all.length };
}

/**
 * For each patch the first ones: what stays in the tree before the message, what is wrong before what is untidy, what is
 * sure before what is guessed. A remark is made once, and they are given in the order of the patch.
 */
function choose(
  patches: readonly Patch[],
  units: readonly Unit[],
  lints: readonly (readonly Lint[])[],
  known: Known,
  most: number,
): PatchRemark[] {
  const terms = frequentWords(units.map(({ paragraph }) => joinLines(paragraph).text));
  const knows = { ...known, words: new Set([...known.words, ...terms]) };
  return patches.flatMap((_, index) => {
    const all = units.flatMap((unit, at) =>
      unit.patch === index + 1
        ? remarksOn(unit.paragraph, lints[at] ?? [], knows).toSorted((a, b) => a.from - b.from)
        : [],
    );
    const once = [...new Map(all.toReversed().map((each) => [each.remark, each])).values()];
    const first = once
      .toReversed()
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, most);
    return all
      .filter((each) => first.includes(each))
      .map(({ where, line, text, remark }) => ({ patch: index + 1, where, line, text, remark }));
  });
}

/** Nobody makes the same slip again and again: such a word is meant. In lower case. */
function frequentWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const [word] of texts.join(' ').matchAll(/\p{L}+/gu)) {
    const lower = word.toLowerCase();
    counts.set(lower, (counts.get(lower) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= FREQUENT).map(([word]) => word);
}

function rank({ where, guess, taste }: Ranked): number {
  return (where === 'message' ? 4 : 0) + (taste ? 2 : 0) + (guess ? 1 : 0);
}
