import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { MAIL } from '../../src/review/mail-settings.ts';
import { isAnswerable } from '../../src/review/mail-address.ts';
import { isWorthMail, renderMail } from '../../src/review/mail.ts';
import { LONG, mailOf, seriesOf } from './mails.ts';
import { findingOf, reviewOf, rowOf } from './reviews.ts';
import { hasSendEmail, sendWithGit } from './smtp.ts';

const FROM = 'A Reviewer <reviewer@example.org>';
const suggestion = {
  path: 'system/memory.c',
  block: null,
  diff: '--- a/system/memory.c\n+++ b/system/memory.c\n@@ -1 +1 @@\n-\tassert(x);\n+\tif (x) {\n',
};
const settings = { ...MAIL, from: FROM };

describe('the reply to a patch', () => {
  test('stands in its thread, and goes to everybody', async () => {
    const series = await seriesOf(mailOf(1, 1));
    const mail = await simpleParser(await renderMail(reviewOf(), series, settings));
    expect(mail.from?.text).toBe('"A Reviewer" <reviewer@example.org>');
    expect([mail.to].flat()[0]?.text).toBe('"André Author" <author@example.org>');
    expect([mail.cc].flat()[0]?.value.map(({ name, address }) => [name, address])).toEqual([
      ['Roe, Richard', 'roe@example.org'],
      ['', 'list@example.org'],
      ['Müller, Eva', 'eva@example.org'],
    ]);
    expect(mail.inReplyTo).toBe('<1@example.org>');
    expect(mail.references).toEqual(['<0@example.org>', '<1@example.org>']);
    expect(mail.subject).toBe(
      'Re: [PATCH v2 1/1] memory: Take no reference within one owner, and so on to a second line',
    );
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.date).toBeUndefined();
  });

  test('quotes what it is about, and no more', async () => {
    const series = await seriesOf(mailOf(1, 1));
    const { text = '' } = await simpleParser(await renderMail(reviewOf(), series, settings));
    const lines = text.split('\n');
    expect(lines.slice(0, 9)).toEqual([
      'On Mon, 2 Nov 2026 10:00:00 +0000, André Author wrote:',
      '> diff --git a/system/memory.c b/system/memory.c',
      '> @@ -8,6 +8,8 @@ static void memory_region_update_container_subregions(MemoryRegion *subregion)',
      '>',
      '>      memory_region_transaction_begin();',
      '>',
      '> -    memory_region_ref(subregion);',
      '> +    if (mr->owner != subregion->owner) {',
      '',
    ]);
    expect(text).not.toContain('QTAILQ_FOREACH');
    expect(text).toContain('\n[...]\n');
    expect(lines.filter((line) => !/^(?:>| {2}check)/u.test(line) && line.length > 72)).toEqual([]);
  });

  test('says remarks on wording below their lines, those on the message first', async () => {
    const series = await seriesOf(mailOf(1, 1));
    const wording = [
      { patch: 1, where: 'system/memory.c', line: 11, text: 'x', remark: 's/it/they ?' },
      { patch: 1, where: 'system/memory.c', line: 11, text: 'x', remark: 's/a/the/' },
      { patch: 1, where: 'message', line: 2, text: 'It are.', remark: 's/are/is/' },
    ];
    const review = reviewOf({ verdict: 'clean', findings: [], wording });
    const { text = '' } = await simpleParser(await renderMail(review, series, settings));
    expect(text).toMatch(
      /wrote:\n\n> It are\.\n\ns\/are\/is\/\n\n> diff --git.*\n(?:>.*\n)+\ns\/it\/they \?\ns\/a\/the\/\n/u,
    );
  });

  test('a removed line is quoted with its own number, and a long one whole', async () => {
    const series = await seriesOf(mailOf(1, 1));
    const path = 'system/memory.c';
    const findings = [
      findingOf({ anchor: { path, side: 'LEFT', line: 11 }, message: 'Left.' }),
      findingOf({ anchor: { path, side: 'RIGHT', line: 12 }, message: 'Right.' }),
    ];
    const mail = await renderMail(reviewOf({ findings }), series, settings);
    const { text = '' } = await simpleParser(mail);
    expect(text).toContain('> -    memory_region_ref(subregion);\n\nLeft.');
    expect(text).toContain(`> +        memory_region_ref(subregion); ${LONG}\n\nRight.`);
    expect(Math.max(...mail.split('\n').map((line) => line.length))).toBeLessThan(998);
  });

  test('to a mail that quotes the patch quotes it one deeper', async () => {
    const [head = '', body = ''] = mailOf(1, 1).split('\n\nWhy.\n');
    const quoted = `Someone wrote:\n${body.replaceAll(/^/gmu, '> ')}`;
    const series = await seriesOf(`${head.replace('Subject: ', 'Subject: Re: ')}\n\n${quoted}`);
    const { text = '' } = await simpleParser(await renderMail(reviewOf(), series, settings));
    expect(text).toContain('\n> > +    if (mr->owner != subregion->owner) {\n\nIn `');
  });

  test('to an attached patch answers the mail that it is attached to', async () => {
    const head =
      'From: A <a@example.org>\nMessage-ID: <m@example.org>\nSubject: A patch\nMIME-Version: 1.0';
    const type = 'Content-Type: multipart/mixed; boundary=b';
    const part = 'Content-Type: text/x-patch\nContent-Disposition: attachment; filename=x.patch';
    const mime = `${head}\n${type}\n\n--b\n\nSee there.\n--b\n${part}\n\n${mailOf(1, 1)}\n--b--\n`;
    const mail = await renderMail(reviewOf(), await seriesOf(mime), settings);
    const { to, inReplyTo, text } = await simpleParser(mail);
    expect([to].flat()[0]?.text).toBe('"A" <a@example.org>');
    expect(inReplyTo).toBe('<m@example.org>');
    expect(text).toContain('> +    if (mr->owner');
  });

  test('is the same mail for the same review, and another for another', async () => {
    const series = await seriesOf(mailOf(1, 1));
    const mail = await renderMail(reviewOf(), series, settings);
    expect(await renderMail(reviewOf(), series, settings)).toBe(mail);
    const other = await renderMail(reviewOf({ reason: 'Two.' }), series, settings);
    const [id, another] = [mail, other].map((each) => /^Message-ID: (.*)$/mu.exec(each)?.[1]);
    expect(id).toMatch(/^<[0-9a-f]{32}@check-lifecycle\.invalid>$/u);
    expect(another).not.toBe(id);
  });
});

