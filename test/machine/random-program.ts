/**
 * Random C programs without undefined behaviour (given -fwrapv): integer and floating expressions of all
 * widths, conversions, compound assignments, bit-fields, unions, arrays, pointers, structures by value, loops,
 * switches and jumps. Each is a function `t<n>` that prints what all its objects hold.
 *
 * What keeps them defined: an object that an expression changes is named only once in it, shift counts are masked,
 * divisors are neither 0 nor -1, indices are masked, floating values are cast to integers only in range, loops
 * count in variables of their own, and everything is initialized.
 */

/** Linear congruential, 32 bits (Numerical Recipes). */
class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (Math.imul(seed, 2654435761) ^ 0x5bd1e995) >>> 0;
  }

  below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * n);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}

interface IntegerType {
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
}

const INTEGERS: readonly [IntegerType, ...IntegerType[]] = [
  { name: 'int', bits: 32, signed: true },
  { name: 'unsigned', bits: 32, signed: false },
  { name: 'char', bits: 8, signed: true },
  { name: 'signed char', bits: 8, signed: true },
  { name: 'unsigned char', bits: 8, signed: false },
  { name: 'short', bits: 16, signed: true },
  { name: 'unsigned short', bits: 16, signed: false },
  { name: 'long', bits: 64, signed: true },
  { name: 'unsigned long', bits: 64, signed: false },
  { name: 'long long', bits: 64, signed: true },
  { name: 'unsigned long long', bits: 64, signed: false },
  { name: '__int128', bits: 128, signed: true },
  { name: 'unsigned __int128', bits: 128, signed: false },
  { name: '_Bool', bits: 1, signed: false },
];

/** An object, or a part of one, that can be read and stored to; parts of one `whole` overlap. */
interface Lvalue {
  readonly text: string;
  readonly whole: string;
  /** The whole that its index is read from. */
  readonly index?: string;
  readonly kind: 'integer' | 'floating' | 'bits';
}

export const PRELUDE = `
#include <stdio.h>
#include <string.h>
static void show(const char *name, unsigned __int128 value) {
  printf("%s %llx %llx\\n", name, (unsigned long long)(value >> 64), (unsigned long long)value);
}
static void show_double(const char *name, double value) {
  unsigned long long bits = 0x7ff8;
  if (value == value) memcpy(&bits, &value, 8);
  printf("%s %llx\\n", name, bits);
}
`;

class Generator {
  private readonly random: Random;
  private readonly prefix: string;
  private readonly top: string[] = [];
  private readonly globals: string[] = [];
  private readonly body: string[] = [];
  private readonly shown: string[] = [];
  private readonly lvalues: Lvalue[] = [];
  private readonly records: string[] = [];
  /** Wholes that the expression being written has named already. */
  private named = new Set<string>();
  private written = new Set<string>();
  private count = 0;
  private loops = 0;

  constructor(number: number, seed: number) {
    this.random = new Random(seed);
    this.prefix = `p${number}_`;
  }

  program(number: number): string {
    this.record();
    const variables = 4 + this.random.below(5);
    for (let index = 0; index < variables; index++) {
      this.variable();
    }
    this.array();
    this.floating();
    const helper = this.helper();
    const code = this.block(3, 6 + this.random.below(8));
    return [
      ...this.top,
      ...this.globals,
      helper,
      `void t${number}(void) {`,
      ...this.body,
      ...code,
      ...this.shown,
      '}\n',
    ].join('\n');
  }

  private name(): string {
    return `${this.prefix}${this.count++}`;
  }

  // Objects

  private declare(text: string, zeroed = false): void {
    if (this.random.below(4) === 0 && zeroed) {
      this.globals.push(`static ${text};`);
    } else {
      this.body.push(`${this.random.below(8) === 0 ? 'volatile ' : ''}${text};`);
    }
  }

  private variable(): void {
    const type = this.random.pick(INTEGERS);
    const name = this.name();
    this.declare(`${type.name} ${name} = ${this.constant()}`, true);
    this.lvalues.push({ text: name, whole: name, kind: 'integer' });
    this.shown.push(`show("${name}", ${name});`);
    if (this.random.below(3) === 0) {
      const pointer = this.name();
      this.body.push(`volatile ${type.name} *${pointer} = &${name};`);
      this.lvalues.push({ text: `*${pointer}`, whole: name, kind: 'integer' });
    }
  }

