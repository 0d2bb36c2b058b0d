import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { Harper } from '../../src/wording/harper.ts';
import type { Lint } from '../../src/wording/harper.ts';
import { maskNamed } from '../../src/wording/identifiers.ts';
import { parseRule, readRules, readWords, sayAt, weirFiles } from '../../src/wording/rules.ts';
import type { Rule } from '../../src/wording/rules.ts';

// How long Harper takes to start depends on what else the machine does.
jest.setTimeout(120_000);

const rules = await readRules();
const harper = new Harper(
  weirFiles(rules),
  rules.map(({ name }) => name),
);

afterAll(() => {
  harper.close();
});

/** What one rule says about a text. */
async function remarks(rule: Rule, text: string): Promise<string[]> {
  const { text: masked, origin } = maskNamed(text);
  await harper.ask([masked]);
  const [found = []]: Lint[][] = await harper.answer();
  return found
    .filter((each) => each.rule === rule.name)
    .flatMap(({ from, to }) => sayAt(rule, text, origin[from] ?? 0, origin[to] ?? 0) ?? [])
    .map(({ remark }) => remark);
}

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  test.each(rule.wrong)('$text', async ({ text, remark }) => {
    expect(await remarks(rule, text)).toEqual([remark]);
  });

  test.each(rule.right)('says nothing on: %s', async (text) => {
    expect(await remarks(rule, text)).toEqual([]);
  });
});

test('remarks have one of three forms', () => {
  const forms = /^(?:"[^"]+" or "[^"]+"|s\/[^/]+\/[^/]*\/|s\/[^/]+\/[^/]+ \?)$/u;
  for (const { remark } of rules.flatMap(({ wrong }) => wrong)) {
    expect(remark).toMatch(forms);
  }
});

test('words are in small letters, and each is there once', async () => {
  const words = await readWords();
  expect(words.filter((word) => !/^[a-z]+$/u.test(word))).toEqual([]);
  expect(words).toEqual([...new Set(words)]);
});

test('a rule without examples is refused by the name of its file', () => {
  const text = 'about: a\npattern: b\nremark: s/b/c/\nwrong: []\nright: [c]\n';
  expect(() => parseRule('b.yaml', text)).toThrow('rules/wording/b.yaml');
});
