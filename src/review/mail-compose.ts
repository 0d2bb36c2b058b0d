import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mailbox, Recipients } from './mail-address.ts';

/** A reply before it is a mail. */
export interface Draft extends Recipients {
  readonly from: Mailbox;
  readonly subject: string;
  /** Identifiers without `<>`, the oldest first; the last one is what is answered. None: it begins a thread. */
  readonly thread: readonly string[];
  /** Lines of plain text. */
  readonly body: readonly string[];
}

/** Of RFC 5322 §2.1.1 998; room is left for what is added underway. */
const LONGEST_LINE = 900;
const LONGEST_SUBJECT = 250;
/** No encoded words, which a reader would decode. */
const ID = /^(?!.*=\?)[!-;=?A-~]{1,100}@[!-;=?A-~]{1,100}$/u;

/**
 * The mail as text with plain line ends: 7-bit where that can be, else quoted-printable. It has no date: the
 * program that sends it sets that (`git send-email` replaces whatever stands there), and a date made up from
 * the patch's would be wrong. The identifier is a hash of what the mail says, so that the same
 * review is the same mail.
 */
export async function compose(draft: Draft): Promise<string> {
  const { from, to, cc, body } = draft;
  const subject = draft.subject.slice(0, LONGEST_SUBJECT);
  const thread = draft.thread.filter((id) => ID.test(id));
  const content = `${body.join('\n')}\n`;
  const answered = thread.at(-1);
  const isPlain = isAscii(content);
  const composer = new MailComposer({
    from: { ...from },
    to: to.map((each) => ({ ...each })),
    cc: cc.map((each) => ({ ...each })),
    subject,
    messageId: `<${idOf([subject, ...thread, ...addresses(to), ...addresses(cc), content])}>`,
    ...(answered === undefined
      ? {}
      : { inReplyTo: `<${answered}>`, references: thread.map((id) => `<${id}>`) }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Mailer': 'check-lifecycle' },
    text: isPlain ? 'x' : content,
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const built = (await composer.compile().build()).toString('latin1').replaceAll('\r\n', '\n');
  const mail = built.replace(/^Date: .*\n/mu, '');
  // A line above 76 characters would be encoded, which nothing asks for and which makes the file hard to read.
  return isPlain ? mail.slice(0, mail.indexOf('\n\n') + 2) + content : mail;
}

/** Whether it can go as it is. */
function isAscii(content: string): boolean {
  return /^[\t\n -~]*$/u.test(content) && content.split('\n').every(fits);
}

function fits(line: string): boolean {
  return line.length <= LONGEST_LINE;
}

function addresses(boxes: readonly Mailbox[]): string[] {
  return boxes.map(({ address }) => address);
}

function idOf(parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
  return `${hash}@check-lifecycle.invalid`;
}
