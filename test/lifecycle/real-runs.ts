import { readFileSync, writeFileSync } from 'node:fs';
import { patchedImage, type Session } from '../../src/cli/session.ts';
import type { Execution } from '../../src/machine/execution.ts';
import { readSeries } from '../../src/series/read.ts';
import type { Image } from '../../src/tree/image.ts';
import type { NativeOutcome } from '../model/native.ts';

export const REAL = new URL('../../../shared/real/', import.meta.url);

/** The image after a real mail. */
export async function patched(session: Session, name: string): Promise<Image> {
  const { series } = await readSeries(name, readFileSync(new URL(name, REAL)));
  const [first] = series;
  if (first === undefined) {
    throw new Error(`no series in ${name}`);
  }
  return patchedImage(session, first);
}

/** Names of the regions in the order of their finalize. */
export function finalized(end: Execution): string[] {
  return end.trace.flatMap((event) => {
    const name =
      event.kind === 'note' ? /^finalized region (.+)$/u.exec(event.text)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
}

/** Outcome, the function of an assertion, and the regions in the order of their end. */
function told(outcome: string, at: string | undefined, order: readonly string[]): string {
  return [outcome, ...(at === undefined ? [] : [at]), ...order].join(' ');
}

export function toldByMachine(end: Execution): string {
  const at = end.outcome === 'assertion' ? end.at?.function : undefined;
  return told(end.outcome, at, finalized(end));
}

export function toldByGcc(end: NativeOutcome): string {
  return told(end.kind, end.function, end.finalized);
}

/** Writes a table below the line of a document that says which test does; it is as wide as it is. */
export function writeTable(file: string, test: string, lines: readonly string[]): void {
  const start = `<!-- from here on written by ${test} -->`;
  const [head = ''] = readFileSync(file, 'utf8').split(start);
  const table = [
    '<!-- prettier-ignore-start -->',
    lines.join('\n'),
    '<!-- prettier-ignore-end -->',
  ];
  writeFileSync(file, `${[`${head}${start}`, ...table].join('\n\n')}\n`);
}
