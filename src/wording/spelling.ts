import type { Said } from './rules.ts';

/** Shorter words are abbreviations as often as slips. */
const SHORTEST = 5;
/** Two slips in one word are only believed of a long one. */
const SHORTEST_TWICE = 9;

/**
 * What to say of a word that the dictionary lacks. A word of the trade is unknown as well, so that only one that looks
 * like a slip of a known word is taken; where several are as near it is a guess.
 */
export function sayMisspelled(word: string, suggestions: readonly string[]): Said | undefined {
  const lower = word.toLowerCase();
  if (!/^\p{Lu}?\p{Ll}+$/u.test(word) || word.length < SHORTEST) {
    return undefined;
  }
  if (suggestions.some((each) => regional(each) === regional(word))) {
    return undefined;
  }
  const meant = suggestions.filter((each) => isSlip(lower, each.toLowerCase()));
  const nearest = meant.find((each) => isOneSlip(lower, each.toLowerCase())) ?? meant[0];
  if (nearest === undefined) {
    return undefined;
  }
  const guess = meant.length > 1;
  return {
    remark: guess ? `s/${word}/${nearest} ?` : `s/${word}/${nearest}/`,
    guess,
    taste: false,
  };
}

function isSlip(word: string, meant: string): boolean {
  if (!/^\p{Ll}+$/u.test(meant) || word.charAt(0) !== meant.charAt(0)) {
    return false;
  }
  const alike = word.length >= SHORTEST_TWICE && skeleton(word) === skeleton(meant);
  return isOneSlip(word, meant) || (alike && Math.abs(word.length - meant.length) <= 2);
}

/** Consonants, each once: what remains of a word when one does not know how it is spelt. */
function skeleton(word: string): string {
  return (
    word.charAt(0) +
    word
      .slice(1)
      .replaceAll(/[aeiouy]/gu, '')
      .replaceAll(/(.)\1/gu, '$1')
  );
}

const VOWEL = /^[aeiouy]$/u;

/**
 * Whether one slip of the fingers or the ear makes `word` of `meant`. How long a word must be for it depends on what
 * abbreviations look like: they lack vowels and have odd consonants, but no letters swapped or doubled.
 */
function isOneSlip(word: string, meant: string): boolean {
  let start = 0;
  while (start < word.length && word[start] === meant[start]) {
    start++;
  }
  let end = 0;
  while (
    end < Math.min(word.length, meant.length) - start &&
    word.at(-1 - end) === meant.at(-1 - end)
  ) {
    end++;
  }
  const is = word.slice(start, word.length - end);
  const must = meant.slice(start, meant.length - end);
  const last = end === 0;
  return word.length >= shortestFor(is, must, word[start - 1], last);
}

/** The length from which on a word with `is` where `must` should be is a slip; Infinity for never. */
function shortestFor(is: string, must: string, before: string | undefined, last: boolean): number {
  if (is.length === 2 && must.length === 2) {
    return is[0] === must[1] && is[1] === must[0] ? 5 : Infinity;
  }
  if (is.length > 1 || must.length > 1 || is === must) {
    return Infinity;
  }
  if (is.length === 1 && must.length === 1) {
    return VOWEL.test(is) && VOWEL.test(must) ? 7 : Infinity;
  }
  const letter = is + must;
  if (letter === before) {
    return 6;
  }
  if (last) {
    // An ending that the dictionary does not know of.
    return Infinity;
  }
  return must === '' && VOWEL.test(letter) ? 7 : 8;
}

/** The same for British and American spellings of a word: either is right. */
function regional(word: string): string {
  return word
    .toLowerCase()
    .replaceAll('our', 'or')
    .replaceAll('is', 'iz')
    .replaceAll('ae', 'e')
    .replaceAll('ogue', 'og')
    .replaceAll(/ll(?=ed|ing|er|or)/gu, 'l')
    .replace(/tre(?=s?$)/u, 'ter');
}

const PREFIX =
  /^(?:un|re|de|pre|non|sub|super|multi|inter|auto|over|under|co|bi|micro|mini|meta|para|hyper|pseudo|semi|dis|mis)$/u;
const SUFFIX = /^(?:able|ible|ably|ibly|ness|less|wise|ment|ments|er|ers|or|ors|ish|like)$/u;

/**
 * What a word could be made of, each way: where all that is given is known, it is a compound or a derivation of the
 * trade (`refcount`, `unscaled`, `interruptible`), not a slip.
 */
export function partsOf(word: string): string[][] {
  const lower = word.toLowerCase();
  const parts: string[][] = [];
  for (let at = 2; at <= lower.length - 2; at++) {
    const [first, last] = [lower.slice(0, at), lower.slice(at)];
    if (PREFIX.test(first) && last.length > 3) {
      parts.push([last]);
    } else if (SUFFIX.test(last) && first.length > 3) {
      parts.push([first], [`${first}e`]);
    } else if (first.length > 2 && last.length > 2) {
      parts.push([first, last]);
    }
  }
  return parts;
}
