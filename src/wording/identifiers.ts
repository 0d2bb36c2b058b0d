import type { FileChange } from '../series/series.ts';
import { codeOf } from './comments.ts';

/**
 * What is named, not said: identifiers, calls, paths, addresses, numbers, options, literals, roles, people, abbreviations.
 * A bare word is none of them, unless the patch uses it in its code.
 */
const NAMED = new RegExp(
  [
    '``[^`]*``|:[\\w+.-]+:`[^`]*`|`[^`]*`',
    '["\'“‘](?=\\S)[^"\'“”‘’]{1,60}(?<=\\S)["\'”’](?![\\p{L}])',
    '<[^<>\\s]{1,80}>|\\w+://\\S+|[\\w.+-]+@[\\w.-]+',
    '[\\w$]+\\([^()]*\\)\\*?|[\\w$]+\\*\\(\\)',
    '[\\w$]*(?:->|::|/|_|\\.(?=\\w)|\\[|=|&|\\*(?=\\w)|%|\\\\)[^\\s,;:()]*(?:\\(\\))?',
    '[@#%&$~]\\S+|(?<=^|\\s)-{1,2}\\w\\S*',
    '(?<=[\\p{L},)]\\s+)\\p{Lu}\\p{Ll}{2,}(?![\\p{L}])',
    '\\w*\\d[\\w.]*|\\w*[a-z][A-Z]\\w*|\\b[A-Z]{2,}[\\w-]*',
  ].join('|'),
  'gu',
);

/** The spans (code units) of what is named in a text. */
export function namedSpans(text: string): { readonly from: number; readonly to: number }[] {
  return [...text.matchAll(NAMED)]
    .filter(([found]) => /\w/u.test(found))
    .map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

/** A text with one capital letter for everything that is named, which no rule takes for a word. */
export interface Masked {
  readonly text: string;
  /** For each code point of `text` and its end, where that stands in the original (code units). */
  readonly origin: readonly number[];
}

/** Long names cost a spelling checker seconds, and their marks would end sentences. */
export function maskNamed(text: string): Masked {
  let masked = '';
  const origin: number[] = [];
  let at = 0;
  function keep(end: number): void {
    for (const point of text.slice(at, end)) {
      masked += point;
      origin.push(at);
      at += point.length;
    }
  }
  for (const { from, to } of namedSpans(text)) {
    keep(from);
    masked += 'X';
    origin.push(from);
    at = to;
  }
  keep(text.length);
  return { text: masked, origin: [...origin, text.length] };
}

/**
 * Words that the patch did not bring: of its paths, of its lines that are not new, and of its code, also those that
 * identifiers are made of. In lower case.
 */
export function wordsOf(files: readonly FileChange[]): Set<string> {
  const words = new Set<string>();
  for (const { oldPath, newPath, hunks } of files) {
    const old = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'added'));
    const code = /\.(?:rst|md|txt)$/u.test(newPath ?? '') ? [] : hunks.flatMap(codeOf);
    for (const text of [oldPath ?? '', newPath ?? '', ...old.map((line) => line.text), ...code]) {
      addWords(words, text);
    }
  }
  return words;
}

function addWords(words: Set<string>, text: string): void {
  for (const [name] of text.matchAll(/[A-Za-z]\w*/gu)) {
    words.add(name.toLowerCase());
    for (const [part] of name.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/gu)) {
      words.add(part.toLowerCase());
    }
  }
}
