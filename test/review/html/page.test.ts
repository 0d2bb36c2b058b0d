import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { renderHtml } from '../../../src/review/html/page.ts';
import { FIXTURES } from '../fixture-reviews.ts';
import { HOSTILE, hostileReview } from '../hostile.ts';

const TAGS = new Set(
  'html head meta title style script body header main footer section div figure figcaption svg defs marker g rect path text p h1 h2 h3 h4 a button ul ol li nav article table thead tbody tr th td details summary code pre span b kbd label input'.split(
    ' ',
  ),
);
const ATTRIBUTES =
  /^(?:lang|charset|content|name|http-equiv|class|id|type|hidden|role|aria-[a-z]+|tabindex|scope|title|data-(?:n|l|s|go|row|side|player)|viewBox|width|height|x|y|rx|d|text-anchor|focusable|refX|refY|markerWidth|markerHeight|orient|min|max|value|open)$/u;

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Every tag of a page; throws where a `<` begins none. */
function tagsOf(page: string): Tag[] {
  const body = page.replaceAll(/(<(style|script)[^>]*>)[\s\S]*?<\/\2>/gu, '$1</$2>');
  const tags: Tag[] = [];
  for (const [whole, name, rest] of body.matchAll(
    /<(?:!DOCTYPE html|\/?(\w*)((?:[^"'>]|"[^"]*")*))>|</gu,
  )) {
    if (whole === '<') {
      throw new Error('a bare <');
    }
    const attributes = new Map<string, string>();
    for (const [, key, value] of (rest ?? '').matchAll(/([\w-]+)(?:="([^"]*)")?/gu)) {
      attributes.set(key ?? '', value ?? '');
    }
    if (name !== undefined) {
      tags.push({ name, attributes });
    }
  }
  return tags;
}

function expectHarmless(page: string): void {
  const tags = tagsOf(page);
  expect(tags.map(({ name }) => name).filter((name) => !TAGS.has(name))).toEqual([]);
  const attributes = tags.flatMap(({ attributes: own }) => [...own]);
  const others = attributes.filter(([key]) => !ATTRIBUTES.test(key));
  expect(others.filter((each) => !/^href=#(?:main|review-\d+)$/u.test(each.join('=')))).toEqual([]);
  const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/gu)];
  const own = scripts.filter(([whole]) => !whole.startsWith('<script type="application/json">'));
  expect(own).toHaveLength(1);
  for (const kind of ['style', 'script'] as const) {
    const [, text = ''] = new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`, 'u').exec(page) ?? [];
    const hash = createHash('sha256').update(text).digest('base64');
    expect(page).toContain(`${kind}-src &#39;sha256-${hash}&#39;`);
  }
  expect(page).toContain('default-src &#39;none&#39;');
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  const shown = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u.exec(page);
  expect(shown).toBeNull();
}

function golden(fixture: string): string {
  return readFileSync(`test/review/golden/${fixture}.html`, 'utf8');
}

describe.each(FIXTURES)('fixtures/%s', (fixture) => {
  test('fetches nothing, and runs its own script only', () => {
    expectHarmless(golden(fixture));
    expect(golden(fixture).length).toBeLessThan(1_000_000);
  });

  test('every graph, button and part that scrolls has a name', () => {
    const named = tagsOf(golden(fixture)).filter(
      ({ name, attributes }) =>
        (name === 'svg' && attributes.get('role') === 'img') ||
        attributes.get('tabindex') === '0' ||
        name === 'input',
    );
    expect(named.length).toBeGreaterThan(0);
    for (const { attributes } of named) {
      expect((attributes.get('aria-label') ?? '').length).toBeGreaterThan(3);
    }
  });
});

test('without its script all steps of both sides are listed, and graphs drawn', () => {
  const page = golden('guard-only-the-take.patch').replaceAll(
    /<div class="player"[\s\S]*?<\/script>/gu,
    '',
  );
  expect(page).toContain('takes a reference on D1 for B');
  expect(page).toContain('Where they part: step');
  expect(page.match(/<svg[^>]*class="graph"/gu)?.length).toBeGreaterThanOrEqual(6);
});

test('a suggestion is a change by lines', () => {
  const page = golden('guard-only-the-take.patch');
  const [, diff = ''] = /<pre class="diff"[^>]*>([\s\S]*?)<\/pre>/u.exec(page) ?? [];
  const lines = diff.replaceAll(/<[^>]+>/gu, '').split('\n');
  expect(lines.slice(0, 2)).toEqual(['--- a/system/memory.c', '+++ b/system/memory.c']);
  expect(lines.every((line) => /^[-+@ ]|^$/u.test(line))).toBe(true);
  expect(page).not.toContain(String.raw`\x0a`);
});

test('what the script takes is what the page lists', () => {
  const page = golden('guard-only-the-take.patch');
  const blocks = [...page.matchAll(/<script type="application\/json">([\s\S]*?)<\/script>/gu)];
  const counts = blocks.map(
    ([, text = '']) => (JSON.parse(text) as { rows: object[] }).rows.length,
  );
  const listed = [...page.matchAll(/All (\d+) steps/gu)].map(([, count]) => Number(count));
  expect(counts).toEqual(listed);
});

describe('several reviews', () => {
  const reviews = ['a <b>', 'c & d'].map((subject) => {
    const review = hostileReview('x');
    return { ...review, input: { ...review.input, subject } };
  });
  const [first, ...others] = reviews;
  const page = first === undefined ? '' : renderHtml(first, ...others);

  test('are parts of one page, with a list of them', () => {
    expect(page.match(/<!DOCTYPE html>/gu)).toHaveLength(1);
    expect(page.match(/<main /gu)).toHaveLength(1);
    expect(page.match(/<article /gu)).toHaveLength(2);
    expect(page).toContain('<a href="#review-1">a &lt;b&gt;</a>');
    expect(page).toContain('<a href="#review-2">c &amp; d</a>');
    expectHarmless(page);
  });

  test('every identifier is there once, and whatever names one finds it', () => {
    const tags = tagsOf(page);
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).toEqual(
      expect.arrayContaining(['review-1-finding-1-title', 'review-2-finding-1-title']),
    );
    for (const { attributes } of tags) {
      const named = attributes.get('aria-labelledby') ?? attributes.get('href')?.slice(1);
      expect(named === undefined || ids.includes(named)).toBe(true);
    }
  });

  test.each(HOSTILE)('%s stays text', (_, text) => {
    expectHarmless(renderHtml(hostileReview(text), hostileReview(text)));
  });
});

describe('text of others', () => {
  test.each(HOSTILE)('%s stays text', (_, text) => {
    expectHarmless(renderHtml(hostileReview(text)));
  });
});
