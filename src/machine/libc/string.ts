import type { BuiltinTable, Runtime } from '../runtime.ts';
import { heapBlock } from './memory-block.ts';
import { bytesOf, cText, num } from './value.ts';

/** C11 §7.24, and what POSIX and GNU add to it. */
export const STRING: BuiltinTable = {
  memcpy: copyTo,
  memmove: copyTo,
  mempcpy: (rt, site, [to, from, n]) => copyTo(rt, site, [to ?? 0, from ?? 0, n ?? 0]) + num(n),
  bcopy: (rt, site, [from, to, n]) => {
    rt.memory.copy(num(to), num(from), num(n), site);
    return undefined;
  },
  memccpy: (rt, site, [to, from, byte, n]) => {
    const at = findByte(rt, site, num(from), num(byte), num(n));
    rt.memory.copy(num(to), num(from), at < 0 ? num(n) : at + 1, site);
    return at < 0 ? 0 : num(to) + at + 1;
  },
  memset: (rt, site, [to, byte, n]) => {
    rt.memory.fill(num(to), num(byte) & 255, num(n), site);
    return num(to);
  },
  explicit_bzero: zero,
  bzero: zero,
  memcmp: compareBytes,
  bcmp: compareBytes,
  memchr: (rt, site, [from, byte, n]) =>
    place(num(from), findByte(rt, site, num(from), num(byte), num(n))),
  rawmemchr: (rt, site, [from, byte]) =>
    place(num(from), findByte(rt, site, num(from), num(byte), Infinity)),
  memrchr: (rt, site, [from, byte, n]) =>
    place(num(from), rt.memory.bytes(num(from), num(n), site).lastIndexOf(num(byte) & 255)),
  memmem: (rt, site, [from, n, what, length]) => {
    const needle = rt.memory.bytes(num(what), num(length), site);
    return place(num(from), indexOfBytes(rt.memory.bytes(num(from), num(n), site), needle));
  },
  strlen: (rt, site, [text]) => BigInt(rt.memory.cString(num(text), site).length),
  strnlen: (rt, site, [text, n]) => BigInt(lengthWithin(rt, site, num(text), num(n))),
  strcpy: (rt, site, [to, from]) => {
    copyText(rt, site, num(to), num(from));
    return num(to);
  },
  stpcpy: (rt, site, [to, from]) => num(to) + copyText(rt, site, num(to), num(from)),
  strncpy: (rt, site, [to, from, n]) => {
    padText(rt, site, num(to), num(from), num(n));
    return num(to);
  },
  stpncpy: (rt, site, [to, from, n]) => num(to) + padText(rt, site, num(to), num(from), num(n)),
  strlcpy: (rt, site, [to, from, n]) => cutText(rt, site, num(to), num(from), num(n)),
  strlcat: (rt, site, [to, from, n]) => {
    const had = lengthWithin(rt, site, num(to), num(n));
    return BigInt(had) + cutText(rt, site, num(to) + had, num(from), num(n) - had);
  },
  strcat: (rt, site, [to, from]) => {
    const end = num(to) + rt.memory.cString(num(to), site).length;
    copyText(rt, site, end, num(from));
    return num(to);
  },
  strncat: (rt, site, [to, from, n]) => {
    const end = num(to) + rt.memory.cString(num(to), site).length;
    const length = lengthWithin(rt, site, num(from), num(n));
    rt.memory.copy(end, num(from), length, site);
    rt.memory.w8(end + length, 0, site);
    return num(to);
  },
  strcmp: (rt, site, [a, b]) => compareText(rt, site, num(a), num(b), Infinity, same),
  strcoll: (rt, site, [a, b]) => compareText(rt, site, num(a), num(b), Infinity, same),
  strncmp: (rt, site, [a, b, n]) => compareText(rt, site, num(a), num(b), num(n), same),
  strcasecmp: (rt, site, [a, b]) => compareText(rt, site, num(a), num(b), Infinity, lowerCase),
  strncasecmp: (rt, site, [a, b, n]) => compareText(rt, site, num(a), num(b), num(n), lowerCase),
  strxfrm: (rt, site, [to, from, n]) => cutText(rt, site, num(to), num(from), num(n)),
  strchr: findFirst,
  index: findFirst,
  strchrnul: (rt, site, [text, byte]) => {
    const bytes = rt.memory.cString(num(text), site);
    const at = bytes.indexOf(num(byte) & 255);
    return num(text) + (at < 0 ? bytes.length : at);
  },
  strrchr: findLast,
  rindex: findLast,
  strstr: (rt, site, [text, what]) =>
    place(num(text), cText(rt, site, text).indexOf(cText(rt, site, what))),
  strcasestr: (rt, site, [text, what]) =>
    place(num(text), lower(cText(rt, site, text)).indexOf(lower(cText(rt, site, what)))),
  strspn: (rt, site, [text, set]) => BigInt(span(rt, site, num(text), num(set), true)),
  strcspn: (rt, site, [text, set]) => BigInt(span(rt, site, num(text), num(set), false)),
  strpbrk: (rt, site, [text, set]) => {
    const at = span(rt, site, num(text), num(set), false);
    return rt.memory.u8(num(text) + at, site) === 0 ? 0 : num(text) + at;
  },
  strdup: (rt, site, [text]) => {
    const length = rt.memory.cString(num(text), site).length;
    return duplicate(rt, site, num(text), length, 'strdup');
  },
  strndup: (rt, site, [text, n]) =>
    duplicate(rt, site, num(text), lengthWithin(rt, site, num(text), num(n)), 'strndup'),
  strtok: (rt, site, [text, set]) => {
    const from = num(text) === 0 ? strtokPlace(rt) : num(text);
    const [token, next] = nextToken(rt, site, from, num(set));
    rt.state.set('strtok', next);
    return token;
  },
  strtok_r: (rt, site, [text, set, save]) => {
    const from = num(text) === 0 ? rt.memory.ptr(num(save), site) : num(text);
    const [token, next] = nextToken(rt, site, from, num(set));
    rt.memory.wptr(num(save), next, site);
    return token;
  },
  strsep: (rt, site, [pointer, set]) => {
    const from = rt.memory.ptr(num(pointer), site);
    if (from === 0) {
      return 0;
    }
    const end = from + span(rt, site, from, num(set), false);
    rt.memory.wptr(num(pointer), cutAt(rt, site, end), site);
    return from;
  },
  ffs: (_rt, _site, [value]) => lowestBit(BigInt.asUintN(32, BigInt(value ?? 0))),
  ffsl: (_rt, _site, [value]) => lowestBit(BigInt.asUintN(64, BigInt(value ?? 0))),
  ffsll: (_rt, _site, [value]) => lowestBit(BigInt.asUintN(64, BigInt(value ?? 0))),
};

