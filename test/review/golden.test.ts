import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openEngine, openSession, scenariosOf } from '../../src/cli/session.ts';
import { judge } from '../../src/lifecycle/review.ts';
import { buildReview } from '../../src/review/build.ts';
import { FORMATS } from '../../src/review/formats.ts';
import { MAIL } from '../../src/review/mail-settings.ts';
import { PLAIN } from '../../src/review/paint.ts';
import { render } from '../../src/review/render.ts';
import type { Rendering } from '../../src/review/render.ts';
import { readSeries } from '../../src/series/read.ts';

const FIXTURES = 'fixtures';
const FOLDER = 'test/review/golden';
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** Every file of `fixtures/` is an input; folders belong to other tests. */
const fixtures = readdirSync(FIXTURES, { withFileTypes: true }).flatMap((entry) =>
  entry.isFile() ? [entry.name] : [],
);
/** All fixtures run on one base. */
const opened = openSession().then(async (session) => ({
  session,
  engine: await openEngine(session.pack),
  bases: { sides: new Map() },
}));
const known = new Map<string, Promise<Rendering>>();

/** What is reviewed once is rendered in every format. */
async function reviewed(fixture: string): Promise<Rendering> {
  const file = `${FIXTURES}/${fixture}`;
  const { series, errors } = await readSeries(file, readFileSync(file));
  expect(errors).toEqual([]);
  const [first] = series;
  if (first === undefined) {
    throw new Error(`${file} holds no series`);
  }
  const { session, ...shared } = await opened;
  const judgement = judge({ ...session, ...shared, scenarios: scenariosOf(session, {}) }, first);
  const review = buildReview({ series: first, judgement, session, file });
  const screen = { paint: PLAIN, columns: 80 };
  return { review, series: first, screen, mail: MAIL, isMany: false };
}

describe.each(fixtures)('%s', (fixture) => {
  test.each(FORMATS)(
    'as %s',
    async (format) => {
      const rendering = known.get(fixture) ?? reviewed(fixture);
      known.set(fixture, rendering);
      const text = await render(format, await rendering);
      const golden = join(FOLDER, `${fixture}.${format}`);
      if (UPDATE) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(golden, text);
      }
      expect(existsSync(golden)).toBe(true);
      expect(text).toBe(readFileSync(golden, 'utf8'));
    },
    240_000,
  );
});

test('no golden is left of a fixture or a format that is gone', () => {
  const wanted = fixtures.flatMap((fixture) => FORMATS.map((format) => `${fixture}.${format}`));
  expect(readdirSync(FOLDER).toSorted()).toEqual(wanted.toSorted());
});
