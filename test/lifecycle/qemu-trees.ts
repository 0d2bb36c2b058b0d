import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A release that the tests run, before or after the fix of the same-owner leak. */
export interface Release {
  readonly release: string;
  readonly fixed: boolean;
  /** Empty where the tree was not fetched. */
  readonly folder: string;
}

const FOLDER = process.env['CHECK_LIFECYCLE_TREES'] ?? '/tmp/qemu';

export const RELEASES: readonly Release[] = [
  { release: '5.2', fixed: false },
  { release: '7.2', fixed: false },
  { release: '10.0', fixed: false },
  { release: '10.2', fixed: true },
].map((each) => {
  const folder = join(FOLDER, `qemu-${each.release}`);
  if (existsSync(folder)) {
    return { ...each, folder };
  }
  process.stderr.write(`SKIPPED: QEMU ${each.release}: ${folder} is not here\n`);
  return { ...each, folder: '' };
});