  private floating(): void {
    for (const type of ['double', 'float']) {
      const name = this.name();
      this.body.push(`${type} ${name} = ${this.random.below(1000)} / 8.0;`);
      this.lvalues.push({ text: name, whole: name, kind: 'floating' });
      this.shown.push(`show_double("${name}", ${name});`);
    }
  }

  private array(): void {
    const type = this.random.pick(INTEGERS);
    const name = this.name();
    const values = Array.from({ length: 8 }, () => this.constant());
    const rows = this.random.below(2) === 0;
    this.declare(`${type.name} ${name}${rows ? '[2][4]' : '[8]'} = { ${values.join(', ')} }`, true);
    const at = (index: string): string =>
      rows ? `${name}[(${index}) >> 2 & 1][(${index}) & 3]` : `${name}[(${index}) & 7]`;
    const pointer = this.name();
    this.body.push(
      `volatile ${type.name} *${pointer} = ${rows ? `&${name}[1][1]` : `${name} + 5`};`,
    );
    for (let index = 0; index < 3; index++) {
      this.lvalues.push({ text: at(`${this.random.below(8)}`), whole: name, kind: 'integer' });
    }
    const index = this.random.pick(INTEGERS);
    const from = this.lvalues.find(({ kind }) => kind === 'integer');
    if (from !== undefined && index.bits < 128 && index.name !== 'unsigned') {
      const text = at(`(${index.name})${from.text}`);
      this.lvalues.push({ text, whole: name, index: from.whole, kind: 'integer' });
      this.lvalues.push({
        text: `${pointer}[(${index.name})(${from.text} & 3) - 3]`,
        whole: name,
        index: from.whole,
        kind: 'integer',
      });
    }
    this.lvalues.push({ text: `*(${pointer} - 2)`, whole: name, kind: 'integer' });
    this.shown.push(`for (int i = 0; i < 8; i++) show("${name}", ${at('i')});`);
  }

  /** A structure with bit-fields, a nested one and a union; two objects of it. */
  private record(): void {
    const tag = this.name();
    const fields: string[] = [];
    const declared: string[] = [];
    const count = 3 + this.random.below(6);
    for (let index = 0; index < count; index++) {
      const type = this.random.pick(INTEGERS);
      const field = `f${index}`;
      if (this.random.below(2) === 0 && type.bits < 128) {
        // gcc computes with wider ones in a type of their own width.
        const width = 1 + this.random.below(Math.min(type.bits, 31));
        declared.push(`${type.name} ${field} : ${width};`);
        if (this.random.below(6) === 0) {
          declared.push('int : 0;');
        }
        fields.push(`bits ${field}`);
      } else {
        declared.push(`${type.name} ${field};`);
        fields.push(`integer ${field}`);
      }
    }
    const inner = this.random.pick(INTEGERS);
    declared.push(`union { ${inner.name} u0; unsigned char u1[16]; unsigned long u2[2]; } u;`);
    const packed = this.random.below(3) === 0 ? '__attribute__((packed)) ' : '';
    this.top.push(`struct ${packed}${tag} { ${declared.join(' ')} };`);
    for (let index = 0; index < 2; index++) {
      this.recordObject(tag, fields, index === 1);
    }
  }

  private recordObject(tag: string, fields: readonly string[], pointed: boolean): void {
    const name = this.name();
    this.records.push(name);
    const initial = `{ ${fields.map((field) => `.${field.split(' ')[1]} = ${this.constant()}`).join(', ')}, .u.u2 = { ${this.constant()}, 5 } }`;
    this.declare(`struct ${tag} ${name} = ${initial}`, true);
    const pointer = this.name();
    this.body.push(`struct ${tag} *${pointer} = (struct ${tag} *)&${name};`);
    const access = pointed ? `${pointer}->` : `${name}.`;
    for (const field of fields) {
      const [kind, text] = field.split(' ');
      this.lvalues.push({
        text: `${access}${text}`,
        whole: name,
        kind: kind === 'bits' ? 'bits' : 'integer',
      });
      this.shown.push(`show("${name}.${text}", ${name}.${text});`);
    }
    this.lvalues.push({
      text: `${access}u.u1[${this.random.below(16)}]`,
      whole: name,
      kind: 'integer',
    });
    this.lvalues.push({
      text: `${access}u.u2[${this.random.below(2)}]`,
      whole: name,
      kind: 'integer',
    });
    this.shown.push(`show("${name}.u", ${name}.u.u2[0]); show("${name}.u", ${name}.u.u2[1]);`);
  }