describe('the replies to a series', () => {
  const mails = [mailOf(0, 2), mailOf(1, 2), mailOf(2, 2)];

  test('one to each patch that is commented on, one to the cover letter', async () => {
    const series = await seriesOf(...mails);
    const review = reviewOf({ findings: [findingOf({ patch: 2 })] });
    const mbox = await renderMail(review, series, settings);
    const parts = mbox.split(/^From mboxrd@z .*\n/mu).slice(1);
    const parsed = await Promise.all(parts.map(async (part) => simpleParser(part)));
    expect(parsed.map(({ inReplyTo }) => inReplyTo)).toEqual([
      '<0@example.org>',
      '<2@example.org>',
    ]);
    expect(parsed[0]?.text).toContain('- Remarks are in the replies to patch 2.');
    expect(parsed[1]?.text).toContain('the patched code stops');
    expect(parsed[1]?.text).not.toContain('regression:');
  });

  test('without a cover letter the whole is told to the first patch', async () => {
    const series = await seriesOf(mailOf(1, 2), mailOf(2, 2));
    const review = reviewOf({ findings: [findingOf({ patch: 2 })] });
    const parts = (await renderMail(review, series, settings)).split(/^From mboxrd@z .*\n/mu);
    const parsed = await Promise.all(parts.slice(1).map(async (part) => simpleParser(part)));
    expect(parsed.map(({ inReplyTo }) => inReplyTo)).toEqual([
      '<1@example.org>',
      '<2@example.org>',
    ]);
    expect(parsed[0]?.text).toMatch(/^regression:/u);
  });
});

test('trailers stand below findings only', async () => {
  const series = await seriesOf(mailOf(1, 1));
  const trailers = { ...settings, trailers: ['Reported-by: check-lifecycle'] };
  const clean = reviewOf({ verdict: 'clean', findings: [], scenarios: [] });
  expect(await renderMail(reviewOf(), series, trailers)).toContain('\nReported-by: check');
  expect(await renderMail(clean, series, trailers)).not.toContain('Reported-by');
});

test('nobody is written to uninvited where there is nothing to say', () => {
  expect(isWorthMail(reviewOf())).toBe(true);
  expect(isWorthMail(reviewOf({ verdict: 'improvement', findings: [] }))).toBe(true);
  const clean = reviewOf({
    verdict: 'clean',
    findings: [],
    scenarios: [rowOf({ class: 'clean' })],
  });
  expect(isWorthMail(clean)).toBe(false);
});

test('a bare diff has nobody to answer', async () => {
  const diff = `--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n`;
  expect(isAnswerable(await seriesOf(diff))).toBe(false);
  expect(isAnswerable(await seriesOf(mailOf(1, 1)))).toBe(true);
});

if (hasSendEmail()) {
  test('sent with git send-email it arrives as it was', async () => {
    const series = await seriesOf(mailOf(1, 1));
    const review = reviewOf({ findings: [findingOf({ suggestion })] });
    const mail = await renderMail(review, series, settings);
    const received = await sendWithGit(mail, FROM);
    expect(received).toHaveLength(1);
    const [{ raw, recipients } = { raw: Buffer.from(''), recipients: [] }] = received;
    const [arrived, sent] = await Promise.all([raw, mail].map(async (each) => simpleParser(each)));
    expect(arrived?.text?.trimEnd()).toBe(sent?.text?.trimEnd());
    expect(arrived?.text).toContain('\n-\tassert(x);\n+\tif (x) {\n');
    for (const name of ['messageId', 'inReplyTo', 'references', 'subject'] as const) {
      expect(arrived?.[name]).toEqual(sent?.[name]);
    }
    expect(arrived?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(recipients).toEqual(expect.arrayContaining(['author@example.org', 'eva@example.org']));
    expect(
      raw
        .toString('latin1')
        .split('\r\n')
        .every((line) => line.length <= 998),
    ).toBe(true);
  }, 60_000);
} else {
  process.stderr.write('SKIPPED: git send-email: install the package git-email\n');
}
