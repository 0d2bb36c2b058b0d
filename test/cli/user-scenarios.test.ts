import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { explain } from '../../src/cli/failure.ts';
import { checkUser, findScenario, openEngine, openSession } from '../../src/cli/session.ts';

const HEAD = '/*\n * A region of nobody.\n *\n * contract: required\n * because: x\n */\n';
const BODY = '#include "lifecycle.h"\n\nvoid scenario(void)\n{\n    owner_new();\n}\n';

let folder = '';

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'check-lifecycle-')), 'mine');
  mkdirSync(join(folder, 'deep'), { recursive: true });
});

afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

/** What a folder with this file is told, the folder left out. */
async function told(name: string, text: string): Promise<{ text: string; status: number }> {
  writeFileSync(join(folder, name), text);
  try {
    await checkUser(await openSession(folder));
  } catch (error) {
    const { text: says, status } = explain(error);
    return { text: says.replaceAll(`${folder}/`, ''), status };
  }
  return { text: '', status: 0 };
}

test('a scenario of a folder runs as the pack does, by the name of its folder', async () => {
  writeFileSync(join(folder, 'own.h'), 'static inline void twice(int *n)\n{\n    *n *= 2;\n}\n');
  const text = `${HEAD}#include "lifecycle.h"\n#include "../own.h"\n\nvoid scenario(void)\n{\n    int n = 1;\n    twice(&n);\n    assert(n == 1);\n}\n`;
  writeFileSync(join(folder, 'deep/er.c'), text);
  const session = await openSession(folder);
  await checkUser(session);
  const scenario = findScenario(session, 'mine/deep/er');
  const engine = await openEngine(session.pack);
  expect(engine.explore(session.base, scenario)[0]).toMatchObject({
    outcome: 'assertion',
    at: { location: { file: 'scenarios/mine/deep/er.c', line: 14 } },
  });
});

test.each([
  ['no head comment', BODY, '1: a scenario starts with a comment that states its contract'],
  ['another contract', HEAD.replace('required', 'never') + BODY, '4: `never` is no contract'],
  [
    'no C',
    `${HEAD}#include "lifecycle.h"\n\nvoid scenario(void)\n{\n    int x = ;\n}\n`,
    '11: expected expression',
  ],
  ['no C outside of functions', `${HEAD}#include "lifecycle.h"\nint int;\n`, '8: '],
  ['no header', `${HEAD}#include "none.h"\n${BODY}`, '7: there is no header none.h'],
  ['nothing to run', `${HEAD}#include "lifecycle.h"\n`, '1: defines no function `scenario`'],
])('%s is one sentence with file and line', async (_, text, says) => {
  const { text: sentence, status } = await told('x.c', text);
  expect(status).toBe(2);
  expect(sentence).toContain(`x.c:${says}`);
  expect(sentence).not.toContain('\n');
});

test('a name of the pack, an empty folder and no folder are refused', async () => {
  const taken = join(folder, '../same-owner');
  mkdirSync(taken);
  writeFileSync(join(taken, 'child-first.c'), HEAD + BODY);
  await expect(openSession(taken)).rejects.toThrow('the pack has a scenario of that name');
  await expect(openSession(folder)).rejects.toThrow('holds no C file');
  await expect(openSession(join(folder, 'none'))).rejects.toThrow('is no directory');
});
