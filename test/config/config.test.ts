import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as prettier from 'prettier';
import { configJsonSchema, DEFAULTS, parseConfig } from '../../src/config/config.ts';
import { findConfig, readConfig } from '../../src/config/find.ts';

function mistake(text: string): string {
  try {
    parseConfig('x.yml', text);
  } catch (error) {
    return String(error);
  }
  return '';
}

/** Each line is twice the one before. */
function bomb(): string {
  const names = Array.from({ length: 12 }, (_, at) => (at === 0 ? 'a' : `a${at}`));
  return names.map((name, at) => `n${at}: &a${at + 1} [*${name}, *${name}]`).join('\n');
}

describe('a configuration', () => {
  test('may say nothing', () => {
    expect(parseConfig('x.yml', '')).toEqual(DEFAULTS);
    expect(parseConfig('x.yml', '# nothing yet\n')).toEqual(DEFAULTS);
    expect(DEFAULTS).toMatchObject({ wording: 'on', words: [], packs: ['memory-region'] });
  });

  test('says everything that can be set', () => {
    const text = [
      'packs: [memory-region]',
      'bounds: { seconds: 30, megabytes: 512 }',
      'wording: off',
      'words: [virtio]',
      'families: [same-owner, "S*"]',
      'mail:',
      '  from: A Bot <bot@example.org>',
      '  trailers: ["Reported-by: A Bot <bot@example.org>"]',
      '  footer: |',
      '    Two',
      '    lines.',
    ].join('\n');
    expect(parseConfig('x.yml', text)).toEqual({
      packs: ['memory-region'],
      bounds: { seconds: 30, megabytes: 512 },
      wording: 'off',
      words: ['virtio'],
      families: ['same-owner', 'S*'],
      mail: {
        from: 'A Bot <bot@example.org>',
        trailers: ['Reported-by: A Bot <bot@example.org>'],
        footer: 'Two\nlines.\n',
      },
    });
  });

  test.each([
    ['wordng: off', '1:1: there is no key `wordng`; did you mean `wording`?'],
    [
      'words: []\nmail:\n  fooder: x',
      '3:3: mail: there is no key `fooder`; did you mean `footer`?',
    ],
    ['words: []\ncolour: 1', '2:1: there is no key `colour`; known are packs, bounds, wording,'],
    ['bounds:\n  seconds: soon', '2:12: bounds.seconds: Invalid input: expected number'],
    ['wording: maybe', '1:10: wording: Invalid option: expected one of "on"|"off"|"all"'],
    [
      'mail:\n  trailers:\n    - "Cc: a\\nBcc: b"',
      '3:7: mail.trailers.0: must be one line of text',
    ],
    ['mail: { trailers: [no] }', '1:20: mail.trailers.0: must be `Name: value`'],
    ['mail: { from: "A\\r\\nBcc: b <c@d>" }', '1:15: mail.from: must be one line of text'],
    ['words: [', '1:9: Flow sequence in block collection'],
    [`a: &a [x, x]\n${bomb()}`, '1:1: Excessive alias count'],
    ['- a', '1:1: Invalid input: expected object'],
  ])('%s is told where it stands', (text, told) => {
    expect(mistake(text)).toContain(`x.yml:${told}`);
  });
});

describe('its file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
    mkdirSync(join(folder, 'repo/.git'), { recursive: true });
    mkdirSync(join(folder, 'repo/deep/er'), { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('is the nearest one upwards', async () => {
    writeFileSync(join(folder, 'repo/.check-lifecycle.yml'), 'words: [far]');
    expect(await findConfig(join(folder, 'repo/deep/er'))).toMatchObject({ words: ['far'] });
    writeFileSync(join(folder, 'repo/deep/.check-lifecycle.yml'), 'words: [near]');
    expect(await findConfig(join(folder, 'repo/deep/er'))).toMatchObject({ words: ['near'] });
  });

  test('is not looked for outside of the repository', async () => {
    writeFileSync(join(folder, '.check-lifecycle.yml'), 'words: [outside]');
    expect(await findConfig(join(folder, 'repo/deep'))).toEqual(DEFAULTS);
  });

  test('is told by name when it is not there', async () => {
    const file = join(folder, 'none.yml');
    await expect(readConfig(file)).rejects.toThrow(`${file}:1:1: cannot be read; name a file`);
  });
});

test('its schema is published as it is', async () => {
  const file = 'docs/config.schema.json';
  const text = await prettier.format(JSON.stringify(configJsonSchema()), {
    ...(await prettier.resolveConfig(file)),
    parser: 'json',
  });
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(file, text);
  }
  expect(readFileSync(file, 'utf8')).toBe(text);
});
