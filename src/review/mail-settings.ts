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
    'check-lifecycle is a program: it ran the code before and after the patch, and the same input always gives this answer. To see for yourself, save the patch and run the command below a remark. To hear no more of it, tell whoever sent this, or filter on "X-Mailer: check-lifecycle".',
};
