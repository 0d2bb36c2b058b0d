import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/** Words that a slot takes; where they are corrected, each with its correction. */
const slot = z.union([z.array(z.string()), z.record(z.string(), z.string())]);
const around = z.strictObject({
  before: z.string().optional(),
  match: z.string().optional(),
  after: z.string().optional(),
});

const ruleSchema = z.strictObject({
  /** What is wrong and why, for whoever keeps the rules. */
  about: z.string(),
  /** A Weir expression with `{slot}`s. */
  pattern: z.string(),
  slots: z.record(z.string(), slot).default({}),
  /** `{slot}` is the word as it was found, `{slot+}` its correction. One that guesses ends in a question mark. */
  remark: z.string(),
  /** Regular expressions on the match and on the paragraph before and after it: some must, others must not match. */
  only: around.default({}),
  unless: around.default({}),
  /** Untidy rather than wrong: where few remarks are wanted, it comes last. */
  taste: z.boolean().default(false),
  wrong: z.array(z.strictObject({ text: z.string(), remark: z.string() })).min(1),
  right: z.array(z.string()).min(1),
});

export interface Rule extends z.infer<typeof ruleSchema> {
  readonly name: string;
}

/** What a rule says at a place of a text. */
export interface Said {
  readonly remark: string;
  readonly guess: boolean;
  readonly taste: boolean;
}

const FOLDER = new URL('../../rules/wording/', import.meta.url);

/** The rules that come with the program, by name. */
export async function readRules(): Promise<Rule[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml')).toSorted();
  return Promise.all(
    files.map(async (file) => parseRule(file, await readFile(new URL(file, FOLDER), 'utf8'))),
  );
}

/** Words of the trade, one a line. */
export async function readWords(): Promise<string[]> {
  const text = await readFile(new URL('words.txt', FOLDER), 'utf8');
  return text.split(/\s+/u).filter((word) => word !== '');
}

export function parseRule(file: string, text: string): Rule {
  const parsed = ruleSchema.safeParse(parse(text));
  if (!parsed.success) {
    throw new Error(`rules/wording/${file}: ${z.prettifyError(parsed.error)}`);
  }
  return { ...parsed.data, name: nameOf(file) };
}

/** Rules of a Weirpack are called by their files: `modal-inflected.yaml` is `OurModalInflected`. */
function nameOf(file: string): string {
  const words = file.replace(/\.yaml$/u, '').split('-');
  return `Our${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

/** The files of a Weirpack that finds what the rules look for; what they say is put together here. */
export function weirFiles(rules: readonly Rule[]): [string, string][] {
  const manifest = {
    author: 'check-lifecycle',
    version: '1',
    description: 'Remarks of a reviewer',
    license: 'GPL-2.0-or-later',
  };
  return [
    ['manifest.json', JSON.stringify(manifest)],
    ...rules.map((rule): [string, string] => [`${rule.name}.weir`, weirOf(rule)]),
  ];
}

function weirOf(rule: Rule): string {
  const pattern = rule.pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const words = wordsOf(rule, name).map((word) => (word.includes(' ') ? `(${word})` : word));
    return `[${words.join(', ')}]`;
  });
  return [
    `expr main ${pattern}`,
    `let message "${rule.name}"`,
    `let description "${rule.name}"`,
    'let kind "Grammar"',
    'let becomes "x"',
    'let scope "Sentence"',
    '',
  ].join('\n');
}

function wordsOf(rule: Rule, name: string): string[] {
  const words = rule.slots[name];
  return words === undefined ? [] : Array.isArray(words) ? words : Object.keys(words);
}

/**
 * What the rule says where Weir found its pattern, or undefined where the context speaks against it.
 *
 * @param from where the match begins, and `to` where it ends (code units)
 */
export function sayAt(rule: Rule, text: string, from: number, to: number): Said | undefined {
  const context = {
    before: text.slice(0, from),
    match: text.slice(from, to),
    after: text.slice(to),
  };
  for (const side of ['before', 'match', 'after'] as const) {
    const { [side]: only = '' } = rule.only;
    const { [side]: unless } = rule.unless;
    if (!new RegExp(only, 'iu').test(context[side])) {
      return undefined;
    }
    if (unless !== undefined && new RegExp(unless, 'iu').test(context[side])) {
      return undefined;
    }
  }
  const remark = fill(rule, context.match);
  return { remark, guess: remark.endsWith('?'), taste: rule.taste };
}

/** Slots stand in the text in the order of the pattern. */
function fill(rule: Rule, found: string): string {
  const values = new Map<string, string>();
  let rest = found;
  for (const [, name = ''] of rule.pattern.matchAll(/\{(\w+)\}/gu)) {
    const words = wordsOf(rule, name).toSorted((a, b) => b.length - a.length);
    const pattern = words.map((word) => word.replaceAll(' ', String.raw`\s+`)).join('|');
    const match = new RegExp(`(?<![\\w'])(?:${pattern})(?![\\w])`, 'iu').exec(rest);
    if (match !== null) {
      values.set(name, match[0]);
      rest = rest.slice(match.index + match[0].length);
    }
  }
  return rule.remark.replaceAll(/\{(\w+)(\+?)\}/gu, (_, name: string, plus: string) => {
    const value = values.get(name) ?? '';
    return plus === '' ? value : correct(rule, name, value);
  });
}

function correct(rule: Rule, name: string, value: string): string {
  const words = rule.slots[name];
  const correction = Array.isArray(words) ? value : (words?.[value.toLowerCase()] ?? value);
  return /^\p{Lu}/u.test(value)
    ? correction.charAt(0).toUpperCase() + correction.slice(1)
    : correction;
}
