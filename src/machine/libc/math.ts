import type { BuiltinTable, Runtime } from '../runtime.ts';
import { num } from './value.ts';

type Args = readonly (number | bigint)[];

/** Functions of `double`s to a `double`; each also has its `f` and `l` forms (C11 §7.12). */
const REAL: Readonly<Record<string, (x: number, y: number, z: number) => number>> = {
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atan2: Math.atan2,
  atanh: Math.atanh,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  copysign: (x, y) => (isNegative(x) === isNegative(y) ? x : -x),
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  exp10: (x) => 10 ** x,
  expm1: Math.expm1,
  fabs: Math.abs,
  fdim: (x, y) => (x > y ? x - y : Number.isNaN(x + y) ? Number.NaN : 0),
  floor: Math.floor,
  fma: (x, y, z) => x * y + z,
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  fmod: (x, y) => x % y,
  hypot: (x, y) => Math.hypot(x, y),
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  logb: (x) => (x === 0 ? -Infinity : Number.isFinite(x) ? exponentOf(x) - 1 : Math.abs(x)),
  nearbyint: roundToEven,
  pow: raise,
  remainder: (x, y) => remainder(x, y),
  rint: roundToEven,
  round: roundAway,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
  trunc: Math.trunc,
};

export const MATH: BuiltinTable = {
  ...realTable(),
  ...withForms('lround', (_rt, _site, [x]) => toLong(roundAway(num(x)))),
  ...withForms('llround', (_rt, _site, [x]) => toLong(roundAway(num(x)))),
  ...withForms('lrint', (_rt, _site, [x]) => toLong(roundToEven(num(x)))),
  ...withForms('llrint', (_rt, _site, [x]) => toLong(roundToEven(num(x)))),
  ...withForms('ldexp', (_rt, _site, [x, n]) => scale(num(x), num(n))),
  ...withForms('scalbn', (_rt, _site, [x, n]) => scale(num(x), num(n))),
  ...withForms('scalbln', (_rt, _site, [x, n]) => scale(num(x), num(n))),
  ...withForms('ilogb', (_rt, _site, [x]) => exponentOf(num(x)) - 1),
  ...withForms('nan', () => Number.NaN),
  frexp: split,
  frexpl: split,
  frexpf: split,
  modf: (rt, site, [x, whole]) => {
    rt.memory.wf64(num(whole), Math.trunc(num(x)), site);
    return fraction(num(x));
  },
  modfl: (rt, site, [x, whole]) => {
    rt.memory.wf64(num(whole), Math.trunc(num(x)), site);
    return fraction(num(x));
  },
  modff: (rt, site, [x, whole]) => {
    rt.memory.wf32(num(whole), Math.trunc(num(x)), site);
    return fraction(num(x));
  },
  inf: () => Infinity,
  inff: () => Infinity,
  infl: () => Infinity,
  huge_val: () => Infinity,
  huge_valf: () => Infinity,
  ...classification('isnan', (x) => Number.isNaN(x)),
  ...classification('isinf', (x) => Math.abs(x) === Infinity),
  ...classification('isfinite', (x) => Number.isFinite(x)),
  ...classification('isnormal', (x) => Number.isFinite(x) && Math.abs(x) >= 2 ** -1022),
  ...classification('signbit', isNegative),
};

function realTable(): BuiltinTable {
  const table: Record<string, BuiltinTable[string]> = {};
  for (const [name, apply] of Object.entries(REAL)) {
    function real(_rt: Runtime, _site: number, [x, y, z]: Args): number {
      return apply(num(x), num(y), num(z));
    }
    table[name] = real;
    table[`${name}l`] = real;
    table[`${name}f`] = (rt, site, args) => Math.fround(real(rt, site, args));
  }
  return table;
}

function withForms(name: string, builtin: BuiltinTable[string]): BuiltinTable {
  return {
    [name]: builtin,
    [`${name}l`]: builtin,
    [`${name}f`]: (rt, site, args) => {
      const result = builtin(rt, site, args);
      return typeof result === 'number' ? Math.fround(result) : result;
    },
  };
}

/** The macro of math.h and the builtin that gcc has for it. */
function classification(name: string, test: (x: number) => boolean): BuiltinTable {
  function builtin(_rt: Runtime, _site: number, [x]: Args): number {
    return test(num(x)) ? 1 : 0;
  }
  return {
    [name]: builtin,
    [`__lc_${name}`]: builtin,
    [`${name}f`]: builtin,
    [`${name}l`]: builtin,
  };
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

function toLong(x: number): bigint {
  return Number.isFinite(x) ? BigInt.asIntN(64, BigInt(x)) : -(2n ** 63n);
}

/** Halves away from zero, where Math.round takes them up. */
function roundAway(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

function roundToEven(x: number): number {
  const rounded = roundAway(x);
  const even = Math.abs(x - Math.trunc(x)) === 0.5 && rounded % 2 !== 0;
  return even ? Math.trunc(x) : rounded;
}

/** C11 F.10.4.4: 1 to any power is 1, and -1 to an infinite one, where JavaScript says NaN. */
function raise(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

function remainder(x: number, y: number): number {
  const rest = x % y;
  const half = Math.abs(y) / 2;
  if (Math.abs(rest) > half || (Math.abs(rest) === half && Math.trunc(x / y) % 2 !== 0)) {
    return rest - Math.sign(rest) * Math.abs(y);
  }
  return rest;
}

/** In three steps, so that no factor leaves the range of a double. */
function scale(x: number, n: number): number {
  const power = Math.max(-2200, Math.min(2200, n));
  const third = Math.trunc(power / 3);
  return x * 2 ** third * 2 ** third * 2 ** (power - 2 * third);
}

/** x = f * 2 ** e with 0.5 <= |f| < 1: this e, 0 for what has none. */
function exponentOf(x: number): number {
  if (x === 0 || !Number.isFinite(x)) {
    return 0;
  }
  const view = new DataView(new ArrayBuffer(8));
  const tiny = Math.abs(x) < 2 ** -1022;
  view.setFloat64(0, tiny ? x * 2 ** 54 : x);
  return ((view.getUint16(0) >> 4) & 0x7ff) - 1022 - (tiny ? 54 : 0);
}

function split(rt: Runtime, site: number, [x, to]: Args): number {
  const exponent = exponentOf(num(x));
  rt.memory.w32(num(to), exponent, site);
  return scale(num(x), -exponent);
}

function fraction(x: number): number {
  const rest = Number.isFinite(x) ? x - Math.trunc(x) : Number.isNaN(x) ? x : 0;
  return isNegative(x) && rest === 0 ? -0 : rest;
}
