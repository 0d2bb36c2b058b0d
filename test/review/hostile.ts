import { readFileSync } from 'node:fs';
import { type Review, reviewSchema } from '../../src/review/schema.ts';

/** What a mail may say instead of a subject, a path, a name or a string of its C. */
export const HOSTILE: readonly (readonly [string, string])[] = [
  ['a script', '<script>alert(1)</script>'],
  ['a script that ends another', '</script><script>alert(1)</script>'],
  ['an end of the style', '</style><img src=x onerror=alert(1)>'],
  ['an end of an attribute', '" autofocus onfocus="alert(1)'],
  ['a single quote', `' onclick='alert(1)`],
  ['an entity', '&lt;img src=x onerror=alert(1)&gt;'],
  ['a comment', '<!-- --> <![CDATA[ ]]> --!>'],
  ['a foreign element', '</svg></text><foreignObject><iframe src="javascript:alert(1)">'],
  ['a link of Markdown', '[a](javascript:alert(1)) ![b](//c.example/d.png)'],
  ['an address', 'javascript:alert(document.domain)//'],
  ['another host', '//evil.example/../../../etc/passwd'],
  ['escape sequences', '\u001B[31mred\u001B]8;;http://evil.example\u0007link\u0000\u009B'],
  ['text that runs backwards', 'a\u202Ecba\u2066\u2069'],
  ['half a character', 'x\uD800y\uDC00'],
  ['separators of lines', 'a\u2028b\u2029c\r\nSet-Cookie: d'],
  ['names of JavaScript', '__proto__ constructor ${alert(1)} `alert(1)`'],
];

/** Strings whose values are a closed set, or a number that is checked. */
const KEPT = new Set(['schema', 'verdict', 'class', 'outcome', 'contract', 'kind', 'mode', 'side']);
const ALSO_KEPT = new Set(['state', 'role', 'fingerprint']);

/** A review of which every text that may come from outside is that one. */
export function hostileReview(text: string): Review {
  const golden = readFileSync('test/review/golden/guard-only-the-take.patch.json', 'utf8');
  const review = reviewSchema.parse(JSON.parse(golden));
  const [finding] = review.findings;
  if (finding === undefined) {
    throw new Error('the fixture has no finding any more');
  }
  const one: Review = {
    ...review,
    remarks: ['x'],
    wording: [{ patch: 1, where: 'x', line: 3, text: 'x', remark: 'x' }],
    scenarios: review.scenarios.slice(0, 20),
    findings: [
      {
        ...finding,
        suggestion: { path: 'x', block: { startLine: 1, endLine: 2, lines: ['x'] }, diff: 'x' },
      },
    ],
    coverage: {
      ...review.coverage,
      notMapped: [{ path: 'x', side: 'RIGHT', line: 1, text: 'x', reason: 'x' }],
      notModelled: ['x'],
    },
  };
  return reviewSchema.parse(replaced(one, '', text));
}

function replaced(value: unknown, key: string, text: string): unknown {
  if (typeof value === 'string') {
    return KEPT.has(key) || ALSO_KEPT.has(key) ? value : text;
  }
  if (Array.isArray(value)) {
    return value.map((each: unknown) => replaced(each, key, text));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, replaced(each, name, text)]),
    );
  }
  return value;
}
