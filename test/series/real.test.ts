import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { readSeries } from '../../src/series/read.ts';
import type { Series } from '../../src/series/series.ts';
import { unplaced } from './unplaced.ts';

const REAL = path.resolve(import.meta.dirname, '../../../shared/real');
const there = existsSync(REAL);
if (!there) {
  process.stderr.write(`skipped: the real mails are not at ${REAL}\n`);
}

async function one(name: string): Promise<Series> {
  const { series, errors } = await readSeries(name, readFileSync(path.join(REAL, name)));
  expect(errors).toEqual([]);
  expect(series).toHaveLength(1);
  return series[0] ?? { kind: 'diff', subject: '', version: 0, patches: [], repairs: [] };
}

function squeezed(series: Series): unknown {
  return series.patches.map(({ files }) =>
    files.map(({ hunks, ...file }) => ({
      ...file,
      hunks: hunks.map(({ lines, section, inputLine: _line, ...hunk }) => ({
        ...hunk,
        section: section.replaceAll(/\s+/g, ''),
        lines: lines.map(({ text, ...line }) => ({ ...line, text: text.replaceAll(/\s+/g, '') })),
      })),
    })),
  );
}

(there ? describe : describe.skip)('real mails', () => {
  test('the quoted patch comes out whole', async () => {
    const seed = await one('seed.txt');
    const posted = await one('v1.eml');
    expect(seed.kind).toBe('reply');
    expect(seed.patches[0]?.files.map(({ hunks }) => hunks.length)).toEqual([1, 3]);
    expect(squeezed(seed)).toEqual(squeezed(posted));
    expect(seed.patches[0]?.message.split(/\s+/).length).toBe(
      posted.patches[0]?.message.split(/\s+/).length,
    );
    expect(posted.repairs).toEqual([]);
  });

  test('the draft below scissors has the same code', async () => {
    const [draft, posted] = [await one('scissors.eml'), await one('v1.eml')];
    expect(unplaced(draft.patches[0]?.files.slice(1))).toEqual(
      unplaced(posted.patches[0]?.files.slice(1)),
    );
    expect(draft.subject).toBe(posted.subject);
  });

  test.each([
    ['v2-09of15.eml', 2, [2]],
    ['log-access-direction.eml', 1, [2]],
    ['as-destroy-free.eml', 1, [1, 2]],
    ['attached-patch.eml', 1, [1, 1]],
    ['flowed-quote.eml', 1, [2]],
  ])('%s is read without error', async (name, version, hunks) => {
    const series = await one(name);
    expect(series.version).toBe(version);
    expect(series.patches[0]?.files.map((file) => file.hunks.length)).toEqual(hunks);
  });
});