  /** A function with parameters of mixed types. */
  private helper(): string {
    const [a, b, c] = [
      this.random.pick(INTEGERS),
      this.random.pick(INTEGERS),
      this.random.pick(INTEGERS),
    ];
    const result = this.random.pick(INTEGERS);
    const saved = this.lvalues.splice(0);
    this.lvalues.push(
      { text: 'a', whole: 'a', kind: 'integer' },
      { text: 'b', whole: 'b', kind: 'integer' },
      { text: 'c', whole: 'c', kind: 'integer' },
    );
    this.calls = false;
    const records = this.records.splice(0);
    const code = this.block(1, 2);
    this.records.push(...records);
    const value = this.full(() => this.integer(3));
    this.calls = true;
    this.lvalues.splice(0, Infinity, ...saved);
    return `static ${result.name} ${this.prefix}f(${a.name} a, ${b.name} b, ${c.name} c) {\n${code.join('\n')}\nreturn ${value};\n}`;
  }

  private calls = true;

  // Expressions

  /** A full expression: no object is changed and named elsewhere in it. */
  private full(write: () => string): string {
    this.named = new Set();
    this.written = new Set();
    return write();
  }

  private readable(kind: 'integer' | 'floating'): string | undefined {
    const candidates = this.lvalues.filter(
      (lvalue) =>
        (lvalue.kind === 'floating') === (kind === 'floating') &&
        !this.touches(lvalue, this.written),
    );
    const [first, ...rest] = candidates;
    if (first === undefined) {
      return undefined;
    }
    const chosen = this.random.pick([first, ...rest]);
    this.name1(chosen);
    return chosen.text;
  }

  private writable(kind: 'integer' | 'floating'): string | undefined {
    const [first, ...rest] = this.lvalues.filter(
      (lvalue) =>
        (lvalue.kind === 'floating') === (kind === 'floating') && !this.touches(lvalue, this.named),
    );
    if (first === undefined) {
      return undefined;
    }
    const chosen = this.random.pick([first, ...rest]);
    this.name1(chosen);
    this.written.add(chosen.whole);
    return chosen.text;
  }

  /** The whole that an lvalue is part of, and the one that its index reads. */
  private wholes({ whole, index }: Lvalue): string[] {
    return index === undefined ? [whole] : [whole, index];
  }

  private touches(lvalue: Lvalue, set: ReadonlySet<string>): boolean {
    return this.wholes(lvalue).some((whole) => set.has(whole));
  }

  private name1(lvalue: Lvalue): void {
    for (const whole of this.wholes(lvalue)) {
      this.named.add(whole);
    }
  }

  private constant(): string {
    const edge = this.random.pick([0, 1, 7, 8, 15, 16, 31, 32, 33, 63]);
    const value = this.random.pick([
      this.random.below(10),
      this.random.below(300),
      this.random.below(2 ** 32),
      127,
      128,
      255,
      65535,
      0x7fffffff,
    ]);
    switch (this.random.below(5)) {
      case 0:
        return `-${value}`;
      case 1:
        return `(1UL << ${edge})`;
      case 2:
        return `${value}U`;
      case 3:
        return `${value + 1}${this.random.below(2 ** 20)}L`;
      default:
        return `${value}`;
    }
  }

  private type(): string {
    return this.random.pick(INTEGERS).name;
  }

  integer(depth: number): string {
    if (depth <= 0) {
      return this.random.below(3) === 0
        ? this.constant()
        : (this.readable('integer') ?? this.constant());
    }
    const sub = (): string => this.integer(depth - 1 - this.random.below(2));
    switch (this.random.below(19)) {
      case 0:
      case 1:
        return `(${sub()} ${this.random.pick(['+', '-', '*'])} ${sub()})`;
      case 2:
        return `(${sub()} ${this.random.pick(['&', '|', '^'])} ${sub()})`;
      case 3:
        return this.shift(sub(), sub());
      case 4:
        return this.division(sub(), sub());
      case 5:
        return `(${sub()} ${this.random.pick(['<', '>', '<=', '>=', '==', '!='])} ${sub()})`;
      case 6:
        return `(${sub()} ${this.random.pick(['&&', '||'])} ${sub()})`;
      case 7:
        return `(${this.random.pick(['-', '~', '!', '+'])}(${sub()}))`;
      case 8:
      case 9:
        return `(${this.type()})${sub()}`;
      case 10:
        return `(${sub()} ? ${sub()} : ${sub()})`;
      case 11:
        return `(${sub()}, ${sub()})`;
      case 12:
        return `(${sub()} ?: ${sub()})`;
      case 13:
        return this.change(sub) ?? sub();
      case 14:
        return this.calls ? `${this.prefix}f(${sub()}, ${sub()}, ${sub()})` : sub();
      case 15:
        return this.fromFloating(this.floatingValue(depth - 1));
      case 16:
        return `({ ${this.type()} v = ${sub()}; v ${this.random.pick(['+=', '^=', '-='])} ${this.constant()}; v; })`;
      case 17:
        return `(${this.floatingValue(depth - 1)} ${this.random.pick(['<', '>=', '=='])} ${this.floatingValue(depth - 1)})`;
      default:
        return this.readable('integer') ?? this.constant();
    }
  }

