import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { FORMATS } from '../../src/review/formats.ts';
import type { Format } from '../../src/review/formats.ts';
import type { githubReview } from '../../src/review/github.ts';
import { MAIL } from '../../src/review/mail-settings.ts';
import { PLAIN } from '../../src/review/paint.ts';
import { render } from '../../src/review/render.ts';
import type { Finding, Review } from '../../src/review/schema.ts';
import { readSeries } from '../../src/series/read.ts';
import type { Patch, Series } from '../../src/series/series.ts';
import { mailOf } from './mails.ts';
import { findingOf, reviewOf, rowOf } from './reviews.ts';

/** What a patch may have in any text of it. */
const TEXTS: readonly [string, string][] = [
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['an HTML attribute', '" onmouseover="alert(1)'],
  ['a closing script', '</script></style>]]>--><!--'],
  ['Markdown', '[click](javascript:alert(1)) ![x](https://example.org/x.png)'],
  ['a fence', '```\n# heading\n```suggestion\nrm -rf /\n```'],
  ['a script URL', 'javascript:alert(1)'],
  ['escape sequences', '\u001B[2J\u001B]0;owned\u0007\u009B31m'],
  ['a header', 'x\r\nBcc: victim@example.org\r\n\r\nbody'],
  ['an encoded header', '=?utf-8?q?x=0D=0ABcc=3A_victim=40example.org?='],
  ['text that turns around', 'a\u202Ecba\u2066x\u2069'],
  ['a mail boundary', '\nFrom a@example.org Mon Nov  2 10:00:00 2026\nSubject: another\n'],
  ['a signature', '\n-- \nnot ours'],
  ['a mention', '@everyone closes #1'],
];

const PATH = 'system/memory.c';

/** A review in which every text that comes from outside is the hostile one. */
function reviewed(text: string): Review {
  const finding: Partial<Finding> = {
    scenario: `mine/${text}`,
    message: `In \`mine/${text}\` the patched code stops: ${text}.`,
    replay: `check-lifecycle replay x --patch '${text}'`,
    ledger: {
      before: [],
      after: [{ object: text, kind: 'take', at: `${text}:1 f`, holder: text, matched: false }],
      partsAt: null,
    },
    suggestion: {
      path: PATH,
      block: null,
      diff: `--- a/${PATH}\n+++ b/${PATH}\n+ ${text.replaceAll('\n', '\n+ ')}\n`,
    },
  };
  const review = reviewOf();
  return {
    ...review,
    input: { ...review.input, subject: text, repairs: [text] },
    reason: `${text}.`,
    remarks: [text],
    scenarios: [rowOf({ id: `mine/${text}` })],
    findings: [findingOf(finding), findingOf({ ...finding, anchor: elsewhere(text) })],
    coverage: {
      ...review.coverage,
      notMapped: [{ path: text, side: 'RIGHT', line: 1, text, reason: text }],
      notModelled: [text],
    },
  };
}

/** In a file whose name is hostile. */
function elsewhere(text: string): Finding['anchor'] {
  return { path: text, side: 'RIGHT', line: 1 };
}

/** The mail that such a review is about: subject, author, path, comment and string of C. */
async function seriesWith(text: string): Promise<Series> {
  const { series } = await readSeries('in', Buffer.from(mailOf(1, 1)));
  const [first] = series;
  if (first === undefined) {
    throw new Error('no series');
  }
  // On one line, as it was read, and without addresses: who is in copy gets the answer.
  const field = text.replaceAll(/[\r\n]+/gu, ' ').replaceAll('@', ' at ');
  const envelope = {
    messageId: '1@example.org',
    from: `"${field}" <author@example.org>`,
    to: `${field} <to@example.org>, ${field}`,
    cc: field,
    date: field,
    subject: text,
    references: [text, '0@example.org'],
  };
  const patches = first.patches.map((patch): Patch => ({
    ...patch,
    envelope,
    subject: text,
    author: `${text} <author@example.org>`,
    files: [...patch.files, fileOf(text)],
  }));
  return { ...first, subject: text, envelope, patches };
}

