import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { changedStatements } from '../../src/lifecycle/concern.ts';
import { parsePack } from '../../src/lifecycle/pack.ts';
import type { Patch } from '../../src/series/series.ts';

const pack = parsePack('pack.yaml', readFileSync('rules/memory-region/pack.yaml', 'utf8'));

function adding(...lines: string[]): Patch {
  const added = lines.map((text, at) => ({ kind: 'added' as const, text, newLine: at + 1 }));
  const counts = { oldStart: 1, oldCount: 0, newStart: 1, newCount: lines.length };
  const path = 'system/memory.c';
  const file = { oldPath: path, newPath: path, kind: 'modified' as const, binary: false };
  const hunks = [{ ...counts, section: 'void paint(void)', lines: added }];
  return { index: 1, total: 1, subject: '', message: '', files: [{ ...file, hunks }] };
}

function concerns(...lines: string[]): boolean {
  return changedStatements(pack, adding(...lines)).some((each) => each.concerns);
}

describe('statements in the first column count as well', () => {
  test.each([
    ['object_ref(OBJECT(mr));'],
    ['if (object_unref(x)) {'],
    ['mr->owner = NULL;'],
    ['out: object_unref(x);'],
    ['*p = mr->owner;'],
    ['} else if (mr->owner) {'],
    ['x = object_new(TYPE);'],
  ])('%s', (line) => {
    expect(concerns(line)).toBe(true);
  });

  test.each([
    ['void object_ref(Object *obj);'],
    ['static void memory_region_init(MemoryRegion *mr,'],
    ['object_property_add_child(Object *obj, const char *name,'],
    ['type_init(memory_register_types)'],
    ['} MemoryRegion;'],
    ['out:'],
    ['#define x object_ref(y)'],
  ])('%s is none', (line) => {
    expect(concerns(line)).toBe(false);
  });
});

test('a quotation mark in quotes hides nothing', () => {
  expect(concerns(`    if (c == '"') object_ref(x); puts("a");`)).toBe(true);
  expect(concerns(`    x = "object_ref(y)";`)).toBe(false);
  expect(concerns(`    x = '"'; /* object_ref(y) */`)).toBe(false);
});

test.each([
  ['quotes without an end', `    ${String.raw`"\ `.trim().repeat(200_000)}`],
  ['one long word', 'a'.repeat(400_000)],
  ['blanks', `    mr->${' '.repeat(400_000)}`],
])('%s take no time', (_name, line) => {
  expect(concerns(line)).toBe(false);
});
