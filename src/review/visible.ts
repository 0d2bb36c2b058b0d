/** Control characters of a hostile mail must not reach the terminal: shown as `\xNN`. */
export function visible(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
    /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu,
    (found) => `\\x${found.codePointAt(0)?.toString(16).padStart(2, '0') ?? ''}`,
  );
}
