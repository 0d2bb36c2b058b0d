import { MAIL } from '../review/mail-settings.ts';
import { askGit } from '../tree/git-user.ts';

/**
 * Who sends a reply where no configuration says so: the one who `git send-email` sends as, since it puts a line of its
 * own above the text of a mail that is from somebody else. Without git or a name, the program itself.
 */
export async function senderOf(): Promise<string> {
  const answer = await askGit('.', ['var', 'GIT_AUTHOR_IDENT']).catch(() => undefined);
  const known = answer?.ok === true ? /^(.* <[^<>]+>) \d+ [-+]\d+\s*$/u.exec(answer.out) : null;
  return known?.[1] ?? MAIL.from;
}
