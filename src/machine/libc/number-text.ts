/** What a number at the start of a text is: its value and how many characters it took, 0 when there is none. */
export interface IntegerPrefix {
  readonly value: bigint;
  readonly length: number;
}

/** C11 §7.22.1.4p3: white space, sign, `0x` or `0` for base 16, 8 or 0, digits. Not limited to any width. */
export function integerPrefix(text: string, base: number): IntegerPrefix {
  const head = /^[ \t\n\v\f\r]*([-+]?)(0[xX](?=[0-9a-fA-F]))?/.exec(text);
  const hex = head?.[2] !== undefined && (base === 0 || base === 16);
  const start = (head?.[0].length ?? 0) - (hex ? 0 : (head?.[2]?.length ?? 0));
  const radix = base !== 0 ? base : hex ? 16 : text[start] === '0' ? 8 : 10;
  let value = 0n;
  let at = start;
  for (; digitOf(text, at) < radix; at++) {
    value = value * BigInt(radix) + BigInt(digitOf(text, at));
  }
  return { value: head?.[1] === '-' ? -value : value, length: at === start ? 0 : at };
}

/** 0 to 35, or Infinity. */
function digitOf(text: string, at: number): number {
  const digit = Number.parseInt(text[at] ?? '', 36);
  return Number.isNaN(digit) ? Infinity : digit;
}

const FLOAT =
  /^[ \t\n\v\f\r]*([-+]?)(?:(infinity|inf)|(nan(?:\(\w*\))?)|0x([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([-+]?\d+))?|((?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))/i;

/** C11 §7.22.1.3p3. */
export function floatPrefix(text: string): { readonly value: number; readonly length: number } {
  const match = FLOAT.exec(text);
  if (match === null) {
    return { value: 0, length: 0 };
  }
  const [whole, sign, infinity, nan, digits, fraction = '', power = '0', decimal] = match;
  let value = Number(decimal);
  let length = whole.length;
  if (infinity !== undefined) {
    value = Infinity;
  } else if (nan !== undefined) {
    value = Number.NaN;
  } else if (digits !== undefined) {
    if (digits + fraction === '') {
      // "0x" and no digit: the number is the "0".
      length = whole.toLowerCase().indexOf('x');
      value = 0;
    } else {
      value = hexadecimalValue(digits + fraction, Number(power) - 4 * fraction.length);
    }
  }
  return { value: sign === '-' ? -value : value, length };
}

function hexadecimalValue(digits: string, power: number): number {
  const half = Math.trunc(power / 2);
  return Number(BigInt(`0x${digits}`)) * 2 ** half * 2 ** (power - half);
}