type Args = readonly (number | bigint)[];

function copyTo(rt: Runtime, site: number, [to, from, n]: Args): number {
  rt.memory.copy(num(to), num(from), num(n), site);
  return num(to);
}

function zero(rt: Runtime, site: number, [to, n]: Args): undefined {
  rt.memory.fill(num(to), 0, num(n), site);
  return undefined;
}

function compareBytes(rt: Runtime, site: number, [a, b, n]: Args): number {
  const left = rt.memory.bytes(num(a), num(n), site);
  const right = rt.memory.bytes(num(b), num(n), site);
  for (let at = 0; at < left.length; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function findFirst(rt: Runtime, site: number, [text, byte]: Args): number {
  const bytes = rt.memory.cString(num(text), site);
  const wanted = num(byte) & 255;
  return place(num(text), wanted === 0 ? bytes.length : bytes.indexOf(wanted));
}

function findLast(rt: Runtime, site: number, [text, byte]: Args): number {
  const bytes = rt.memory.cString(num(text), site);
  const wanted = num(byte) & 255;
  return place(num(text), wanted === 0 ? bytes.length : bytes.lastIndexOf(wanted));
}

/** The pointer for an index, NULL for -1. */
function place(base: number, index: number): number {
  return index < 0 ? 0 : base + index;
}

/** Looks no further than the byte it finds (C11 §7.24.5.1p2). */
function findByte(rt: Runtime, site: number, from: number, byte: number, n: number): number {
  for (let at = 0; at < n; at++) {
    if (rt.memory.u8(from + at, site) === (byte & 255)) {
      return at;
    }
  }
  return -1;
}

function indexOfBytes(bytes: Uint8Array, needle: Uint8Array): number {
  for (let at = 0; at + needle.length <= bytes.length; at++) {
    if (needle.every((byte, k) => bytes[at + k] === byte)) {
      return at;
    }
  }
  return -1;
}

/** Bytes before the NUL, at most `n`; nothing after them is looked at. */
function lengthWithin(rt: Runtime, site: number, text: number, n: number): number {
  const at = findByte(rt, site, text, 0, n);
  return at < 0 ? n : at;
}

function copyText(rt: Runtime, site: number, to: number, from: number): number {
  const { length } = rt.memory.cString(from, site);
  rt.memory.copy(to, from, length + 1, site);
  return length;
}

/** strncpy: exactly `n` bytes, NULs after the text. */
function padText(rt: Runtime, site: number, to: number, from: number, n: number): number {
  const length = lengthWithin(rt, site, from, n);
  rt.memory.copy(to, from, length, site);
  rt.memory.fill(to + length, 0, n - length, site);
  return length;
}

/** strlcpy: at most `n` bytes and always a NUL; what it would have liked to copy. */
function cutText(rt: Runtime, site: number, to: number, from: number, n: number): bigint {
  const { length } = rt.memory.cString(from, site);
  if (n > 0) {
    const kept = Math.min(length, n - 1);
    rt.memory.copy(to, from, kept, site);
    rt.memory.w8(to + kept, 0, site);
  }
  return BigInt(length);
}

function same(byte: number): number {
  return byte;
}

function lowerCase(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}

function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function compareText(
  rt: Runtime,
  site: number,
  a: number,
  b: number,
  n: number,
  fold: (byte: number) => number,
): number {
  for (let at = 0; at < n; at++) {
    const left = rt.memory.u8(a + at, site);
    const right = rt.memory.u8(b + at, site);
    const difference = fold(left) - fold(right);
    if (difference !== 0 || left === 0) {
      return difference;
    }
  }
  return 0;
}

/** How many bytes from `text` on are in the set, or are not; the NUL ends it. */
function span(rt: Runtime, site: number, text: number, set: number, inside: boolean): number {
  const members = new Set(rt.memory.cString(set, site));
  const bytes = rt.memory.cString(text, site);
  const at = bytes.findIndex((byte) => members.has(byte) !== inside);
  return at < 0 ? bytes.length : at;
}

function duplicate(rt: Runtime, site: number, text: number, length: number, what: string): number {
  const block = heapBlock(rt, site, length + 1, `${what}(${length + 1})`);
  rt.memory.copy(block, text, length, site);
  rt.memory.w8(block + length, 0, site);
  return block;
}

/** A heap block with `text`, for functions that return one. */
export function heapText(rt: Runtime, site: number, text: string, name: string): number {
  const block = heapBlock(rt, site, text.length + 1, `${name}(${text.length + 1})`);
  rt.memory.writeBytes(block, bytesOf(`${text}\0`), site);
  return block;
}

/** Where the last strtok left off. */
function strtokPlace(rt: Runtime): number {
  const left = rt.state.get('strtok');
  return typeof left === 'number' ? left : 0;
}

function nextToken(rt: Runtime, site: number, from: number, set: number): [number, number] {
  if (from === 0) {
    return [0, 0];
  }
  const start = from + span(rt, site, from, set, true);
  if (rt.memory.u8(start, site) === 0) {
    return [0, 0];
  }
  return [start, cutAt(rt, site, start + span(rt, site, start, set, false))];
}

/** End the text at `end`; what follows, or NULL where it had ended there anyway. */
function cutAt(rt: Runtime, site: number, end: number): number {
  if (rt.memory.u8(end, site) === 0) {
    return 0;
  }
  rt.memory.w8(end, 0, site);
  return end + 1;
}

function lowestBit(value: bigint): number {
  return value === 0n ? 0 : (value & -value).toString(2).length;
}
