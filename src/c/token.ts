import type { Location } from './source.ts';

/** Preprocessing and proper tokens share one shape (C11 §6.4); `pp-number` is classified by the parser. */
export type TokenKind =
  | 'identifier' // also keywords: the parser tells them apart
  | 'number'
  | 'char'
  | 'string'
  | 'punctuator'
  | 'eof';

export interface Token {
  readonly kind: TokenKind;
  /** The spelling in the source, quotes and prefixes included. */
  readonly text: string;
  /** Where the token was written: inside a macro body this is the place of use, see `spelled`. */
  readonly location: Location;
  /** Where the spelling stands when it came from a macro definition; absent otherwise. */
  readonly spelled?: Location;
  /** First token on its line, before macro expansion. */
  readonly startsLine: boolean;
  /** White space or a comment stood before it. */
  readonly spaceBefore: boolean;
}
