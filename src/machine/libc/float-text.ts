/**
 * `value` >= 0 by a conversion of C11 §7.21.6.1p8, without sign, padding and flags other than `#`. `precision` is -1
 * when there is none. Exact, ties to even as glibc does; JavaScript's own toFixed rounds ties up.
 */
export function floatText(
  letter: string,
  value: number,
  precision: number,
  alternate: boolean,
): string {
  const lower = letter.toLowerCase();
  const text = Number.isFinite(value)
    ? finite(lower, value, precision, alternate)
    : Number.isNaN(value)
      ? 'nan'
      : 'inf';
  return lower === letter ? text : text.toUpperCase();
}

function finite(lower: string, value: number, precision: number, alternate: boolean): string {
  const digits = precision < 0 ? 6 : precision;
  switch (lower) {
    case 'f':
      return fixed(value, digits, alternate);
    case 'e':
      return scientific(value, digits, alternate);
    case 'g':
      return general(value, digits === 0 ? 1 : digits, alternate);
    default:
      return hexadecimal(value, precision, alternate);
  }
}

/** value = mantissa * 2 ** exponent, exactly. */
function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** value * 10 ** power, rounded to an integer, ties to even. */
function scaled(value: number, power: number): bigint {
  const { mantissa, exponent } = decompose(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) {
    numerator <<= BigInt(exponent);
  } else {
    denominator <<= BigInt(-exponent);
  }
  if (power >= 0) {
    numerator *= 10n ** BigInt(power);
  } else {
    denominator *= 10n ** BigInt(-power);
  }
  return divideToEven(numerator, denominator);
}

function divideToEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const up = twice > denominator || (twice === denominator && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}

function fixed(value: number, precision: number, alternate: boolean): string {
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, '0');
  const whole = digits.slice(0, digits.length - precision);
  return withPoint(whole, digits.slice(digits.length - precision), alternate);
}

function withPoint(whole: string, fraction: string, alternate: boolean): string {
  return fraction === '' && !alternate ? whole : `${whole}.${fraction}`;
}

/** `precision + 1` digits and the decimal exponent of the first. */
function significant(value: number, precision: number): { digits: string; exponent: number } {
  if (value === 0) {
    return { digits: '0'.repeat(precision + 1), exponent: 0 };
  }
  const exponent = decimalExponent(value);
  const digits = scaled(value, precision - exponent).toString();
  // 9.99 to one digit is 10: rounding carried into another digit.
  return digits.length > precision + 1
    ? { digits: digits.slice(0, -1), exponent: exponent + 1 }
    : { digits, exponent };
}

/** The largest e with 10 ** e <= value; the logarithm may be off by one. */
function decimalExponent(value: number): number {
  const guess = Math.floor(Math.log10(value));
  const digits = scaled(value, 20 - guess).toString().length;
  return guess + digits - 21;
}

function scientific(value: number, precision: number, alternate: boolean): string {
  const { digits, exponent } = significant(value, precision);
  return withPoint(digits.slice(0, 1), digits.slice(1), alternate) + exponentText(exponent);
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${`${Math.abs(exponent)}`.padStart(2, '0')}`;
}

function general(value: number, precision: number, alternate: boolean): string {
  const { exponent } = significant(value, precision - 1);
  if (exponent >= -4 && exponent < precision) {
    return trimmed(fixed(value, precision - 1 - exponent, alternate), alternate);
  }
  const { digits } = significant(value, precision - 1);
  const mantissa = withPoint(digits.slice(0, 1), digits.slice(1), alternate);
  return trimmed(mantissa, alternate) + exponentText(exponent);
}

/** `%g` drops trailing zeros, and a point that nothing follows. */
function trimmed(text: string, alternate: boolean): string {
  return alternate || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}

function hexadecimal(value: number, precision: number, alternate: boolean): string {
  let { mantissa } = decompose(value);
  let exponent = 0;
  if (value !== 0) {
    exponent = decompose(value).exponent + 52;
    exponent = mantissa >> 52n === 0n ? -1022 : exponent;
  }
  if (precision >= 0 && precision < 13) {
    const drop = BigInt(4 * (13 - precision));
    mantissa = divideToEven(mantissa, 1n << drop) << drop;
  }
  const whole = (mantissa >> 52n).toString(16);
  const all = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const fraction =
    precision < 0 ? all.replace(/0+$/, '') : all.padEnd(precision, '0').slice(0, precision);
  const sign = exponent < 0 ? '-' : '+';
  return `0x${withPoint(whole, fraction, alternate)}p${sign}${Math.abs(exponent)}`;
}
