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
export function emitTest({ pack, image, scenario, execution }: Emission): string {
  const name = pathName(scenario, execution);
  const choices = execution.choices.map(({ taken }) => taken).join('.');
  const done = new Set<string>();
  const parts = [...pack.test.parts, scenario.path].map((path) => inline(image, path, done));
  return [
    headComment(pack, scenario, execution, name),
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

function headComment(pack: Pack, scenario: Scenario, execution: Execution, name: string): string {
  const { folder, needs } = pack.test;
  const up = folder
    .split('/')
    .map(() => '..')
    .join('/');
  const file = `test-lifecycle-${safeName(name)}`;
  const end = execution.at === undefined ? '' : ` at ${describeSite(execution.at)}`;
  const message = execution.message === '' ? '' : `: ${execution.message}`;
  const lines = [
    scenario.summary,
    '',
    `Written by check-lifecycle from ${name}. There it ends: ${execution.outcome}${end}${message}.`,
    'SPDX-License-Identifier: GPL-2.0-or-later',
    '',
    `In a QEMU tree, save it as ${folder}/${file}.c, and in ${folder}/meson.build, where there are`,
    'system emulators, add to the tests:',
    '',
    '    tests += {',
    `      '${file}':`,
    `        [qom, hwcore, files(${needs
      .filter((path) => !path.startsWith('qom/'))
      .map((path) => `'${up}/${path}'`)
      .join(', ')}),`,
    "         declare_dependency(link_args: '-Wl,--unresolved-symbols=ignore-all')]",
    '    }',
    '',
    'What it never calls may stay undefined. Configure with --enable-asan, and run it with',
    'G_SLICE=always-malloc. It succeeds where the program ends clean; a leak, a broken invariant or a',
    'dangling link is printed as `outcome: ...`, with exit status 99.',
  ];
  return `/*\n${lines.map((line) => ` * ${harmless(line)}`.trimEnd()).join('\n')}\n */`;
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
