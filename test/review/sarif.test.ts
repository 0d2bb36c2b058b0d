import { describe, expect, test } from '@jest/globals';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import type { Location, Log, Result } from 'sarif';
import { renderSarif } from '../../src/review/sarif.ts';
import { FIXTURES } from './fixture-reviews.ts';
import { HOSTILE, hostileReview } from './hostile.ts';

// One pattern of the schema is none where `u` is set.
const ajv = new Ajv.default({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync('test/review/sarif-2.1.0.json', 'utf8')) as object,
);

function checked(text: string): Log {
  const log = JSON.parse(text) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log;
}

function golden(fixture: string): string {
  return readFileSync(`test/review/golden/${fixture}.sarif`, 'utf8');
}

function resultsOf(log: Log): Result[] {
  return log.runs.flatMap((run) => run.results ?? []);
}

test('the schema refuses what is no log', () => {
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } } }] })).toBe(true);
});

describe.each(FIXTURES)('fixtures/%s', (fixture) => {
  test('is a log by the schema of OASIS, with both executions of each finding', () => {
    for (const result of resultsOf(checked(golden(fixture)))) {
      const [flow] = result.codeFlows ?? [];
      expect(flow?.threadFlows.map(({ id }) => id)).toEqual(['base', 'patched']);
      expect(flow?.threadFlows.every(({ locations }) => locations.length > 1)).toBe(true);
      expect(Object.values(result.partialFingerprints ?? {})).toEqual([
        expect.stringMatching(/^[0-9a-f]{16}$/u),
      ]);
      const place = result.locations?.[0]?.physicalLocation;
      expect(place?.artifactLocation?.uriBaseId).toBe('SRCROOT');
      expect(place?.region?.startLine).toBeGreaterThan(0);
    }
  });
});

test('a rule says what it is about and where to look', () => {
  const [run] = checked(golden('guard-only-the-take.patch')).runs;
  const rules = run?.tool.driver.rules ?? [];
  expect(rules.map(({ id }) => id)).toContain('lifecycle/use-after-free');
  expect(rules.every(({ help }) => (help?.text ?? '').length > 40)).toBe(true);
  for (const { ruleId, ruleIndex } of run?.results ?? []) {
    expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
  }
});

function urisIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    key === 'uri' && typeof each === 'string' ? [each] : urisIn(each),
  );
}

function messagesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const own = 'message' in value ? (value as Location).message?.text : undefined;
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(messagesIn)];
}

describe('text of others', () => {
  test.each(HOSTILE)('%s stays text', (_, text) => {
    const rendered = renderSarif(hostileReview(text));
    const log = checked(rendered);
    for (const uri of urisIn(log.runs[0]?.results)) {
      const resolved = new URL(uri, 'file:///root/of/tree/');
      expect(resolved.protocol).toBe('file:');
      expect(resolved.pathname.startsWith('/root/of/tree/')).toBe(true);
    }
    for (const message of messagesIn(log.runs[0])) {
      expect(message).not.toMatch(/\]\(/u);
      // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
      expect(message).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u);
    }
  });
});

test('several reviews are one log by that schema, and their runs are told apart', () => {
  const log = checked(renderSarif(hostileReview('a'), hostileReview('b')));
  const ids = log.runs.map(({ automationDetails }) => automationDetails?.id);
  expect(ids).toEqual(['check-lifecycle/series-1/', 'check-lifecycle/series-2/']);
});
