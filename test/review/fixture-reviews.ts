import { readdirSync } from 'node:fs';

/** Every whole input below fixtures/. */
export const FIXTURES: readonly string[] = readdirSync('fixtures', { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name)
  .toSorted();
