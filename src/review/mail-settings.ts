/** What a mail says of itself. */
export interface MailSettings {
  /** Who sends it, as a `From` field has it. */
  readonly from: string;
  /** Lines under what was found, such as `Reported-by: ...`. */
  readonly trailers: readonly string[];
  /** What stands below the signature's dashes. */
  readonly footer: string;
}

export const MAIL: MailSettings = {
  from: 'check-lifecycle <check-lifecycle@localhost>',
  trailers: [],
  footer:
    'check-lifecycle, a program: it ran the code before and after the patch, and the same input always gives this answer. The commands above replay it; save the patch as the file that they name. To hear no more of it, tell whoever sent this, or filter on "X-Mailer: check-lifecycle".',
};
