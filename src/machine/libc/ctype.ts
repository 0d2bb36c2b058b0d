import type { BuiltinTable } from '../runtime.ts';
import { num } from './value.ts';

/** The C locale's classes (C11 §7.4); nothing above 127 belongs to any. */
const CLASSES: Readonly<Record<string, RegExp>> = {
  isalnum: /[0-9A-Za-z]/,
  isalpha: /[A-Za-z]/,
  isblank: /[ \t]/,
  // eslint-disable-next-line no-control-regex -- the class of control characters
  iscntrl: /[\x00-\x1f\x7f]/,
  isdigit: /[0-9]/,
  isgraph: /[!-~]/,
  islower: /[a-z]/,
  isprint: /[ -~]/,
  ispunct: /[!-/:-@[-`{-~]/,
  isspace: /[ \t\n\v\f\r]/,
  isupper: /[A-Z]/,
  isxdigit: /[0-9A-Fa-f]/,
};

function classTable(): BuiltinTable {
  const table: Record<string, BuiltinTable[string]> = {};
  for (const [name, members] of Object.entries(CLASSES)) {
    const answers = Array.from({ length: 128 }, (_, code) =>
      members.test(String.fromCharCode(code)) ? 1 : 0,
    );
    table[name] = (_rt, _site, [c]) => answers[num(c)] ?? 0;
    table[name.replace('is', 'isw')] = table[name];
  }
  return table;
}

function toLower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function toUpper(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}

export const CTYPE: BuiltinTable = {
  ...classTable(),
  tolower: (_rt, _site, [c]) => toLower(num(c)),
  toupper: (_rt, _site, [c]) => toUpper(num(c)),
  towlower: (_rt, _site, [c]) => toLower(num(c)),
  towupper: (_rt, _site, [c]) => toUpper(num(c)),
  isascii: (_rt, _site, [c]) => (num(c) >= 0 && num(c) < 128 ? 1 : 0),
  toascii: (_rt, _site, [c]) => num(c) & 127,
};
