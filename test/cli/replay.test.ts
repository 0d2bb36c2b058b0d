import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { replayCommand, type ReplayOptions } from '../../src/cli/replay-command.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** What a replay prints, and its exit status. */
async function replay(
  name: string,
  options: ReplayOptions = {},
): Promise<{ text: string; status: number }> {
  let text = '';
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((each) => {
    text += String(each);
    return true;
  });
  const status = await replayCommand(name, options);
  spy.mockRestore();
  return { text: text.replaceAll(/\.(c|h):\d+/gu, '.$1:N'), status };
}

describe('replay', () => {
  test('shows what happens to the objects concerned, with their references', async () => {
    const { text, status } = await replay('cross-owner/container-first');
    expect(status).toBe(0);
    expect(text).toContain(
      'cross-owner/container-first: A region contains one of another owner; the owner of the container is dropped first.\n\n',
    );
    expect(text).toContain('model/system/memory.c:N');
    expect(text).toMatch(/memory\.c:N +takes a reference on D2 for B \(D2: 2\)\n/u);
    expect(text).toMatch(/memory\.c:N +drops a reference on D2 for B \(D2: 1\)\n/u);
    expect(text).toMatch(/object\.c:N +D1 is freed; A is freed\n/u);
    expect(text.trimEnd().split('\n').length).toBeLessThan(30);
    expect(text).toMatch(/\n\noutcome: clean\n$/u);
  });

  test('ends with the assertion and who led to it, on the side of the patch', async () => {
    const options = { patch: 'fixtures/guard-only-the-take.patch' };
    const { text, status } = await replay('same-owner/child-first', options);
    expect(status).toBe(1);
    expect(text).toContain(
      "\n\noutcome: assertion model/system/memory.c:N memory_region_finalize\nAssertion '!mr->container' failed\n" +
        '  in model/system/memory.c:N memory_region_finalize\n',
    );
    expect(text).not.toContain('takes a reference');
    const before = await replay('same-owner/child-first', { ...options, side: 'before' });
    expect(before.text).toContain('takes a reference on D1 for B1 (D1: 2)');
    expect(before.text).toContain('outcome: leak');
  });

  test('shows every call and statement where asked for', async () => {
    const { text } = await replay('same-owner/child-first', { trace: true });
    expect(text).toContain('  object_ref(D1)  model/system/memory.c:N memory_region_ref');
    expect(text.split('\n').length).toBeGreaterThan(500);
  });

  test('says which choice does not exist', async () => {
    const { text } = await replay('topology/small:0.99');
    expect(text).toMatch(
      /^topology\/small:0\.99: .*\n\noutcome: unsupported .*\nchoice 99 of \d+ \(.*\) does not exist\n/u,
    );
  });
});