  private shift(left: string, right: string): string {
    const type = this.random.pick(INTEGERS);
    const mask = Math.max(32, type.bits) - 1;
    return `((${type.name})${left} ${this.random.pick(['<<', '>>'])} (${right} & ${mask}))`;
  }

  private division(left: string, right: string): string {
    const operator = this.random.pick(['/', '%']);
    const unsigned = this.random.pick([
      'unsigned',
      'unsigned long',
      'unsigned char',
      'unsigned short',
      'unsigned __int128',
    ]);
    return this.random.below(3) === 0
      ? `(${left} ${operator} -(int)((${right} & 127) | 2))`
      : `(${left} ${operator} ((${unsigned})${right} | 1))`;
  }

  private change(sub: () => string): string | undefined {
    const target = this.writable('integer');
    if (target === undefined) {
      return undefined;
    }
    switch (this.random.below(4)) {
      case 0:
        return `(${target} = ${sub()})`;
      case 1:
        return `(${target} ${this.random.pick(['+=', '-=', '*=', '&=', '|=', '^='])} ${sub()})`;
      case 2:
        return `((${target})${this.random.pick(['++', '--'])})`;
      default:
        return `(${this.random.pick(['++', '--'])}${target})`;
    }
  }

  private floatingValue(depth: number): string {
    if (depth <= 0) {
      return this.readable('floating') ?? `${this.random.below(100)}.25`;
    }
    const sub = (): string => this.floatingValue(depth - 1);
    switch (this.random.below(6)) {
      case 0:
        return `(${sub()} ${this.random.pick(['+', '-', '*'])} ${sub()})`;
      case 1:
        return `(${this.random.pick(['double', 'float'])})${this.integer(depth - 1)}`;
      case 2:
        return `(${sub()} / ${1 + this.random.below(7)}.5f)`;
      case 3:
        return `(-(${sub()}))`;
      case 4:
        return `(${sub()} + ${this.integer(depth - 1)})`;
      default:
        return `(float)${sub()}`;
    }
  }

  private fromFloating(text: string): string {
    return `({ double d = ${text}; (${this.type()})(d >= 0 && d < 100 ? d : 5); })`;
  }

  // Statements

  private block(depth: number, length: number): string[] {
    return Array.from({ length }, () => this.statement(depth));
  }

  private statement(depth: number): string {
    const inner = (): string => this.block(depth - 1, 1 + this.random.below(3)).join('\n');
    switch (this.random.below(depth > 0 ? 14 : 5)) {
      case 0:
      case 1:
        return `${this.full(() => this.assignment('=', () => this.integer(4)))};`;
      case 2:
        return `${this.full(() => this.assignment(this.random.pick(['+=', '-=', '*=', '&=', '|=', '^=']), () => this.integer(3)))};`;
      case 3:
        return `${this.full(() => this.change(() => this.integer(2)) ?? '0')};`;
      case 4:
        return this.odd();
      case 5:
        return `if (${this.full(() => this.integer(3))}) {\n${inner()}\n} else {\n${inner()}\n}`;
      case 6:
      case 7:
        return this.loop(inner);
      case 8:
        return this.switch(inner);
      case 9:
        return this.recordCopy();
      case 10:
        return this.show(this.full(() => this.integer(3)));
      case 11:
        return this.floatAssignment();
      case 12:
        return this.block1(inner);
      default:
        return `${this.full(() => this.assignment('=', () => this.integer(3)))};`;
    }
  }

