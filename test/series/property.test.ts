import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { formatDiff } from '../../src/series/format.ts';
import { readSeries } from '../../src/series/read.ts';
import { InputError, type Series } from '../../src/series/series.ts';
import { anyFiles } from './arbitrary.ts';
import { unplaced } from './unplaced.ts';

async function read(text: string): Promise<{ series: Series[]; errors: InputError[] }> {
  return readSeries('in', Buffer.from(text, 'utf8'));
}

function expectCounted(series: readonly Series[]): void {
  for (const hunk of series.flatMap(({ patches }) =>
    patches.flatMap(({ files }) => files.flatMap((f) => f.hunks)),
  )) {
    expect(hunk.lines.filter(({ kind }) => kind !== 'added')).toHaveLength(hunk.oldCount);
    expect(hunk.lines.filter(({ kind }) => kind !== 'removed')).toHaveLength(hunk.newCount);
  }
}

const style = fc.constantFrom('> ', '>', '>> ', '> > ', '>>>> ', '> >> ');
const remark = fc.constantFrom(
  ['', 'must have?', ''],
  ['', 'Two', 'lines.', ''],
  ['Typo.'],
  ['', '+1 from me', '', '- and this', ''],
);

describe('what is printed is read back', () => {
  test('as a bare diff', async () => {
    await fc.assert(
      fc.asyncProperty(anyFiles, async (files) => {
        const { series, errors } = await read(formatDiff(files));
        expect(errors).toEqual([]);
        expect(series.map(({ patches }) => patches.map((patch) => unplaced(patch.files)))).toEqual([
          [files],
        ]);
        expect(series[0]?.repairs).toEqual([]);
      }),
    );
  });

  test('quoted at any depth, with remarks anywhere between the lines', async () => {
    const remarks = fc.array(fc.tuple(fc.nat(200), remark), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(anyFiles, style, remarks, async (files, mark, said) => {
        const lines = formatDiff(files).replace(/\n$/, '').split('\n');
        const quoted = lines.flatMap((line, index) => [
          `${mark}${line}`.trimEnd(),
          ...said.filter(([at]) => at === index).flatMap(([, text]) => text),
        ]);
        const { series, errors } = await read(
          ['On Monday, somebody wrote:', ...quoted, '', 'Bye'].join('\n'),
        );
        expect(errors).toEqual([]);
        expect(unplaced(series[0]?.patches[0]?.files)).toEqual(files);
        expect(series[0]?.kind).toBe('reply');
      }),
    );
  });

  test('with CRLF line ends', async () => {
    await fc.assert(
      fc.asyncProperty(anyFiles, async (files) => {
        const { series } = await read(formatDiff(files).replaceAll('\n', '\r\n'));
        expect(unplaced(series[0]?.patches[0]?.files)).toEqual(files);
      }),
    );
  });
});

describe('what is damaged is refused, never guessed', () => {
  test('cut at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(anyFiles, fc.nat(), fc.constantFrom('', '> '), async (files, at, mark) => {
        const whole = formatDiff(files).replace(/^/gm, mark);
        const { series, errors } = await read(whole.slice(0, at % whole.length));
        expectCounted(series);
        for (const error of errors) {
          expect(error).toBeInstanceOf(InputError);
          expect(error.message).toMatch(/^[^\p{Cc}]+$/u);
        }
        expect(series.length + errors.length).toBeGreaterThan(0);
      }),
    );
  });

  test('with a line taken out or doubled', async () => {
    await fc.assert(
      fc.asyncProperty(anyFiles, fc.nat(), fc.boolean(), async (files, at, twice) => {
        const lines = formatDiff(files).split('\n');
        const index = at % lines.length;
        const damaged = lines.flatMap((line, here) =>
          here === index ? (twice ? [line, line] : []) : [line],
        );
        expectCounted((await read(damaged.join('\n'))).series);
      }),
    );
  });

  test('any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const { series, errors } = await readSeries('in', bytes);
        expectCounted(series);
        expect(series.length + errors.length).toBeGreaterThan(0);
      }),
    );
  });
});
