import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

/** A value in `#if`: intmax_t or uintmax_t (C11 §6.10.1p4). */
interface Value {
  readonly value: bigint;
  readonly unsigned: boolean;
}

const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

const ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
};

const MAX_DEPTH = 500;

function make(value: bigint, unsigned: boolean): Value {
  return { value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value), unsigned };
}

class Evaluator {
  private readonly tokens: readonly Token[];
  private readonly location: Location;
  private position = 0;
  /** Above 0: the operand is not evaluated, and may divide by zero. */
  private unevaluated = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], location: Location) {
    this.tokens = tokens;
    this.location = location;
  }

  run(): boolean {
    const { value } = this.conditional();
    if (this.position < this.tokens.length) {
      throw this.error(`unexpected ${this.tokens[this.position]?.text ?? ''} in this condition`);
    }
    return value !== 0n;
  }

  private error(message: string): CError {
    return new CError(this.tokens[this.position]?.location ?? this.location, message);
  }

  private accept(text: string): boolean {
    const found = this.tokens[this.position]?.text === text;
    this.position += found ? 1 : 0;
    return found;
  }

  private expect(text: string): void {
    if (!this.accept(text)) {
      throw this.error(`expected ${text} in this condition`);
    }
  }

  private conditional(): Value {
    this.enter();
    const value = this.choice(this.binary(1));
    this.depth--;
    return value;
  }

  /** Bounds the recursion: a condition is input like any other. */
  private enter(): void {
    if (++this.depth > MAX_DEPTH) {
      throw this.error('this condition is nested too deep');
    }
  }

  private choice(test: Value): Value {
    if (!this.accept('?')) {
      return test;
    }
    const holds = test.value !== 0n;
    const then = this.evaluatedIf(holds, () => this.conditional());
    this.expect(':');
    const otherwise = this.evaluatedIf(!holds, () => this.conditional());
    return make((holds ? then : otherwise).value, then.unsigned || otherwise.unsigned);
  }

  private evaluatedIf(condition: boolean, operand: () => Value): Value {
    this.unevaluated += condition ? 0 : 1;
    const value = operand();
    this.unevaluated -= condition ? 0 : 1;
    return value;
  }

  private binary(minimum: number): Value {
    let left = this.unary();
    for (;;) {
      const operator = this.tokens[this.position]?.text ?? '';
      const precedence = Object.hasOwn(PRECEDENCE, operator) ? (PRECEDENCE[operator] ?? 0) : 0;
      if (precedence < minimum || precedence === 0) {
        return left;
      }
      this.position++;
      const decided =
        (operator === '&&' && left.value === 0n) || (operator === '||' && left.value !== 0n);
      const right = this.evaluatedIf(!decided, () => this.binary(precedence + 1));
      left = this.apply(operator, left, right);
    }
  }

  private apply(operator: string, left: Value, right: Value): Value {
    const unsigned = left.unsigned || right.unsigned;
    const [a, b] = [make(left.value, unsigned).value, make(right.value, unsigned).value];
    switch (operator) {
      case '||':
        return make(a !== 0n || b !== 0n ? 1n : 0n, false);
      case '&&':
        return make(a !== 0n && b !== 0n ? 1n : 0n, false);
      case '==':
      case '!=':
        return make((a === b) === (operator === '==') ? 1n : 0n, false);
      case '<':
        return make(a < b ? 1n : 0n, false);
      case '>':
        return make(a > b ? 1n : 0n, false);
      case '<=':
        return make(a <= b ? 1n : 0n, false);
      case '>=':
        return make(a >= b ? 1n : 0n, false);
      case '<<':
        return make(left.value << (right.value & 63n), left.unsigned);
      case '>>':
        return make(left.value >> (right.value & 63n), left.unsigned);
      default:
        return make(this.arithmetic(operator, a, b), unsigned);
    }
  }

  private arithmetic(operator: string, a: bigint, b: bigint): bigint {
    switch (operator) {
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '&':
        return a & b;
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      default:
        if (b === 0n) {
          if (this.unevaluated === 0) {
            throw this.error('division by zero in this condition');
          }
          return 0n;
        }
        return operator === '/' ? a / b : a % b;
    }
  }

  private unary(): Value {
    this.enter();
    const value = this.prefixed();
    this.depth--;
    return value;
  }

  private prefixed(): Value {
    if (this.accept('!')) {
      return make(this.unary().value === 0n ? 1n : 0n, false);
    }
    if (this.accept('-')) {
      const { value, unsigned } = this.unary();
      return make(-value, unsigned);
    }
    if (this.accept('~')) {
      const { value, unsigned } = this.unary();
      return make(~value, unsigned);
    }
    if (this.accept('+')) {
      return this.unary();
    }
    if (this.accept('(')) {
      const inner = this.conditional();
      this.expect(')');
      return inner;
    }
    return this.primary();
  }

  /** What other compilers ask, such as `__has_feature(x)`, holds nowhere here. */
  private query(): Value {
    for (let depth = 0; this.position < this.tokens.length;) {
      const text = this.tokens[this.position++]?.text;
      depth += text === '(' ? 1 : text === ')' ? -1 : 0;
      if (depth === 0) {
        break;
      }
    }
    return make(0n, false);
  }

  private primary(): Value {
    const token = this.tokens[this.position];
    if (token === undefined) {
      throw this.error('this condition ends where a value was expected');
    }
    this.position++;
    if (token.kind === 'number') {
      return number(token);
    }
    if (token.kind === 'char') {
      return make(characterValue(token.text), false);
    }
    if (token.kind === 'identifier') {
      // Any name that is left is 0, `true` as well (C11 §6.10.1p4).
      return token.text.startsWith('__has_') ? this.query() : make(0n, false);
    }
    this.position--;
    throw this.error(`expected a value in this condition, found ${token.text}`);
  }
}

function number(token: Token): Value {
  const match = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)([uUlL]*)$/.exec(token.text.replaceAll("'", ''));
  if (match?.[1] === undefined) {
    throw new CError(token.location, `${token.text} is no integer, as a condition needs`);
  }
  const digits = /^0\d/.test(match[1]) ? `0o${match[1].slice(1)}` : match[1];
  const value = BigInt(digits);
  return make(value, /u/i.test(match[2] ?? '') || value >= 1n << 63n);
}

function characterValue(text: string): bigint {
  const open = text.indexOf("'");
  const body = text.slice(open + 1, -1);
  if (open === 0 && !body.startsWith('\\') && body.length > 1) {
    return packed(body);
  }
  if (!body.startsWith('\\')) {
    return BigInt(body.codePointAt(0) ?? 0);
  }
  const rest = body.slice(1);
  if (rest.startsWith('x')) {
    return BigInt.asIntN(8, BigInt(`0${rest}`));
  }
  if (/^[0-7]/.test(rest)) {
    return BigInt.asIntN(8, BigInt(`0o${rest}`));
  }
  return BigInt(ESCAPES[rest] ?? rest.codePointAt(0) ?? 0);
}

/** A constant of several characters, as gcc makes it: the last one is lowest. */
function packed(body: string): bigint {
  let value = 0n;
  for (const character of body) {
    value = (value << 8n) | BigInt((character.codePointAt(0) ?? 0) & 255);
  }
  return BigInt.asIntN(32, value);
}

/** The truth of an expanded `#if` line, `defined` already answered (C11 §6.10.1). */
export function evaluateCondition(tokens: readonly Token[], location: Location): boolean {
  return new Evaluator(tokens, location).run();
}
