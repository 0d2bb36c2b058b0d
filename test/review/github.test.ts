import { describe, expect, test } from '@jest/globals';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { githubReview, renderGithub } from '../../src/review/github.ts';
import type { GithubContext } from '../../src/review/github.ts';
import { MOST_TEXT, readMarker } from '../../src/review/github-text.ts';
import type { Review } from '../../src/review/schema.ts';
import type { Series } from '../../src/series/series.ts';
import { faultsOf } from '../github/description.ts';
import { findingOf, patchOf, reviewOf, rowOf, seriesOf } from './sample.ts';

const PATH = 'system/memory.c';
const ONE = seriesOf(patchOf(PATH, 10, [' a', '+b', '+c', '-d', ' e']));

/** The answer, once GitHub's description has taken all of it. */
function accepted(
  review: Review,
  series: Series,
  context?: GithubContext,
): ReturnType<typeof githubReview> {
  const answer = githubReview(review, series, context);
  const posted = { commit_id: 'c', ...answer.review };
  expect(faultsOf('pulls/create-review', posted)).toEqual([]);
  const { outputs, ...check } = answer.checkRun;
  for (const output of outputs) {
    const body = { head_sha: 'c', ...check, output };
    expect(faultsOf('checks/create', body)).toEqual([]);
  }
  return answer;
}

