import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { worstStatus } from '../../src/cli/failure.ts';
import { buildProgram } from '../../src/cli/program.ts';

test('help teaches with examples and exit statuses', () => {
  const program = buildProgram(() => undefined);
  let text = '';
  program.configureOutput({ writeOut: (part) => (text += part) });
  program.outputHelp();
  expect(text).toContain('check-lifecycle fix.patch');
  expect(text).toContain('Exit status: 0');
});

test('something introduced is never hidden by another series', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 1, 2, 3)), (statuses) => {
      expect(worstStatus([...statuses, 1])).toBe(1);
      expect(worstStatus(statuses)).toBe(worstStatus(statuses.toReversed()));
    }),
  );
  expect(worstStatus([0, 3])).toBe(3);
  expect(worstStatus([])).toBe(0);
});
