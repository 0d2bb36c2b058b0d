import { visible } from '../review/prose.ts';
import { openSession } from './session.ts';

/** Prints every scenario: id, contract, what it shows. */
export async function scenariosCommand({
  scenarios: folder,
}: {
  scenarios?: string;
}): Promise<number> {
  const { scenarios } = await openSession(folder);
  const width = Math.max(0, ...scenarios.map((each) => each.id.length));
  for (const { id, contract, summary } of scenarios) {
    process.stdout.write(`${visible(`${id.padEnd(width)}  ${contract.padEnd(11)}  ${summary}`)}\n`);
  }
  return 0;
}
