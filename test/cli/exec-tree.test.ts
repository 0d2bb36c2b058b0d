import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkWithTree } from '../../src/cli/exec-tree.ts';
import { RELEASES } from '../lifecycle/qemu-trees.ts';

/** A device of its own with two regions of one owner; the argument `del` takes them apart first. */
const PROGRAM = `
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "qemu/module.h"
#include "qemu/rcu.h"
#include "qom/object.h"
#if __has_include("exec/memory.h")
#include "exec/memory.h"
#include "exec/address-spaces.h"
#else
#include "system/memory.h"
#include "system/address-spaces.h"
#endif

typedef struct Device {
    Object parent_obj;
    MemoryRegion window;
    MemoryRegion registers;
} Device;

static int finalized;

static void device_init(Object *obj)
{
    Device *d = (Device *)obj;

    memory_region_init(&d->window, obj, "window", 0x1000);
    memory_region_init_io(&d->registers, obj, NULL, d, "registers", 0x100);
    memory_region_add_subregion(&d->window, 0x80, &d->registers);
}

static void device_finalize(Object *obj)
{
    finalized++;
}

static const TypeInfo device_info = {
    .name = "test-device",
    .parent = TYPE_OBJECT,
    .instance_size = sizeof(Device),
    .instance_init = device_init,
    .instance_finalize = device_finalize,
};

static void register_types(void)
{
    type_register_static(&device_info);
}

type_init(register_types)

static AddressSpace as;

int main(int argc, char **argv)
{
    Device *d;
    MemoryRegionSection found;

    module_call_init(MODULE_INIT_QOM);
    d = (Device *)object_new("test-device");
    address_space_init(&as, &d->window, "space");
    found = memory_region_find(&d->window, 0x90, 1);
    printf("%s at %d\\n", memory_region_name(found.mr), (int)found.offset_within_region);
    memory_region_unref(found.mr);
    memory_region_set_enabled(&d->window, false);
    address_space_destroy(&as);
    drain_call_rcu();
    drain_call_rcu();
    if (argc > 1 && !strcmp(argv[1], "del")) {
        memory_region_del_subregion(&d->window, &d->registers);
        drain_call_rcu();
    }
    object_unref(OBJECT(d));
    drain_call_rcu();
    printf("finalized %d\\n", finalized);
    if (argc > 2) {
        memory_region_del_subregion(&d->window, &d->registers);
    }
    return 10 + finalized;
}
`;

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-exec-'));
const file = join(folder, 'device.c');
const broken = join(folder, 'broken.c');
const SLOW = 60_000;

beforeAll(() => {
  writeFileSync(file, PROGRAM);
  writeFileSync(broken, '#include "no/such.h"\nint main(void) { return 0; }\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const here = RELEASES.filter((each) => each.folder !== '');
const whenHere = here.length > 0 ? describe.each(here) : describe.skip.each(RELEASES);

whenHere('a program with a main on QEMU $release', ({ folder: tree, fixed }) => {
  test(
    'prints, ends with its own status, and leaks as the release does',
    async () => {
      const program = await linkWithTree(file, { tree: tree });
      const taken = program?.run({ entry: 'main', args: ['del'] });
      expect(taken).toMatchObject({ outcome: 'clean', exitStatus: 11 });
      expect(taken?.stdout).toBe('registers at 16\nfinalized 1\n');
      const left = program?.run({ entry: 'main', args: [] });
      expect(left).toMatchObject({ outcome: 'clean', exitStatus: fixed ? 11 : 10 });
    },
    SLOW,
  );
});

const ten = here.filter(({ release }) => release === '10.0');
const whenTen = ten.length > 0 ? describe.each(ten) : describe.skip.each(RELEASES);

whenTen('a program with a main on QEMU $release', ({ folder: tree }) => {
  test(
    'that goes on with a device that is gone stops there',
    async () => {
      const program = await linkWithTree(file, { tree: tree });
      const end = program?.run({ entry: 'main', args: ['del', 'again'] });
      expect(end).toMatchObject({
        outcome: 'use-after-free',
        at: { function: 'memory_region_del_subregion' },
      });
    },
    SLOW,
  );

  // What gcc's program prints, linked with the same units.
  test(
    'that uses much of the API prints what it does natively',
    async () => {
      const program = await linkWithTree('test/cli/exec-tree-api.c', { tree });
      const end = program?.run({ entry: 'main', args: [] });
      expect(end?.stdout.split('\n')).toEqual([
        '2, works',
        '/objects/special',
        '7: the flag stays set',
        '+registers at 1000',
        '+ram at 10000',
        'write 77 at 4',
        'read 8, 4 bytes',
        '0: 42',
        'ram at 1080',
        '-registers',
        '-ram',
        'finalized test-special',
        '',
      ]);
      expect(end).toMatchObject({ outcome: 'clean', exitStatus: 3, notModelled: new Set() });
      const aborted = program?.run({ entry: 'main', args: ['abort'] });
      expect(aborted).toMatchObject({ outcome: 'assertion' });
      expect(aborted?.stderr).toContain('the flag stays set');
    },
    SLOW,
  );

  test(
    'whose header is missing is refused',
    async () => {
      expect(await linkWithTree(broken, { tree: tree })).toBeUndefined();
    },
    SLOW,
  );
});
