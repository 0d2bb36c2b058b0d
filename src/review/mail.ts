import { decodeWords } from '../series/header.ts';
import type { Envelope, Patch, Series } from '../series/series.ts';
import { shown } from '../series/text.ts';
import { commentsOf, summaryOf } from './comments.ts';
import type { Comment } from './comments.ts';
import { mailboxes, nameOfWriter, recipientsOf } from './mail-address.ts';
import type { Mailbox } from './mail-address.ts';
import { MAIL } from './mail-settings.ts';
import type { MailSettings } from './mail-settings.ts';
import { compose } from './mail-compose.ts';
import type { Draft } from './mail-compose.ts';
import { quoted, quotePatch } from './mail-quote.ts';
import type { Said } from './mail-quote.ts';
import { visible, visibleCode, wrap } from './prose.ts';
import type { Review, WordingRemark } from './schema.ts';

const WIDTH = 72;
const POSTMARK = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';

/**
 * The replies that a reviewer would send: one to each patch that is commented on, and what is said of the whole in one to
 * the cover letter, or to the first patch where there is none. A single mail is as it is, several are an mboxrd.
 *
 * @param isMany whether other series have theirs beside it
 */
export async function renderMail(
  review: Review,
  series: Series,
  settings: MailSettings = MAIL,
  isMany = false,
): Promise<string> {
  const mails: string[] = [];
  for (const draft of drafts(review, series, settings)) {
    mails.push(await compose(draft));
  }
  const [only] = mails;
  return mails.length === 1 && only !== undefined && !isMany
    ? only
    : mails.map((mail) => `${POSTMARK}${mail.replace(/^(>*From )/gmu, '>$1')}\n`).join('');
}

/**
 * Whether a review has something to say that somebody who did not ask for it wants to read. A dry run prints its reply all
 * the same.
 */
export function isWorthMail(review: Review): boolean {
  return (
    review.findings.length > 0 ||
    review.verdict === 'improvement' ||
    review.scenarios.some((row) => row.class === 'transient')
  );
}

function drafts(review: Review, series: Series, settings: MailSettings): Draft[] {
  const own = mailboxes(settings.from)[0] ?? { name: 'check-lifecycle', address: settings.from };
  const comments = commentsOf(review);
  const [first] = series.patches;
  const hasCover = series.envelope !== undefined && series.envelope !== first?.envelope;
  const cover = hasCover ? [summaryDraft(review, series, settings, own)] : [];
  const replies = series.patches.flatMap((patch, index) => {
    const here = comments.filter((comment) => comment.patch === index + 1);
    const nits = review.wording.filter((remark) => remark.patch === index + 1);
    const summary = !hasCover && index === 0 ? summaryLines(review, series) : [];
    if (here.length + nits.length + summary.length === 0) {
      return [];
    }
    // What the answered mail quotes itself is quoted one deeper.
    const quote = series.kind === 'reply' ? '> >' : '>';
    const said = [...here.map((each) => ({ ...each, lines: remarkLines(each) })), ...onLines(nits)];
    const remarks = [...onMessage(nits, quote), ...quotePatch(patch, said, quote)];
    const attribution = said.length + nits.length === 0 ? [] : attributionOf(patch);
    const text = [...attribution, ...remarks, '', ...summary];
    const body = [...tidy(text), ...signature(settings, here.length > 0)];
    return [draftOf(patch.envelope, patch, own, body)];
  });
  return [...cover, ...replies];
}

function summaryDraft(review: Review, series: Series, settings: MailSettings, own: Mailbox): Draft {
  const body = [...tidy(summaryLines(review, series)), ...signature(settings, false)];
  return draftOf(series.envelope, series.patches[0], own, body);
}

function draftOf(
  envelope: Envelope | undefined,
  patch: Patch | undefined,
  own: Mailbox,
  body: readonly string[],
): Draft {
  const id = envelope?.messageId;
  return {
    from: own,
    ...recipientsOf(envelope, patch?.author, own),
    subject: subjectOf(envelope, patch),
    thread: [...(envelope?.references ?? []), ...(id === undefined ? [] : [id])],
    body,
  };
}

