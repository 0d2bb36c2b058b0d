import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CHILD_LIMITS, runChild } from '../../src/github/child.ts';
import { openLog } from '../../src/github/log.ts';
import { isRepositoryName } from '../../src/github/names.ts';
import { planWords, remainingOutputs } from '../../src/github/plan.ts';
import { readSettings } from '../../src/github/settings.ts';

const X = '0123456789abcdef';
const Y = 'fedcba9876543210';
const HEAD = 'a'.repeat(40);

function words(
  id: number,
  ...fingerprints: string[]
): { id: number; kind: 'comment'; body: string } {
  return {
    id,
    kind: 'comment',
    body: `Bad.\n\n<!-- check-lifecycle:finding ${fingerprints.join(' ')} -->\n`,
  };
}

describe('the plan', () => {
  test('keeps what stands, clears what is over, and leaves other words alone', () => {
    const other = { id: 3, kind: 'comment', body: 'an answer' } as const;
    const { standing, clear } = planWords(
      [words(1, X), words(2, Y), other],
      new Set([X]),
      new Set(),
      HEAD,
    );
    expect([...standing]).toEqual([X]);
    expect(clear.map(({ words: { id } }) => id)).toEqual([2]);
    expect(clear[0]?.body).toMatch(/^Cleared by a{12}: /u);
  });

  test('clears nothing twice', () => {
    const { clear } = planWords([words(1, X)], new Set(), new Set(), HEAD);
    const again = clear.map(({ words: each, body }) => ({ ...each, body }));
    const second = planWords(again, new Set(), new Set(), HEAD);
    expect(second.clear).toEqual([]);
    // An attempt that broke off between both has its threads resolved by the next one; other heads leave them alone.
    expect([...second.resolve]).toEqual([1]);
    expect([...planWords(again, new Set(), new Set(), 'b'.repeat(40)).resolve]).toEqual([]);
  });

  test('lets a comment on several findings stand as long as one does', () => {
    const both = [words(1, X, Y)];
    expect(planWords(both, new Set([Y]), new Set(), HEAD).clear).toEqual([]);
    const { clear } = planWords(both, new Set([Y]), new Set([Y]), HEAD);
    expect(clear[0]?.body).toMatch(/^Dismissed\./u);
  });
});

test('a check gets what it lacks, and its last output whatever it has', () => {
  const outputs = [50, 50, 7].map((length) => ({ annotations: Array.from({ length }) }));
  const lengths = (there: number): number[] =>
    remainingOutputs(outputs, there).map(({ annotations }) => annotations.length);
  expect(lengths(0)).toEqual([50, 50, 7]);
  expect(lengths(50)).toEqual([50, 7]);
  expect(lengths(100)).toEqual([7]);
  expect(remainingOutputs([{ annotations: [] }], 0)).toHaveLength(1);
});

describe('a child', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-child-'));
  const signal = new AbortController().signal;
  function program(text: string): string {
    const file = join(folder, 'main.mjs');
    writeFileSync(file, text);
    return file;
  }

  test('has no secret in its environment', async () => {
    process.env['WEBHOOK_SECRET'] = 'xyzzy';
    const main = program('process.stdout.write(JSON.stringify(process.env))');
    const { out, status } = await runChild([], { limits: CHILD_LIMITS, program: main, signal });
    expect(status).toBe(0);
    expect(out).not.toContain('xyzzy');
    delete process.env['WEBHOOK_SECRET'];
  });

  test('ends when its time is over, when it takes too much memory, and when nobody wants it any more', async () => {
    const endless = program('for (;;);');
    const limits = { time: 500, heap: 64 };
    expect(await runChild([], { limits, program: endless, signal })).toMatchObject({
      status: null,
      ended: 'time',
    });
    const greedy = program('const all = []; for (;;) all.push(new Array(1e5).fill(all));');
    const more = await runChild([], {
      limits: { time: 60_000, heap: 64 },
      program: greedy,
      signal,
    });
    expect(more.status).not.toBe(0);
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('superseded')), 200);
    const main = program('setInterval(() => undefined, 1000)');
    const wait = runChild([], { limits: CHILD_LIMITS, program: main, signal: abort.signal });
    await expect(wait).rejects.toThrow('superseded');
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('a log', () => {
  test('holds no token, wherever it stood', () => {
    let text = '';
    const log = openLog('info', { write: (line) => (text += line) });
    const token = 'ghs_0123456789012345678901234567890123456789'.slice(0, 40);
    const error = Object.assign(new Error(`bad ${token} at https://x:${token}@host/`), {
      status: 500,
      request: { headers: { authorization: `token ${token}` } },
    });
    log.error({ err: error, token, request: { headers: { authorization: token } } }, 'failed');
    expect(text).toContain('"status":500');
    expect(text).not.toContain(token);
  });
});

describe('settings', () => {
  const base = { CHECK_LIFECYCLE_DATA: join(tmpdir(), 'no-such-folder'), APP_ID: '1' };
  const key = { PRIVATE_KEY: '-----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----' };

  test('need a secret of some length, a key and a number', async () => {
    expect((await readSettings({ CHECK_LIFECYCLE_DATA: '/none' })).credentials).toBeUndefined();
    await expect(readSettings({ ...base, ...key })).rejects.toThrow('WEBHOOK_SECRET');
    await expect(readSettings({ ...base, WEBHOOK_SECRET: '12345678' })).rejects.toThrow(
      'PRIVATE_KEY',
    );
    await expect(readSettings({ ...base, APP_ID: 'x' })).rejects.toThrow('APP_ID');
    const bad = { ...base, ...key, WEBHOOK_SECRET: '12345678', PORT: '70000' };
    await expect(readSettings(bad)).rejects.toThrow('PORT is a whole number from 0 to 65535');
    await expect(readSettings({ ...bad, PORT: '1', GITHUB_API_URL: 'file:///x' })).rejects.toThrow(
      'GITHUB_API_URL',
    );
  });

  test('do not quote a key that is none', async () => {
    const env = { ...base, WEBHOOK_SECRET: '12345678', PRIVATE_KEY: 'xyzzy' };
    await expect(readSettings(env)).rejects.toThrow(expect.not.stringContaining('xyzzy'));
  });
});

test.each(['qemu', 'qemu.rs', 'a_b-c', '.github'])('%s is a name', (name) => {
  expect(isRepositoryName({ owner: 'some-body', name })).toBe(true);
});

test('the manifest asks for what is listened to, and for no right to write contents', () => {
  const manifest: unknown = parse(readFileSync('app.yml', 'utf8'));
  expect(manifest).toMatchObject({
    default_permissions: { contents: 'read', metadata: 'read', issues: 'read' },
    default_events: [
      'pull_request',
      'issue_comment',
      'pull_request_review_comment',
      'check_run',
      'check_suite',
    ],
  });
});
