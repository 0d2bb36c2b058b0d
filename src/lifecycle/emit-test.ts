import { posix } from 'node:path';
import type { Execution } from '../machine/execution.ts';
import type { Image } from '../tree/image.ts';
import { describeSite } from './ledger.ts';
import type { Pack } from './pack.ts';
import { pathName } from './replay.ts';
import type { Scenario } from './scenario.ts';

export interface Emission {
  readonly pack: Pack;
  /** Where the pack's own C is read from. */
  readonly image: Image;
  readonly scenario: Scenario;
  readonly execution: Execution;
}

/** One path of one scenario as a C program of its own: a test for a tree, with everything of the pack in it. */
export function emitTest(emission: Emission): string {
  const { pack, image, scenario, execution } = emission;
  const name = pathName(scenario, execution);
  const choices = execution.choices.map(({ taken }) => taken).join('.');
  const done = new Set<string>();
  const parts = [...pack.test.parts, scenario.path].map((path) => inline(image, path, done));
  return [
    headComment(emission, name),
    '#include "qemu/osdep.h"',
    `#define LIFECYCLE_TEST "${safeName(name)}"`,
    `#define LIFECYCLE_CHOICES "${choices}"`,
    '',
    ...parts,
  ].join('\n');
}

/** A file of the pack with those of the pack that it includes; each of them once. */
function inline(image: Image, path: string, done: Set<string>): string {
  if (done.has(path)) {
    return '';
  }
  done.add(path);
  const lines = (image.get(path) ?? '').split('\n').map((line) => {
    const [, name] = /^#include "([^"]+)"$/u.exec(line) ?? [];
    const own = name === undefined ? undefined : ownFile(image, posix.dirname(path), name);
    return own === undefined ? line : inline(image, own, done);
  });
  return `/* From ${path}. */\n\n${lines.join('\n')}`;
}

/** The pack's own, beside the file or at its root; what a tree has too is the tree's. */
function ownFile(image: Image, folder: string, name: string): string | undefined {
  const known = new Set(image.keys());
  return [posix.join(folder, name), name].find((path) => known.has(path));
}

function headComment({ pack, image, scenario, execution }: Emission, name: string): string {
  const { folder, configure } = pack.test;
  const file = `test-lifecycle-${safeName(name)}`;
  const end = execution.at === undefined ? '' : ` at ${describeSite(execution.at)}`;
  const message = execution.message === '' ? '' : `: ${execution.message}`;
  const lines = [
    scenario.summary,
    '',
    `Written by check-lifecycle from ${name}. There it ends: ${execution.outcome}${end}${message}.`,
    'SPDX-License-Identifier: GPL-2.0-or-later',
    '',
    `In a QEMU tree, save it as ${folder}/${file}.c, and put this into`,
    `${folder}/meson.build, before the loop over the tests:`,
    '',
    ...mesonLines(pack, image, file).map((line) => `    ${line}`),
    '',
    'What it never calls may stay undefined, and what it brings itself comes first. Then, in the build folder:',
    '',
    `    ../configure ${configure}`,
    `    ninja ${folder}/${file}`,
    `    G_SLICE=always-malloc ${folder}/${file}`,
    '',
    'It succeeds where the program ends clean; a leak, a broken invariant or a dangling link is printed as',
    '`outcome: ...`, with exit status 99.',
  ];
  return `/*\n${lines.map((line) => ` * ${harmless(line)}`.trimEnd()).join('\n')}\n */`;
}

/** The entry of a test in the build files: its libraries, the tree's files, and how those are compiled. */
function mesonLines(pack: Pack, image: Image, file: string): string[] {
  const { folder, libraries, files, include, arguments: given } = pack.test;
  const up = folder.replaceAll(/[^/]+/gu, '..');
  const beside = (path: string) => `'${up}/${path}'`;
  const named = files.map((path) => beside(nameInTree(pack, image, path)));
  const links = ['--unresolved-symbols=ignore-all', '-z,muldefs'].map((each) => `'-Wl,${each}'`);
  return [
    'tests += {',
    `  '${file}':`,
    `    [${[...libraries, `files(${named.join(', ')})`].join(', ')},`,
    '     declare_dependency(',
    `       include_directories: include_directories(${include.map(beside).join(', ')}),`,
    `       compile_args: [${given.map((each) => `'${each}'`).join(',\n                      ')}],`,
    `       link_args: ['-no-pie', ${links.join(', ')}])]`,
    '}',
  ].flatMap((line) => line.split('\n'));
}

/** What this tree calls a file that has had several names. */
function nameInTree(pack: Pack, image: Image, path: string): string {
  const known = pack.files.find(({ history }) => history.includes(path));
  return known?.history.find((each) => image.get(each) !== undefined) ?? path;
}

/** Text of others in a comment: it cannot end it, nor begin a line. */
function harmless(text: string): string {
  return text
    .replaceAll('*/', '* /')
    .replaceAll(/[^\u0020-\uFFFF]|[\u007F-\u009F\u2028\u2029]/gu, '?');
}

function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/gu, '-');
}