  /** Functions print nothing: the order in which an expression calls them is not specified. */
  private show(value: string): string {
    return this.calls ? `show("at", ${value});` : `(void)(${value});`;
  }

  /** A scope with a variable of its own. */
  private block1(inner: () => string): string {
    const name = this.name();
    const head = `${this.type()} ${name} = ${this.full(() => this.integer(2))};`;
    const size = this.lvalues.push({ text: name, whole: name, kind: 'integer' });
    const code = inner();
    this.lvalues.splice(size - 1, 1);
    return `{ ${head}\n${code}\n${this.show(name)} }`;
  }

  private assignment(operator: string, value: () => string): string {
    const target = this.writable('integer');
    return target === undefined ? value() : `${target} ${operator} ${value()}`;
  }

  private floatAssignment(): string {
    return this.full(() => {
      const target = this.writable('floating');
      const operator = this.random.pick(['=', '+=', '-=']);
      return target === undefined ? ';' : `${target} ${operator} ${this.floatingValue(3)};`;
    });
  }

  /** Shifts and divisions in place, increments of floating values, memory seen as bytes. */
  private odd(): string {
    return this.full(() => {
      const target = this.writable('integer');
      if (target === undefined) {
        return ';';
      }
      switch (this.random.below(4)) {
        case 0:
          return `${target} ${this.random.pick(['<<=', '>>='])} ${this.integer(1)} & 31;`;
        case 1:
          return `${target} ${this.random.pick(['/=', '%='])} (${this.random.pick(['unsigned char', 'unsigned', 'unsigned long'])})${this.integer(2)} | 1;`;
        case 2:
          return `${target} = __builtin_popcountl(${this.integer(2)}) + __builtin_ctz(${this.integer(2)} | 256);`;
        default:
          return this.overflow(target);
      }
    });
  }

  private overflow(target: string): string {
    const operation = this.random.pick(['add', 'sub', 'mul']);
    const [left, right, result] = [this.narrow(), this.narrow(), this.narrow()];
    const operands = `${left} x = ${this.integer(2)}; ${right} y = ${this.integer(2)}; ${result} r;`;
    const call = `int o = __builtin_${operation}_overflow(x, y, &r);`;
    return `{ ${operands} ${call} ${target} = r; ${this.show('o')} }`;
  }

  private narrow(): string {
    return this.random.pick(['int', 'unsigned', 'long', 'unsigned long', 'short', 'unsigned char']);
  }

  private loop(inner: () => string): string {
    const counter = `i${this.loops++}`;
    const bound = 1 + this.random.below(4);
    const exit =
      this.random.below(3) === 0
        ? `if (${this.full(() => this.integer(2))}) ${this.random.pick(['break', 'continue'])};`
        : '';
    const code = inner();
    switch (this.random.below(3)) {
      case 0:
        return `for (int ${counter} = 0; ${counter} < ${bound}; ${counter}++) {\n${code}\n${exit}\n}`;
      case 1:
        return `{ unsigned char ${counter} = ${bound}; while (${counter}-- > 0) {\n${exit}\n${code}\n} }`;
      default:
        return `{ short ${counter} = 0; do {\n${code}\n${exit}\n} while (++${counter} < ${bound}); }`;
    }
  }

  private switch(inner: () => string): string {
    const value = this.full(() => this.integer(2));
    const leave = (): string => (this.random.below(3) === 0 ? '' : 'break;');
    return [
      `switch (${this.random.below(2) === 0 ? `${value} & 7` : value}) {`,
      `case 0: ${inner()} ${leave()}`,
      `case 1 ... 3: ${inner()} ${leave()}`,
      `default: ${inner()} ${leave()}`,
      `case 5: case 6: ${inner()} ${leave()}`,
      this.random.below(2) === 0 ? `case 100 ... 100000: ${inner()}` : '',
      '}',
    ].join('\n');
  }

  private recordCopy(): string {
    const [a, b] = this.records;
    if (a === undefined || b === undefined) {
      return ';';
    }
    switch (this.random.below(3)) {
      case 0:
        return `${a} = ${b};`;
      case 1:
        return `memcpy((void *)&${b}, (void *)&${a}, sizeof ${a});`;
      default:
        return `${this.random.below(2) === 0 ? a : b} = (${this.full(() => this.integer(2))}) ? ${a} : ${b};`;
    }
  }
}

/** The text of the function `t<number>` and what it needs. */
export function randomProgram(number: number, seed: number): string {
  return new Generator(number, seed).program(number);
}
