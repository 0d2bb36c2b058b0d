import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCommand } from '../../src/github/command.ts';

describe('a command', () => {
  test.each([
    ['/check-lifecycle', { kind: 'review' }],
    ['  /check-lifecycle  ', { kind: 'review' }],
    ['Thanks!\n\n/check-lifecycle\n\nBye', { kind: 'review' }],
    ['Thanks!\n/check-lifecycle help', { kind: 'help' }],
    [
      '/check-lifecycle replay same-owner/child-first',
      { kind: 'replay', path: 'same-owner/child-first' },
    ],
    [
      '/check-lifecycle replay topology/small:1.0.2',
      { kind: 'replay', path: 'topology/small:1.0.2' },
    ],
    ['/check-lifecycle explain F12', { kind: 'explain', label: 12 }],
    [
      '/check-lifecycle dismiss F1 known, see the list',
      { kind: 'dismiss', label: 1, reason: 'known, see the list' },
    ],
    ['> /check-lifecycle\n\n/check-lifecycle help', { kind: 'help' }],
  ])('%j is one', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  test.each([
    '/check-lifecycle dismiss F1',
    '/check-lifecycle explain',
    '/check-lifecycle explain 1',
    '/check-lifecycle replay --patch=/etc/passwd',
    '/check-lifecycle replay a; rm -rf /',
    '/check-lifecycle replay $(id)',
    '/check-lifecycle replay',
    '/check-lifecycle restart',
  ])('%j is unknown', (text) => {
    expect(readCommand(text)?.kind).toBe('unknown');
  });

  test.each([
    '> /check-lifecycle',
    '> quoted\n/check-lifecycle',
    '```\n/check-lifecycle\n```',
    '    /check-lifecycle',
    '`x\n/check-lifecycle`',
    '<details>\n/check-lifecycle\n</details>',
    '<!--\n/check-lifecycle\n-->',
    '- /check-lifecycle',
    'please /check-lifecycle',
    '/check-lifecycles',
    '[a\n/check-lifecycle](https://example.org)',
    '',
  ])('%j is none', (text) => {
    expect(readCommand(text)).toBeUndefined();
  });

  test('is read from anything without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const command = readCommand(`${text}\n/check-lifecycle ${text}`);
        expect(['undefined', 'object']).toContain(typeof command);
      }),
    );
  });
});
