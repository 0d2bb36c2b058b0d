import { maskNamed, namedSpans } from './identifiers.ts';
import { joinLines } from './prose.ts';
import type { Paragraph, ProseLine } from './prose.ts';
import type { Lint } from './harper.ts';
import { sayAt } from './rules.ts';
import type { Rule, Said } from './rules.ts';
import { sayMisspelled } from './spelling.ts';

/** A remark against its line. */
export interface Remark {
  /** A path, or `message`. */
  readonly where: string;
  /** Of the post-image, or of the message body; 0 is the subject. */
  readonly line: number;
  /** That line. */
  readonly text: string;
  readonly remark: string;
}

export interface Ranked extends Remark {
  readonly guess: boolean;
  readonly taste: boolean;
  /** Where in its paragraph it begins. */
  readonly from: number;
}

/** What is known about words, by the patch and by the trade. */
export interface Known {
  readonly rules: ReadonlyMap<string, Rule>;
  /** In lower case. */
  readonly words: ReadonlySet<string>;
}

/** A place in the text of a paragraph, in code units, and the rule that objects to it. */
interface Place {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly string[];
}

/** The remarks on one paragraph, from what Harper found in its masked text. */
export function remarksOn(paragraph: Paragraph, lints: readonly Lint[], known: Known): Ranked[] {
  const { text, lineOf } = joinLines(paragraph);
  const { origin } = maskNamed(text);
  const named = new Set(namedSpans(text).map(({ from }) => from));
  return lints.flatMap(({ rule, from, to, suggestions }) => {
    const place = { rule, from: origin[from] ?? 0, to: origin[to] ?? 0, suggestions };
    const line = lineAt(lineOf, place);
    // A masked name is no word, and begins nothing that could be remarked on.
    const said = line === undefined || named.has(place.from) ? undefined : say(place, text, known);
    return line === undefined || said === undefined
      ? []
      : [{ where: paragraph.where, line: line.line, text: line.text, from: place.from, ...said }];
  });
}

/** The first line of the place that the patch adds. */
function lineAt(lineOf: readonly ProseLine[], { from, to }: Place): ProseLine | undefined {
  return lineOf.slice(from, to).find(({ added }) => added);
}

function say(place: Place, text: string, known: Known): Said | undefined {
  const { from, to, suggestions } = place;
  const found = text.slice(from, to);
  const rule = known.rules.get(place.rule);
  if (rule !== undefined) {
    return sayAt(rule, text, from, to);
  }
  switch (place.rule) {
    case 'SpellCheck':
      return isName(text, from) || isKnown(found, known.words)
        ? undefined
        : sayMisspelled(found, suggestions);
    case 'RepeatedWords':
      return sayRepeated(found);
    case 'AnA':
      return sayArticle(text, from, to);
    default:
      return undefined;
  }
}

/** Whether a word has its capital letter for another reason than to begin a sentence. */
function isName(text: string, from: number): boolean {
  return /^\p{Lu}/u.test(text.slice(from)) && !/(?:^|[.!?:]['")]?\s+)$/u.test(text.slice(0, from));
}

/** A word of the trade also in its plural, its past, and so on. */
function isKnown(word: string, words: ReadonlySet<string>): boolean {
  const lower = word.toLowerCase();
  const stem = /^(.+?)(?:'?s|es|ed|d|ing|er|able|ly)$/u.exec(lower)?.[1] ?? lower;
  const single = stem.replace(/([a-z])\1$/u, '$1');
  return [lower, stem, `${stem}e`, single].some((each) => words.has(each));
}

/** `that that` and `had had` can be right. */
function sayRepeated(found: string): Said | undefined {
  const [first = ''] = found.split(/\s+/u);
  return /^(?:that|had|is|do|did|can|will|\d.*)$/iu.test(first) ||
    !/^(?!(.)\1+$)\p{L}{2,12}$/u.test(first)
    ? undefined
    : { remark: `s/${found.replace(/\s+/gu, ' ')}/${first}/`, guess: false, taste: false };
}

/** Only before a word in small letters: how an abbreviation is read, its reader decides. */
function sayArticle(text: string, from: number, to: number): Said | undefined {
  const found = text.slice(from, to);
  const next = /^\s+(\p{Ll}{3,})(?![\w-])/u.exec(text.slice(to))?.[1];
  if (next === undefined || !/^an?$/iu.test(found)) {
    return undefined;
  }
  // Harper judges by the word's class as well; its first letter must agree.
  const vowel =
    /^(?:[aio]|e(?!u)|u(?!ni(?!n)|s[aeu]|ti)|hour|honest|heir)/u.test(next) &&
    !next.startsWith('one');
  if (vowel === (found.length === 2)) {
    return undefined;
  }
  const right = found.length === 1 ? `${found}n` : found.charAt(0);
  return { remark: `s/${found} ${next}/${right} ${next}/`, guess: false, taste: false };
}
