import type { Image } from '../tree/image.ts';

export const CONTRACTS = ['required', 'must-assert', 'tolerated'] as const;

/** Who promised what: the API promises it works, documents that it stops, or promises nothing. */
export type Contract = (typeof CONTRACTS)[number];

/** What a head comment says whose scenario has cases. */
const EACH = 'each';
const THOROUGH = 'thorough';

export function asContract(text: string): Contract | undefined {
  return CONTRACTS.find((each) => each === text);
}

/** A C program over the public API, with what its head comment says. */
export interface Scenario {
  /** Path below `scenarios/` without `.c`. */
  readonly id: string;
  readonly path: string;
  /** First paragraph of the head comment, on one line. */
  readonly summary: string;
  readonly contract: Contract;
  /** Why the contract is what it is, by the tree's own documentation. */
  readonly because: string;
  /** Functions that not every release has: without them there is nothing to run. */
  readonly needs: readonly string[];
  /** Outcome on the embedded model, as written; absent where the scenario leaves it open. */
  readonly expect?: string;
  /** `when: thorough`: takes minutes, and is run where somebody asks for it. */
  readonly thorough?: true;
  /** Of a folder of the user's: that it cannot be run has to be told. */
  readonly asked?: true;
  /** `contract: each`: every path is a case of its own, and states its contract when it runs. */
  readonly cases?: true;
  /** The one path that this is, of a scenario with cases. */
  readonly choices?: readonly number[];
}

/** A scenario whose head comment is missing or wrong: `file:line` and what was expected. */
export class ScenarioError extends Error {
  constructor(path: string, line: number, message: string) {
    super(`${path}:${line}: ${message}`);
    this.name = 'ScenarioError';
  }
}

interface Field {
  readonly value: string;
  readonly line: number;
}

/** Every scenario of a pack, sorted by id. Throws ScenarioError for the first that is wrong. */
export function discoverScenarios(image: Image): Scenario[] {
  const found: Scenario[] = [];
  for (const path of image.keys()) {
    const match = /^scenarios\/(.+)\.c$/u.exec(path);
    if (match?.[1] !== undefined) {
      found.push(parseScenario(match[1], path, image.get(path) ?? ''));
    }
  }
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Reads the head comment of one scenario. Throws ScenarioError. */
export function parseScenario(id: string, path: string, text: string): Scenario {
  const { summary, fields } = readHead(path, text);
  const contract = fields.get('contract');
  if (contract === undefined) {
    throw new ScenarioError(
      path,
      1,
      `the head comment has no \`contract:\` line; write one of ${CONTRACTS.join(', ')}`,
    );
  }
  const cases = contract.value === EACH;
  const known = cases ? 'required' : asContract(contract.value);
  if (known === undefined) {
    throw new ScenarioError(
      path,
      contract.line,
      `\`${contract.value}\` is no contract; write one of ${CONTRACTS.join(', ')}, or ${EACH}`,
    );
  }
  const because = fields.get('because');
  if (because === undefined || because.value === '') {
    throw new ScenarioError(
      path,
      contract.line,
      'a contract needs its reason: add a `because:` line',
    );
  }
  const expect = fields.get('expect');
  const when = fields.get('when');
  if (when !== undefined && when.value !== THOROUGH) {
    const message = `\`when: ${when.value}\` means nothing; write \`when: ${THOROUGH}\` or leave it out`;
    throw new ScenarioError(path, when.line, message);
  }
  return {
    id,
    path,
    summary,
    contract: known,
    because: because.value,
    ...(cases ? { cases } : {}),
    ...(when === undefined ? {} : { thorough: true }),
    needs: fields.get('needs')?.value.split(/[\s,]+/u) ?? [],
    ...(expect === undefined ? {} : { expect: expect.value }),
  };
}

/** The head comment as its first paragraph and its `name: value` fields; values go on over lines. */
function readHead(path: string, text: string): { summary: string; fields: Map<string, Field> } {
  const comment = /^\s*(?:\/\/[^\n]*\n\s*)*\/\*([\s\S]*?)\*\//u.exec(text);
  const body = comment?.[1];
  if (comment === null || body === undefined) {
    throw new ScenarioError(path, 1, 'a scenario starts with a comment that states its contract');
  }
  const start = comment[0].length - body.length - 2;
  let number = text.slice(0, start).split('\n').length - 1;
  const fields = new Map<string, Field>();
  const summary: string[] = [];
  let open: string | undefined;
  let paragraphEnded = false;
  for (const raw of body.split('\n')) {
    number += 1;
    const line = raw.replace(/^\s*\*?\s?/u, '').trim();
    const field = /^(contract|because|expect|when|needs):\s*(.*)$/u.exec(line);
    if (field?.[1] !== undefined) {
      open = field[1];
      fields.set(open, { value: field[2] ?? '', line: number });
    } else if (open !== undefined && line !== '' && !/^[a-z-]+:/u.test(line)) {
      const old = fields.get(open);
      fields.set(open, { value: `${old?.value ?? ''} ${line}`.trim(), line: old?.line ?? number });
    } else if (line === '' || open !== undefined) {
      open = undefined;
      paragraphEnded ||= summary.length > 0;
    } else if (!paragraphEnded && !line.startsWith('SPDX-')) {
      summary.push(line);
    }
  }
  return { summary: summary.join(' '), fields };
}