describe('a review for GitHub', () => {
  test('comments on the line, and fails the check there', () => {
    const { review, checkRun } = accepted(reviewOf(), ONE);
    expect(review?.comments).toMatchObject([{ path: PATH, side: 'RIGHT', line: 11 }]);
    expect(review?.comments[0]).not.toHaveProperty('start_line');
    expect(review?.event).toBe('COMMENT');
    expect(readMarker('finding', review?.comments[0]?.body ?? '')).toEqual(['0123456789abcdef']);
    expect(checkRun).toMatchObject({ conclusion: 'failure', outputs: [{ title: '1 finding' }] });
    expect(checkRun.outputs[0]?.annotations).toMatchObject([
      { path: PATH, start_line: 11, end_line: 11, title: 'F1: leak in same-owner/child-first' },
    ]);
    expect(checkRun.outputs[0]?.summary).toContain(
      '| `same-owner/child-first` | clean  | leak  | introduced |',
    );
    expect(renderGithub(reviewOf(), ONE)).toBe(renderGithub(reviewOf(), ONE));
  });

  test('remarks on wording are notices, and those on the message stand in the summary', () => {
    const wording = [
      { patch: 1, where: PATH, line: 11, text: 'it are', remark: 's/are/is/' },
      { patch: 1, where: PATH, line: 11, text: 'it are', remark: 's/it/they ?' },
      { patch: 1, where: 'message', line: 2, text: 'Is @you', remark: 's/Is/Are/' },
    ];
    const clean = reviewOf({ verdict: 'clean', findings: [], scenarios: [], wording });
    const { review, checkRun } = accepted(clean, ONE);
    expect(review).toBeNull();
    expect(checkRun.conclusion).toBe('success');
    expect(checkRun.outputs[0]?.annotations).toMatchObject([
      { path: PATH, start_line: 11, annotation_level: 'notice', message: 's/are/is/\ns/it/they ?' },
    ]);
    expect(checkRun.outputs[0]?.summary).toMatch(/`Is @you`: s\/Is\/Are\//u);
  });

  test('says nothing where there is nothing to say', () => {
    const clean = reviewOf({ verdict: 'clean', findings: [], scenarios: [] });
    const { review, checkRun } = accepted(clean, ONE);
    expect(review).toBeNull();
    expect(checkRun).toMatchObject({
      conclusion: 'success',
      outputs: [{ title: 'clean: 2 of 2 changed lines executed', annotations: [] }],
    });
    for (const verdict of ['inconclusive', 'not-applicable'] as const) {
      const { checkRun: neutral } = accepted({ ...clean, verdict }, ONE);
      expect(neutral.conclusion).toBe('neutral');
    }
  });

  test('repeats no finding that stands, and none that was dismissed', () => {
    const standing = accepted(reviewOf(), ONE, { standing: new Set(['0123456789abcdef']) });
    expect(standing.review).toBeNull();
    expect(standing.checkRun.conclusion).toBe('failure');
    const dismissed = new Map([['0123456789abcdef', 'we know, see @somebody']]);
    const silent = accepted(reviewOf(), ONE, { dismissed, labels: new Map() });
    expect(silent.review).toBeNull();
    expect(silent.checkRun.conclusion).toBe('neutral');
    expect(silent.checkRun.outputs[0]?.annotations).toEqual([]);
    expect(silent.checkRun.outputs[0]?.summary).toContain('F1** was dismissed: we know');
  });

  test('is one comment for what one line does in several ways', () => {
    const others = findingOf({
      fingerprint: 'fedcba9876543210',
      outcome: 'use-after-free',
      others: ['a', 'b'],
    });
    const { review } = accepted(reviewOf({ findings: [findingOf(), others] }), ONE);
    expect(review?.comments).toHaveLength(1);
    const body = review?.comments[0]?.body ?? '';
    expect(body).toMatch(/^\*\*F2: use-after-free\*\* in/u);
    expect(body).toContain('- **F1: leak** in');
    expect(readMarker('finding', body)).toEqual(['fedcba9876543210', '0123456789abcdef']);
  });

  test('suggests on lines of the difference, and shows a diff elsewhere', () => {
    const suggestion = {
      path: PATH,
      block: { startLine: 11, endLine: 12, lines: ['    if (x) {', '        `y`;', '    }'] },
      diff: '@@ -11 +11 @@\n-b\n+c',
    };
    const block = accepted(reviewOf({ findings: [findingOf({ suggestion })] }), ONE).review;
    expect(block?.comments).toMatchObject([
      { side: 'RIGHT', line: 12, start_line: 11, start_side: 'RIGHT' },
    ]);
    expect(block?.comments[0]?.body).toContain(
      '```suggestion\n    if (x) {\n        `y`;\n    }\n```',
    );
    const elsewhere = findingOf({ suggestion: { ...suggestion, block: null } });
    const plain = accepted(reviewOf({ findings: [elsewhere] }), ONE).review;
    expect(plain?.comments[0]?.body).toContain('```diff\n@@ -11 +11 @@\n-b\n+c\n```');
    expect(plain?.comments[0]).not.toHaveProperty('start_line');
  });

  test('follows a line through later patches, and says elsewhere what none shows any more', () => {
    const later = patchOf(PATH, 1, ['+x', '+y', ' z']);
    const moved = accepted(reviewOf(), seriesOf(...ONE.patches, later));
    expect(moved.review?.comments).toMatchObject([{ line: 13, side: 'RIGHT' }]);
    const changed = patchOf(PATH, 11, ['-b', '+B', ' c']);
    const gone = accepted(reviewOf(), seriesOf(...ONE.patches, changed));
    expect(gone.review?.comments).toEqual([]);
    expect(gone.review?.body).toContain(
      '`system/memory.c:11`, which this difference does not show',
    );
    expect(readMarker('finding', gone.review?.body ?? '')).toEqual(['0123456789abcdef']);
    expect(gone.checkRun.outputs[0]?.annotations).toMatchObject([{ start_line: 11 }]);
  });

  test('asks the whole difference where git knows it', () => {
    const series = seriesOf(...ONE.patches, patchOf('other.c', 1, ['+x']));
    const there = accepted(reviewOf(), series, { diff: ONE.patches[0]?.files ?? [] });
    expect(there.review?.comments).toHaveLength(1);
    const undone = accepted(reviewOf(), series, { diff: [] });
    expect(undone.review?.comments).toEqual([]);
  });

  test('names a removed line by the base, through the patches before it', () => {
    const earlier = patchOf(PATH, 1, ['+x', '+y', ' z']);
    const finding = findingOf({ patch: 2, anchor: { path: PATH, side: 'LEFT', line: 11 } });
    const second = seriesOf(earlier, ...ONE.patches);
    const { review } = accepted(reviewOf({ findings: [finding] }), second);
    expect(review?.comments).toMatchObject([{ side: 'LEFT', line: 9 }]);
  });

  test('gives annotations in batches of 50', () => {
    const findings = Array.from({ length: 120 }, (_, at) =>
      findingOf({ fingerprint: at.toString(16).padStart(16, '0') }),
    );
    const { checkRun } = accepted(reviewOf({ findings }), ONE);
    expect(checkRun.outputs.map(({ annotations }) => annotations.length)).toEqual([50, 50, 20]);
  });

  test('keeps within the limits, whatever it is given', () => {
    const long = 'x'.repeat(70_000);
    const findings = Array.from({ length: 40 }, (_, at) =>
      findingOf({
        fingerprint: at.toString(16).padStart(16, '0'),
        message: long,
        replay: long,
        anchor: { path: 'elsewhere.c', side: 'RIGHT', line: at + 1 },
      }),
    );
    const scenarios = Array.from({ length: 900 }, (_, at) =>
      rowOf(`family-${at}/${'y'.repeat(200)}`, { patches: { worse: at, better: null } }),
    );
    const { review, checkRun } = accepted(reviewOf({ findings, scenarios, reason: long }), ONE);
    expect(review?.body.length).toBeLessThanOrEqual(MOST_TEXT);
    expect(review?.body).toContain('More does not fit here.');
    expect(readMarker('review', review?.body ?? '')).toEqual(['local']);
    for (const { summary, annotations } of checkRun.outputs) {
      expect(summary.length).toBeLessThanOrEqual(MOST_TEXT);
      annotations.forEach(({ message }) => {
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(65_536);
      });
    }
  });
});

const HOSTILE = [
  '@torvalds and @org/team',
  'fixes #12, GH-12 and qemu/qemu#1',
  '<script>alert(1)</script>',
  '<!-- check-lifecycle:finding 0123456789abcdef -->',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  'see https://evil.example/ and www.evil.example',
  '```\n# heading\n```',
  '`code` `` ` ``',
  '| a | b |\n|---|---|',
  '</details><h1>big</h1>',
  '&#64;somebody &lt;b&gt;',
  '\u001B[31mred\u0007 \u202Eright-to-left',
  '/check-lifecycle dismiss F1 because',
];

describe.each(HOSTILE)('hostile text %j', (text) => {
  const finding = findingOf({ message: text, scenario: text, replay: text });
  const suggestion = {
    path: PATH,
    block: { startLine: 11, endLine: 11, lines: [text] },
    diff: text,
  };
  const reviews = [
    reviewOf({ reason: text, remarks: [text], findings: [finding] }),
    reviewOf({ findings: [{ ...finding, suggestion }], scenarios: [rowOf(text)] }),
    reviewOf({
      findings: [{ ...finding, anchor: { path: text, side: 'RIGHT', line: 1 } }],
      coverage: {
        changedLines: 1,
        executedLines: 0,
        notMapped: [{ path: text, side: 'RIGHT', line: 1, text, reason: text }],
        notModelled: [text],
      },
    }),
  ];

  test.each(reviews.map((review, index) => [index, review] as const))(
    'arrives harmless (%i)',
    (_, review) => {
      const { review: posted, checkRun } = accepted(review, ONE);
      const bodies = [
        posted?.body ?? '',
        ...(posted?.comments ?? []).map(({ body }) => body),
        ...checkRun.outputs.map(({ summary }) => summary),
      ];
      for (const body of bodies) {
        const { links, html, texts } = read(body);
        expect(links).toEqual([]);
        expect(html.filter((each) => !OURS.test(each))).toEqual([]);
        for (const shown of texts) {
          // What GitHub turns into a link or a mention wherever it stands outside of code.
          expect(shown).not.toMatch(/@[\w-]|#\d|\bGH-\d|:\/\/|\bwww\.\S/iu);
          expect(shown).not.toMatch(/(?!\n)\p{Cc}|\u202E/u);
          expect(shown).not.toMatch(/^\/\w/u);
        }
      }
    },
  );
});

const OURS =
  /^(?:<details><summary>[\w ]+<\/summary>|<\/details>|<!-- check-lifecycle:(?:finding [0-9a-f]{16}|review local) -->)$/u;

/** What a reader of the Markdown finds in it. */
function read(body: string): { links: string[]; html: string[]; texts: string[] } {
  const found = { links: [] as string[], html: [] as string[], texts: [] as string[] };
  function walk(node: { type: string; value?: string; url?: string; children?: unknown[] }): void {
    if (node.type === 'html') {
      found.html.push(node.value ?? '');
    } else if (node.type === 'text') {
      found.texts.push(node.value ?? '');
    } else if (node.url !== undefined || /heading|definition|thematic/iu.test(node.type)) {
      found.links.push(node.url ?? node.type);
    }
    (node.children ?? []).forEach((child) => {
      walk(child as typeof node);
    });
  }
  walk(fromMarkdown(body));
  return found;
}
