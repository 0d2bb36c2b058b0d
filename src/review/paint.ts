/** The colours that text uses; the plain ones return what they are given. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly dim: (text: string) => string;
}

function plain(text: string): string {
  return text;
}

export const PLAIN: Paint = { bold: plain, red: plain, green: plain, yellow: plain, dim: plain };