function subjectOf(envelope: Envelope | undefined, patch: Patch | undefined): string {
  const number = patch === undefined || patch.total < 2 ? '' : ` ${patch.index}/${patch.total}`;
  const known = decodeWords(envelope?.subject ?? '')
    .replace(/\s+/gu, ' ')
    .trim();
  const subject = known === '' ? `[PATCH${number}] ${patch?.subject ?? ''}` : known;
  return shown(/^re:/iu.test(subject) ? subject : `Re: ${subject}`, 240);
}

function attributionOf(patch: Patch): string[] {
  const name = nameOfWriter(patch.envelope, patch);
  const date = patch.envelope?.date ?? patch.date;
  return [visible(`${date === undefined ? '' : `On ${shown(date)}, `}${name} wrote:`)];
}

/** What happens, how to see it, and what mends it. */
function remarkLines({ text, replay, suggestion }: Comment): string[] {
  const lines = [...prose(text), '', `  ${visible(replay)}`];
  if (suggestion === null) {
    return lines;
  }
  return [
    ...lines,
    '',
    ...prose('With this on top they end clean, and no scenario ends worse than on the base:'),
    '',
    ...suggestion.diff.trimEnd().split('\n').map(visibleCode),
  ];
}

/** Remarks on the wording of files, those on one line together. */
function onLines(nits: readonly WordingRemark[]): Said[] {
  const lines = new Map<string, Said>();
  for (const { where, line, remark } of nits.filter((nit) => nit.where !== 'message')) {
    const key = `${where}:${line}`;
    const known = lines.get(key)?.lines ?? [];
    lines.set(key, { path: where, side: 'RIGHT', line, lines: [...known, visible(remark)] });
  }
  return [...lines.values()];
}

/** Lines of the commit message with what is said of their wording; line 0 is the subject. */
function onMessage(nits: readonly WordingRemark[], quote: string): string[] {
  const own = nits.filter((nit) => nit.where === 'message');
  const lines = own.flatMap(({ line, text, remark }, index) => {
    const isSame = own[index - 1]?.line === line;
    const shownLine = quoted(quote, line === 0 ? `Subject: ${text}` : text);
    return [...(isSame ? [] : ['', shownLine, '']), visible(remark)];
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

function summaryLines(review: Review, series: Series): string[] {
  const { verdict, points, checked } = summaryOf(review);
  const of = series.patches.length;
  const commented = new Set(commentsOf(review).map(({ patch }) => patch));
  const where = [...commented].map((patch) => `${series.patches[patch - 1]?.index ?? patch}`);
  const replies =
    of > 1 && where.length > 0 ? [`Remarks are in the replies to patch ${where.join(', ')}.`] : [];
  return [
    ...prose(verdict),
    ...(points.length + replies.length === 0 ? [] : ['']),
    ...[...replies, ...points].flatMap((point) => item(point)),
    ...(checked.length === 0 ? [] : ['']),
    ...checked.flatMap(prose),
    ...review.remarks.flatMap(prose),
  ];
}

function item(text: string): string[] {
  return wrap(visible(text), '  ', WIDTH).map((line, at) =>
    at === 0 ? `- ${line.slice(2)}` : line,
  );
}

function prose(text: string): string[] {
  return wrap(visible(text), '', WIDTH);
}

/** One empty line where there would be several, none at the ends. */
function tidy(lines: readonly string[]): string[] {
  const text = lines.join('\n').replaceAll(/\n{3,}/gu, '\n\n');
  return text.replace(/^\n+|\n+$/gu, '').split('\n');
}

function signature({ trailers, footer }: MailSettings, isFinding: boolean): string[] {
  const said = isFinding && trailers.length > 0 ? ['', ...trailers.map(visible)] : [];
  return [...said, '', '-- ', ...footer.trim().split('\n').flatMap(prose)];
}
