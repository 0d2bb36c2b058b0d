import type { Config } from '../config/config.ts';
import { isAnswerable } from '../review/mail-address.ts';
import { MAIL } from '../review/mail-settings.ts';
import type { MailSettings } from '../review/mail-settings.ts';
import type { Envelope, Series } from '../series/series.ts';
import { askGit } from '../tree/git-user.ts';
import { Failure } from './failure.ts';

/** A mail answers somebody; one that answers no mail in particular begins a thread, and says so. Throws Failure. */
export function checkAnswerable(series: readonly Series[], name: string): void {
  if (!series.every(isAnswerable)) {
    throw new Failure(
      `${name}: there is nobody to answer: --format mail needs a patch with a From: line; give the mail itself, or take --format text.`,
    );
  }
  if (series.some(({ envelope }) => !isInThread(envelope))) {
    process.stderr.write(
      `check-lifecycle: ${name}: no Message-ID, so the reply stands in no thread; give the mail itself, or name one with git send-email --in-reply-to.\n`,
    );
  }
}

function isInThread(envelope: Envelope | undefined): boolean {
  return envelope?.messageId !== undefined || (envelope?.references.length ?? 0) > 0;
}

/** How mails look, by the configuration. */
export async function mailSettings({ mail }: Config): Promise<MailSettings> {
  const { trailers, footer = MAIL.footer } = mail;
  return { from: mail.from ?? (await senderOf()), trailers, footer };
}

/**
 * Who sends a reply where no configuration says so: the one who `git send-email` sends as, since it puts a line of its
 * own above the text of a mail that is from somebody else. Without git or a name, the program itself.
 */
async function senderOf(): Promise<string> {
  const answer = await askGit('.', ['var', 'GIT_AUTHOR_IDENT']).catch(() => undefined);
  const known = answer?.ok === true ? /^(.* <[^<>]+>) \d+ [-+]\d+\s*$/u.exec(answer.out) : null;
  return known?.[1] ?? MAIL.from;
}
