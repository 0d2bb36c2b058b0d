import { expect, test } from '@jest/globals';
import { partsOf, sayMisspelled } from '../../src/wording/spelling.ts';

test.each([
  ['embeded', ['embedded', 'embed'], 's/embeded/embedded/'],
  ['occurances', ['occurrences'], 's/occurances/occurrences/'],
  ['existance', ['existence'], 's/existance/existence/'],
  ['recieve', ['receive'], 's/recieve/receive/'],
  ['Recieve', ['Receive'], 's/Recieve/Receive/'],
  ['avertising', ['advertising', 'averting'], 's/avertising/advertising/'],
])('%s is a slip', (word, suggestions, remark) => {
  expect(sayMisspelled(word, suggestions)?.remark).toBe(remark);
});

test.each([
  ['binfo', ['bingo']],
  ['wrlock', ['warlock']],
  ['nbits', ['nits']],
  ['notifiee', ['notified']],
  ['flavours', ['flavors']],
  ['initialised', ['initialed', 'initialized']],
  ['wrd', ['word']],
  ['qemuX', ['qemu']],
])('%s is a word of the trade, or right somewhere', (word, suggestions) => {
  expect(sayMisspelled(word, suggestions)).toBeUndefined();
});

test('a word may be made of others', () => {
  expect(partsOf('refcount')).toContainEqual(['ref', 'count']);
  expect(partsOf('unscaled')).toContainEqual(['scaled']);
  expect(partsOf('interruptible')).toContainEqual(['interrupt']);
});
