import addressparser from 'nodemailer/lib/addressparser';
import { decodeWords } from '../series/header.ts';
import type { Envelope, Patch, Series } from '../series/series.ts';
import { shown } from '../series/text.ts';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Who an answer goes to: whoever wrote, with everybody who was written to in copy. */
export interface Recipients {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
}

const LONGEST_NAME = 100;
const ADDRESS = /^[^\s<>@"(),:;\\[\]\p{C}]{1,64}@[\w.-]{1,250}$/u;

/** The mailboxes of an address field, groups taken apart; what is no address is left out. */
export function mailboxes(field: string | undefined): Mailbox[] {
  return addressparser(field ?? '', { flatten: true }).flatMap(({ name, address }) => {
    if (address === undefined || !ADDRESS.test(address)) {
      return [];
    }
    const plain = shown(decodeWords(name), LONGEST_NAME).trim();
    return [{ name: plain === address ? '' : plain, address }];
  });
}

/** `own` gets no copy of its answer. Both lists are empty where there is nobody to answer. */
export function recipientsOf(
  envelope: Envelope | undefined,
  author: string | undefined,
  own: Mailbox,
): Recipients {
  const seen = new Set([own.address.toLowerCase()]);
  function fresh(boxes: readonly Mailbox[]): Mailbox[] {
    return boxes.filter(({ address }) => {
      const known = seen.has(address.toLowerCase());
      seen.add(address.toLowerCase());
      return !known;
    });
  }
  const writer = mailboxes(envelope?.replyTo ?? envelope?.from ?? author);
  const to = writer.slice(0, 1);
  // Who answers their own mail still is whom it goes to.
  fresh(to);
  const cc = fresh([
    ...mailboxes(envelope?.from),
    ...mailboxes(author),
    ...mailboxes(envelope?.to),
    ...mailboxes(envelope?.cc),
  ]);
  return { to, cc };
}

/** Whether there is anybody to answer: a bare diff says of nobody that they sent it. */
export function isAnswerable({ envelope, patches }: Series): boolean {
  const fields = [envelope?.replyTo, envelope?.from, ...patches.map(({ author }) => author)];
  return fields.some((field) => mailboxes(field).length > 0);
}

/** The mail that brought a patch, as far as anything is known of it. */
export function nameOfWriter(envelope: Envelope | undefined, patch: Patch | undefined): string {
  const [writer] = mailboxes(envelope?.from ?? patch?.author);
  return writer === undefined ? '' : writer.name || writer.address;
}
