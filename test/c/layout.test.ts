import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { CType, Field, RecordType } from '../../src/c/types.ts';
import { parseClean } from './parse-source.ts';

const hasGcc = spawnSync('gcc', ['--version']).status === 0;
if (!hasGcc) {
  process.stderr.write('SKIPPED: record layout against gcc, because there is no gcc\n');
}

const INTEGERS = [
  'char',
  'unsigned short',
  'int',
  'unsigned',
  'long',
  'unsigned long long',
  '_Bool',
];
const OTHERS = [
  'void *',
  'double',
  'float',
  'long double',
  '__int128',
  'struct inner',
  'union mixed',
];

const PRELUDE = `
struct inner { char tag; short value; };
union mixed { char text[5]; int number; };
typedef int wide __attribute__((aligned(16)));
typedef long narrow __attribute__((aligned(2)));
`;

const WIDTHS: Readonly<Record<string, number>> = {
  char: 8,
  'unsigned short': 16,
  _Bool: 1,
  int: 32,
  unsigned: 32,
};

/** One member without its name and `;`, `%` where the name belongs. */
const member = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...INTEGERS, ...OTHERS, 'wide', 'narrow').map((type) => `${type} %`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...INTEGERS, ...OTHERS), fc.nat(4))
      .map(([type, n]) => `${type} %[${n}]`),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...INTEGERS), fc.integer({ min: 1, max: 64 }))
      .map(([type, width]) => `${type} % : ${Math.min(width, WIDTHS[type] ?? 64)}`),
  },
  { weight: 1, arbitrary: fc.constantFrom(...INTEGERS).map((type) => `${type} : 0`) },
  { weight: 1, arbitrary: fc.constantFrom('int : 3', 'char : 5', 'long : 33') },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('char', 'int', 'short')
      .map((type) => `${type} % __attribute__((packed))`),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(2, 8, 32)
      .map((align) => `char % __attribute__((aligned(${align})))`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('int % : 7 __attribute__((aligned(8)))', '_Alignas(8) short %'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('struct { char @; int %; }', 'union { long @; char %[3]; }'),
  },
);

const attributes = fc.constantFrom(
  '',
  '',
  '',
  '__attribute__((packed))',
  '__attribute__((aligned(32)))',
  '__attribute__((packed, aligned(4)))',
);

const record = fc.record({
  kind: fc.constantFrom('struct', 'struct', 'struct', 'union'),
  members: fc.array(member, { minLength: 1, maxLength: 8 }),
  attributes,
});

interface Sample {
  readonly tag: string;
  readonly definition: string;
}

function samples(count: number): Sample[] {
  return fc
    .sample(record, { numRuns: count, seed: 20261124 })
    .map(({ kind, members, attributes: suffix }, index) => {
      const body = members
        .map((text, at) => text.replace('%', `m${at}`).replace('@', `n${at}`))
        .join('; ');
      return { tag: `${kind} s${index}`, definition: `${kind} s${index} { ${body}; } ${suffix};` };
    });
}

/** Every member that has a name, those of anonymous records included, with its offset from the start. */
function named(type: RecordType, base = 0): { name: string; offset: number; field: Field }[] {
  return (type.fields ?? []).flatMap((field) => {
    const offset = base + field.offset;
    if (field.name === '' && (field.type.kind === 'struct' || field.type.kind === 'union')) {
      return named(field.type, offset);
    }
    return field.name === '' ? [] : [{ name: field.name, offset, field }];
  });
}

/** The bytes of a zeroed record in which every bit of one bit-field was set. */
function bitPattern(size: number, offset: number, bits: { width: number; shift: number }): string {
  const bytes = new Uint8Array(size);
  for (let bit = 0; bit < bits.width; bit++) {
    const at = offset * 8 + bits.shift + bit;
    bytes[Math.floor(at / 8)] = (bytes[Math.floor(at / 8)] ?? 0) | (1 << (at % 8));
  }
  return Buffer.from(bytes).toString('hex');
}

function isRecordType(type: CType | undefined): type is RecordType {
  return type?.kind === 'struct' || type?.kind === 'union';
}

function ours(tag: string, type: CType | undefined): string[] {
  if (!isRecordType(type)) {
    throw new Error(`${tag} is no record`);
  }
  const lines = [`${tag} size ${type.size} align ${type.align}`];
  for (const { name, offset, field } of named(type)) {
    const where =
      field.bits === undefined ? `${offset}` : bitPattern(type.size, offset, field.bits);
    lines.push(`${tag}.${name} ${where}`);
  }
  return lines;
}

function probe(sample: Sample, type: CType | undefined): string {
  if (!isRecordType(type)) {
    throw new Error(`${sample.tag} is no record`);
  }
  const { tag } = sample;
  const members = named(type).map(({ name, field }) =>
    field.bits === undefined
      ? `printf("${tag}.${name} %zu\\n", __builtin_offsetof(${tag}, ${name}));`
      : `{ ${tag} v; memset(&v, 0, sizeof v); v.${name} = -1; printf("${tag}.${name} "); dump(&v, sizeof v); }`,
  );
  return `printf("${tag} size %zu align %zu\\n", sizeof(${tag}), _Alignof(${tag})); ${members.join(' ')}`;
}

function runGcc(source: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'layout-'));
  try {
    writeFileSync(join(folder, 'probe.c'), source);
    execFileSync(
      'gcc',
      ['-w', '-Wno-psabi', '-O0', '-o', join(folder, 'probe'), join(folder, 'probe.c')],
      { stdio: 'pipe' },
    );
    return execFileSync(join(folder, 'probe'), { encoding: 'utf8' }).trimEnd().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

(hasGcc ? describe : describe.skip)('record layout', () => {
  test('is that of gcc, for sizes, alignments, offsets and the bits of bit-fields', () => {
    const corpus = samples(600);
    const definitions = PRELUDE + corpus.map(({ definition }) => definition).join('\n');
    const unit = parseClean(definitions);
    const types = corpus.map(({ tag }) => unit.tags.get(tag.replace(/^\w+ /, '')));
    const probes = corpus.map(
      (sample, index) => `static void f${index}(void) { ${probe(sample, types[index])} }`,
    );
    const theirs = runGcc(`#include <stdio.h>
#include <string.h>
static void dump(void *p, unsigned n) { for (unsigned i = 0; i < n; i++) printf("%02x", ((unsigned char *)p)[i]); puts(""); }
${definitions}
${probes.join('\n')}
int main(void) { ${corpus.map((_, index) => `f${index}();`).join(' ')} }`);
    expect(theirs.length).toBeGreaterThan(2000);
    expect(corpus.flatMap(({ tag }, index) => ours(tag, types[index]))).toEqual(theirs);
  });
});
