import type { BuiltinTable, Runtime } from '../runtime.ts';
import { big, cText, num, once, putText, staticObject } from './value.ts';

type Args = readonly (number | bigint)[];

/** 2020-01-01 00:00:00 UTC: the same input must give the same run, so no real clock is asked. */
const START = 1_577_836_800n;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** C11 §7.27, in UTC. Each question about fine time is a microsecond later, so that waiting loops end. */
export const TIME: BuiltinTable = {
  time: (rt, site, [to]) => {
    const now = START + ticks(rt, 0n) / 1_000_000n;
    if (num(to) !== 0) {
      rt.memory.w64(num(to), now, site);
    }
    return now;
  },
  clock: (rt) => ticks(rt, 1n),
  clock_gettime: (rt, site, [clock, to]) => {
    const now = ticks(rt, 1n);
    storePair(rt, site, num(to), num(clock) === 0 ? START : 0n, now, 1000n);
    return 0;
  },
  timespec_get: (rt, site, [to, base]) => {
    storePair(rt, site, num(to), START, ticks(rt, 1n), 1000n);
    return num(base);
  },
  gettimeofday: (rt, site, [to]) => {
    storePair(rt, site, num(to), START, ticks(rt, 1n), 1n);
    return 0;
  },
  nanosleep: (rt, site, [wanted]) => {
    const nanoseconds = rt.memory.i64(num(wanted) + 8, site);
    ticks(rt, rt.memory.i64(num(wanted), site) * 1_000_000n + nanoseconds / 1000n);
    return 0;
  },
  sleep: (rt, _site, [seconds]) => {
    ticks(rt, big(seconds) * 1_000_000n);
    return 0;
  },
  usleep: (rt, _site, [microseconds]) => {
    ticks(rt, big(microseconds));
    return 0;
  },
  difftime: (_rt, _site, [a, b]) => Number(big(a) - big(b)),
  gmtime: brokenDown,
  localtime: brokenDown,
  gmtime_r: brokenDownTo,
  localtime_r: brokenDownTo,
  mktime: fromBrokenDown,
  timegm: fromBrokenDown,
  strftime: (rt, site, [to, size, format, tm]) => {
    const text = formatTime(cText(rt, site, format), readTime(rt, site, num(tm)));
    if (text.length >= num(size)) {
      return 0n;
    }
    putText(rt, site, num(to), text);
    return BigInt(text.length);
  },
  asctime: (rt, site, [tm]) => timeText(rt, site, readTime(rt, site, num(tm))),
  ctime: (rt, site, [from]) =>
    timeText(rt, site, new Date(Number(rt.memory.i64(num(from), site)) * 1000)),
};

/** Microseconds since the start; `more` have passed. */
function ticks(rt: Runtime, more: bigint): bigint {
  const clock = once(rt, 'clock', () => ({ now: 0n }));
  clock.now += more;
  return clock.now;
}

function storePair(
  rt: Runtime,
  site: number,
  to: number,
  start: bigint,
  microseconds: bigint,
  unit: bigint,
): void {
  rt.memory.w64(to, start + microseconds / 1_000_000n, site);
  rt.memory.w64(to + 8, (microseconds % 1_000_000n) * unit, site);
}

function brokenDown(rt: Runtime, site: number, [from]: Args): number {
  return brokenDownTo(rt, site, [from ?? 0, staticObject(rt, 'struct tm', 56, site)]);
}

function brokenDownTo(rt: Runtime, site: number, [from, to]: Args): number {
  const date = new Date(Number(rt.memory.i64(num(from), site)) * 1000);
  storeTime(rt, site, num(to), date);
  return num(to);
}

/**
 *     struct tm   [ sec min hour mday mon year wday yday isdst, 4 bytes each ][ pad 4 ][ gmtoff 8 ][ zone 8 ]
 */
function storeTime(rt: Runtime, site: number, to: number, date: Date): void {
  const fields = [
    date.getUTCSeconds(),
    date.getUTCMinutes(),
    date.getUTCHours(),
    date.getUTCDate(),
    date.getUTCMonth(),
    date.getUTCFullYear() - 1900,
    date.getUTCDay(),
    dayOfYear(date),
    0,
  ];
  for (const [index, field] of fields.entries()) {
    rt.memory.w32(to + 4 * index, field, site);
  }
  rt.memory.w64(to + 40, 0n, site);
  rt.memory.wptr(to + 48, 0, site);
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000);
}

function readTime(rt: Runtime, site: number, tm: number): Date {
  function field(index: number): number {
    return rt.memory.i32(tm + 4 * index, site);
  }
  return new Date(Date.UTC(field(5) + 1900, field(4), field(3), field(2), field(1), field(0)));
}

function fromBrokenDown(rt: Runtime, site: number, [tm]: Args): bigint {
  const date = readTime(rt, site, num(tm));
  storeTime(rt, site, num(tm), date);
  return BigInt(Math.floor(date.getTime() / 1000));
}

function timeText(rt: Runtime, site: number, date: Date): number {
  const to = staticObject(rt, 'asctime', 64, site);
  putText(rt, site, to, formatTime('%a %b %e %H:%M:%S %Y\n', date));
  return to;
}

function formatTime(format: string, date: Date): string {
  return format.replaceAll(/%[EO]?(.)/gs, (whole, letter: string) => part(letter, date) ?? whole);
}

function two(value: number, fill = '0'): string {
  return `${value}`.padStart(2, fill);
}

function part(letter: string, date: Date): string | undefined {
  const hour = date.getUTCHours();
  const day = DAYS[date.getUTCDay()] ?? '';
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const parts: Readonly<Record<string, () => string>> = {
    a: () => day.slice(0, 3),
    A: () => day,
    b: () => month.slice(0, 3),
    h: () => month.slice(0, 3),
    B: () => month,
    c: () => formatTime('%a %b %e %H:%M:%S %Y', date),
    C: () => two(Math.floor(date.getUTCFullYear() / 100)),
    d: () => two(date.getUTCDate()),
    D: () => formatTime('%m/%d/%y', date),
    e: () => two(date.getUTCDate(), ' '),
    F: () => formatTime('%Y-%m-%d', date),
    H: () => two(hour),
    I: () => two(hour % 12 === 0 ? 12 : hour % 12),
    j: () => `${dayOfYear(date) + 1}`.padStart(3, '0'),
    m: () => two(date.getUTCMonth() + 1),
    M: () => two(date.getUTCMinutes()),
    n: () => '\n',
    p: () => (hour < 12 ? 'AM' : 'PM'),
    r: () => formatTime('%I:%M:%S %p', date),
    R: () => formatTime('%H:%M', date),
    s: () => `${Math.floor(date.getTime() / 1000)}`,
    S: () => two(date.getUTCSeconds()),
    t: () => '\t',
    T: () => formatTime('%H:%M:%S', date),
    u: () => `${date.getUTCDay() === 0 ? 7 : date.getUTCDay()}`,
    U: () => two(Math.floor((dayOfYear(date) + 7 - date.getUTCDay()) / 7)),
    W: () => two(Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() + 6) % 7)) / 7)),
    w: () => `${date.getUTCDay()}`,
    x: () => formatTime('%m/%d/%y', date),
    X: () => formatTime('%H:%M:%S', date),
    y: () => two(date.getUTCFullYear() % 100),
    Y: () => `${date.getUTCFullYear()}`,
    z: () => '+0000',
    Z: () => 'UTC',
    '%': () => '%',
  };
  return Object.hasOwn(parts, letter) ? parts[letter]?.() : undefined;
}
