import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as prettier from 'prettier';
import { z } from 'zod';
import { reviewSchema } from '../../src/review/schema.ts';

test('the schema of the JSON is published as it is', async () => {
  const file = 'docs/review.schema.json';
  const text = await prettier.format(JSON.stringify(z.toJSONSchema(reviewSchema)), {
    ...(await prettier.resolveConfig(file)),
    parser: 'json',
  });
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(file, text);
  }
  expect(readFileSync(file, 'utf8')).toBe(text);
});
