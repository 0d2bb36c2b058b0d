import type { BuiltinTable, Runtime } from '../runtime.ts';
import { Stop } from '../stop.ts';
import { num } from './value.ts';

type Args = readonly (number | bigint)[];

/** Wide strings (C11 §7.29.4): `wchar_t` is a 4-byte int. Multibyte text is the C locale's, ASCII. */
export const WIDE: BuiltinTable = {
  wcslen: (rt, site, [text]) => BigInt(wideLength(rt, site, num(text))),
  wcscpy: (rt, site, [to, from]) => {
    const length = wideLength(rt, site, num(from));
    rt.memory.copy(num(to), num(from), 4 * (length + 1), site);
    return num(to);
  },
  wcscat: (rt, site, [to, from]) => {
    const end = num(to) + 4 * wideLength(rt, site, num(to));
    rt.memory.copy(end, num(from), 4 * (wideLength(rt, site, num(from)) + 1), site);
    return num(to);
  },
  wcscmp: (rt, site, [a, b]) => compareWide(rt, site, num(a), num(b), Infinity),
  wcsncmp: (rt, site, [a, b, n]) => compareWide(rt, site, num(a), num(b), num(n)),
  wcschr: (rt, site, [text, wanted]) => {
    for (let at = num(text); ; at += 4) {
      const c = rt.memory.i32(at, site);
      if (c === num(wanted) || c === 0) {
        return c === num(wanted) ? at : 0;
      }
    }
  },
  wmemcpy: copyWide,
  wmemmove: copyWide,
  wmemset: (rt, site, [to, c, n]) => {
    for (let at = 0; at < num(n); at++) {
      rt.memory.w32(num(to) + 4 * at, num(c), site);
    }
    return num(to);
  },
  mbtowc: (rt, site, [to, from, n]) => {
    if (num(from) === 0 || num(n) === 0) {
      return num(from) === 0 ? 0 : -1;
    }
    const byte = ascii(rt.memory.u8(num(from), site), site);
    if (num(to) !== 0) {
      rt.memory.w32(num(to), byte, site);
    }
    return byte === 0 ? 0 : 1;
  },
  wctomb: (rt, site, [to, c]) => {
    if (num(to) === 0) {
      return 0;
    }
    rt.memory.w8(num(to), ascii(num(c), site), site);
    return 1;
  },
  mbstowcs: (rt, site, [to, from, n]) => {
    const bytes = rt.memory.cString(num(from), site).slice();
    for (let at = 0; num(to) !== 0 && at <= bytes.length && at < num(n); at++) {
      rt.memory.w32(num(to) + 4 * at, ascii(bytes[at] ?? 0, site), site);
    }
    return BigInt(num(to) === 0 ? bytes.length : Math.min(bytes.length, num(n)));
  },
};

function wideLength(rt: Runtime, site: number, text: number): number {
  let length = 0;
  while (rt.memory.i32(text + 4 * length, site) !== 0) {
    length++;
  }
  return length;
}

function compareWide(rt: Runtime, site: number, a: number, b: number, n: number): number {
  for (let at = 0; at < n; at++) {
    const left = rt.memory.i32(a + 4 * at, site);
    const right = rt.memory.i32(b + 4 * at, site);
    if (left !== right || left === 0) {
      return Math.sign(left - right);
    }
  }
  return 0;
}

function copyWide(rt: Runtime, site: number, [to, from, n]: Args): number {
  rt.memory.copy(num(to), num(from), 4 * num(n), site);
  return num(to);
}

function ascii(code: number, site: number): number {
  if (code < 0 || code > 127) {
    throw new Stop('unsupported', 'a multibyte character outside ASCII', site);
  }
  return code;
}
