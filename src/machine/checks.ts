import { Stop } from './stop.ts';

/** What generated functions take and return: see `representation.ts`. */
export type Value = number | bigint | undefined;

/** What generated code asks of numbers that JavaScript does otherwise, or not at all. */
export class Checks {
  divisor(value: number, site: number): number {
    if (value === 0) {
      throw new Stop('division-by-zero', 'division by zero', site);
    }
    return value;
  }

  bigDivisor(value: bigint, site: number): bigint {
    if (value === 0n) {
      throw new Stop('division-by-zero', 'division by zero', site);
    }
    return value;
  }

  uninitialized(site: number): never {
    throw new Stop(
      'uninitialized-read',
      'a variable is read before anything was stored in it',
      site,
    );
  }

  trap(site: number): never {
    throw new Stop('assertion', 'code that says it is unreachable was reached', site);
  }

  unsupported(what: string, site: number): never {
    throw new Stop('unsupported', what, site);
  }

  truncate(value: number): bigint {
    return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 1n << 63n;
  }

  /** `__builtin_*_overflow_p`: would it? */
  overflows(exact: bigint, width: number, unsigned: boolean): number {
    return exact === (unsigned ? BigInt.asUintN(width, exact) : BigInt.asIntN(width, exact))
      ? 0
      : 1;
  }

  /** `__builtin_clz` and its family, on the unsigned value. */
  count(what: string, value: bigint, width: number): bigint {
    const bits = value.toString(2);
    const zeros = value === 0n ? width : bits.length - bits.lastIndexOf('1') - 1;
    switch (what) {
      case 'clz':
        return BigInt(value === 0n ? width : width - bits.length);
      case 'ctz':
        return BigInt(zeros);
      case 'ffs':
        return value === 0n ? 0n : BigInt(zeros + 1);
      case 'bswap':
        return BigInt(
          `0x${value
            .toString(16)
            .padStart(width / 4, '0')
            .match(/../g)
            ?.toReversed()
            .join('')}`,
        );
      case 'clrsb': {
        const same = BigInt.asUintN(width, value >> BigInt(width - 1) === 1n ? ~value : value);
        return BigInt(width - 1 - (same === 0n ? 0 : same.toString(2).length));
      }
      default: {
        const ones = bits.replaceAll('0', '').length;
        return BigInt(what === 'parity' ? ones % 2 : ones);
      }
    }
  }

  /** What a builtin returned, where the program declares a result of up to 32 bits. */
  small(value: Value): Value {
    return typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value;
  }

  /** What a builtin returned, where the program declares a result of 64 bits. */
  big(value: Value): Value {
    return typeof value === 'number' ? BigInt(value) : value;
  }
}