function fileOf(text: string): Patch['files'][number] {
  const code = `/* ${text} */ puts("${text}");`;
  const lines = [{ kind: 'added' as const, text: code, newLine: 1 }];
  const hunk = { oldStart: 0, oldCount: 0, newStart: 1, newCount: 1, section: text, lines };
  return { oldPath: text, newPath: text, kind: 'modified', binary: false, hunks: [hunk] };
}

/** Throws where a format lets something through; what each must hold back. Another format is another line. */
const HARMLESS: Record<Format, (printed: string, text: string) => Promise<void> | void> = {
  text: (printed) => {
    expect(printed).toMatch(SHOWABLE);
  },
  json: (printed, text) => {
    expect(printed.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(printed)).toMatchObject({ input: { subject: text } });
    expect(printed).toMatch(SHOWABLE);
  },
  sarif: (printed) => {
    expect(JSON.parse(printed)).toMatchObject({ version: '2.1.0' });
    expect(printed).toMatch(SHOWABLE);
  },
  // What each tag and attribute may be is looked at in html/page.test.ts.
  html: (printed) => {
    expect(printed.match(/<script>/gu)).toHaveLength(1);
    expect(printed).toMatch(SHOWABLE);
  },
  mail: async (printed) => {
    expect(printed).toMatch(/^[\t\n -~]*$/u);
    const [head = ''] = printed.split('\n\n');
    const names = head.split('\n').flatMap((line) => /^([\w-]+):/u.exec(line)?.[1] ?? []);
    expect(FIELDS).toEqual(expect.arrayContaining(names));
    expect(new Set(names).size).toBe(names.length);
    expect(printed.split('\n').every((line) => line.length <= 998)).toBe(true);
    const mail = await simpleParser(printed);
    const people = [mail.to, mail.cc, mail.bcc].flatMap((each) => [each].flat());
    const addresses = people.flatMap((each) => each?.value.map(({ address }) => address) ?? []);
    expect(addresses[0]).toBe('author@example.org');
    expect(['author@example.org', 'to@example.org']).toEqual(expect.arrayContaining(addresses));
    expect(mail.references).toEqual(['<0@example.org>', '<1@example.org>']);
    expect(mail.text).toMatch(SHOWABLE);
    // Nothing of the patch begins a signature or another mail.
    expect(mail.text?.match(/^-- $/gmu)).toHaveLength(1);
    expect(mail.text).not.toMatch(/^From /mu);
  },
  // More is read of its Markdown in github.test.ts.
  github: (printed) => {
    const { review, checkRun } = JSON.parse(printed) as ReturnType<typeof githubReview>;
    const bodies = [review, ...(review?.comments ?? [])].map((each) => each?.body ?? '');
    const summaries = checkRun.outputs.map(({ summary }) => summary);
    for (const body of [...bodies, ...summaries]) {
      expect(body).toMatch(SHOWABLE);
      // Code is shown as it is, and means nothing.
      const prose = body.replaceAll(/(`{3,})[^]*?\n\1|(`+)[^\n]*?\2/gu, '');
      expect(prose).not.toMatch(/@everyone|#1\b|(?<!\\)<(?:script|img|style)/u);
    }
  },
};

/** No character that a terminal or a mail program obeys. */
const SHOWABLE =
  /^[^\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\t\n]*(?:[\t\n][^\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]*)*$/u;

const FIELDS = [
  'Auto-Submitted',
  'Cc',
  'Content-Transfer-Encoding',
  'Content-Type',
  'From',
  'In-Reply-To',
  'MIME-Version',
  'Message-ID',
  'References',
  'Subject',
  'To',
  'X-Mailer',
];

describe.each(FORMATS)('as %s', (format) => {
  test.each(TEXTS)('%s arrives harmless', async (_, text) => {
    const printed = await render(format, {
      review: reviewed(text),
      series: await seriesWith(text),
      screen: { paint: PLAIN, columns: 80 },
      mail: MAIL,
      isMany: false,
    });
    expect(printed).not.toBe('');
    await HARMLESS[format](printed, text);
  });
});
