import { readFileSync } from 'node:fs';

export interface Fidelity {
  readonly tree: string;
  readonly same: number;
  readonly of: number;
}

const TABLE = new URL('../../docs/fidelity.md', import.meta.url);

/** What the comparison with gcc wrote down: it takes minutes a tree, and tests that it holds. */
export function readFidelity(text = readFileSync(TABLE, 'utf8')): Fidelity[] {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const [head = []] = rows;
  const counts = rows.find((cells) => cells[1]?.startsWith('same')) ?? [];
  return head.flatMap((tree, column) => {
    const match = /^(\d+) of (\d+)$/u.exec(counts[column] ?? '');
    return match === null ? [] : [{ tree, same: Number(match[1]), of: Number(match[2]) }];
  });
}
