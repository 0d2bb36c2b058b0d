import type { Builtin, BuiltinTable, Runtime } from '../runtime.ts';
import { Exit, Stop } from '../stop.ts';
import { atExit, runAtExit } from './at-exit.ts';
import { ERRNO } from './error-text.ts';
import { floatPrefix, integerPrefix } from './number-text.ts';
import { heapText } from './string.ts';
import { big, cText, num, once, setErrno } from './value.ts';

/** C11 §7.22 but for memory, sorting and random numbers, which have files of their own. */
export const STDLIB: BuiltinTable = {
  atoi: (rt, site, [text]) =>
    Number(BigInt.asIntN(32, integerPrefix(cText(rt, site, text), 10).value)),
  atol: (rt, site, [text]) => BigInt.asIntN(64, integerPrefix(cText(rt, site, text), 10).value),
  atoll: (rt, site, [text]) => BigInt.asIntN(64, integerPrefix(cText(rt, site, text), 10).value),
  atof: (rt, site, [text]) => floatPrefix(cText(rt, site, text)).value,
  strtol: signedText,
  strtoll: signedText,
  strtoimax: signedText,
  strtoul: unsignedText,
  strtoull: unsignedText,
  strtoumax: unsignedText,
  strtod: floatText,
  strtold: floatText,
  strtof: (rt, site, args) => Math.fround(num(floatText(rt, site, args))),
  abs: (_rt, _site, [value]) => Math.abs(num(value)) | 0,
  labs: (_rt, _site, [value]) => magnitude(big(value)),
  llabs: (_rt, _site, [value]) => magnitude(big(value)),
  imaxabs: (_rt, _site, [value]) => magnitude(big(value)),
  div: (rt, site, [to, a, b]) => {
    divide(site, big(a), big(b)).forEach((part, at) =>
      rt.memory.w32(num(to) + 4 * at, Number(BigInt.asIntN(32, part)), site),
    );
    return num(to);
  },
  ldiv: longDivision,
  lldiv: longDivision,
  imaxdiv: longDivision,
  exit: (rt, _site, [status]) => {
    runAtExit(rt);
    throw new Exit(num(status));
  },
  _exit: leave,
  _Exit: leave,
  quick_exit: leave,
  abort: (_rt, site) => {
    throw new Stop('assertion', 'abort() was called', site);
  },
  atexit: (rt, site, [handler]) => {
    atExit(rt, num(handler), site);
    return 0;
  },
  getenv: lookUp,
  secure_getenv: lookUp,
  setenv: (rt, site, [name, value, overwrite]) => {
    const key = cText(rt, site, name);
    if (num(overwrite) !== 0 || !environment(rt).has(key)) {
      environment(rt).set(key, heapText(rt, site, cText(rt, site, value), 'setenv'));
    }
    return 0;
  },
  unsetenv: (rt, site, [name]) => {
    environment(rt).delete(cText(rt, site, name));
    return 0;
  },
  system: (rt, site, [command]) => {
    if (num(command) === 0) {
      return 0;
    }
    throw new Stop('unsupported', `system(${cText(rt, site, command)})`, site);
  },
  // File, line and function are those of the call, which the Stop has already.
  __assert_fail: (rt, site, [expression]) => {
    throw new Stop('assertion', `Assertion '${cText(rt, site, expression)}' failed`, site);
  },
};

type Args = readonly (number | bigint)[];

function signedText(rt: Runtime, site: number, args: Args): bigint {
  return clamped(rt, site, args, -(2n ** 63n), 2n ** 63n - 1n);
}

/** A minus sign negates in the unsigned type; only what is too large is cut (C11 §7.22.1.4p5). */
function unsignedText(rt: Runtime, site: number, args: Args): bigint {
  return BigInt.asUintN(64, clamped(rt, site, args, 1n - 2n ** 64n, 2n ** 64n - 1n));
}

function clamped(
  rt: Runtime,
  site: number,
  [text, end, base]: Args,
  least: bigint,
  most: bigint,
): bigint {
  const radix = num(base);
  const valid = radix === 0 || (radix >= 2 && radix <= 36);
  const { value, length } = valid
    ? integerPrefix(cText(rt, site, text), radix)
    : { value: 0n, length: 0 };
  storeEnd(rt, site, num(end), num(text) + length);
  if (!valid) {
    setErrno(rt, site, ERRNO.EINVAL);
  }
  if (value < least || value > most) {
    setErrno(rt, site, ERRNO.ERANGE);
    return value < least && least === -(2n ** 63n) ? least : most;
  }
  return value;
}

function floatText(rt: Runtime, site: number, [text, end]: Args): number {
  const source = cText(rt, site, text);
  const { value, length } = floatPrefix(source);
  storeEnd(rt, site, num(end), num(text) + length);
  if (Math.abs(value) === Infinity && !/inf/i.test(source.slice(0, length))) {
    setErrno(rt, site, ERRNO.ERANGE);
  }
  return value;
}

function storeEnd(rt: Runtime, site: number, to: number, end: number): void {
  if (to !== 0) {
    rt.memory.wptr(to, end, site);
  }
}

function magnitude(value: bigint): bigint {
  return BigInt.asIntN(64, value < 0n ? -value : value);
}

function divide(site: number, a: bigint, b: bigint): [bigint, bigint] {
  if (b === 0n) {
    throw new Stop('division-by-zero', 'division by zero', site);
  }
  return [a / b, a % b];
}

function longDivision(rt: Runtime, site: number, [to, a, b]: Args): number {
  divide(site, big(a), big(b)).forEach((part, at) => rt.memory.w64(num(to) + 8 * at, part, site));
  return num(to);
}

function leave(_rt: Runtime, _site: number, [status]: Args): never {
  throw new Exit(num(status));
}

/** Empty at the start: what a program does must not depend on who runs it. */
function environment(rt: Runtime): Map<string, number> {
  return once(rt, 'environment', () => new Map<string, number>());
}

function lookUp(rt: Runtime, site: number, [name]: Args): ReturnType<Builtin> {
  return environment(rt).get(cText(rt, site, name)) ?? 0;
}
