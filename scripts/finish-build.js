// Makes the command executable, and names the build: what is kept of one is no good for another.
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const hash = createHash('sha256');
const names = readdirSync('dist', { recursive: true, encoding: 'utf8' });
const sorted = names.filter((name) => name.endsWith('.js')).toSorted((a, b) => (a < b ? -1 : 1));
for (const name of sorted) {
  hash.update(`${name}\0`).update(readFileSync(join('dist', name)));
}
writeFileSync('dist/build-id', `${hash.digest('hex').slice(0, 16)}\n`);
chmodSync('dist/cli/main.js', 0o755);
