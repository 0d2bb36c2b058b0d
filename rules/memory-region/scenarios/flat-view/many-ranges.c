/*
 * More ranges than a view first has room for.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use;
 * afterwards it dies with its last reference, and the region with it (docs/devel/memory.rst, Region
 * lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static MemoryRegion extra[12];

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegion *windows[12];
    unsigned i;

    memory_region_transaction_begin();
    for (i = 0; i < 12; i++) {
        windows[i] = &extra[i];
        memory_region_init_alias(windows[i], OBJECT(d0), "W", c, 0, 0x20);
        region_track(windows[i], d0, "W");
        memory_region_add_subregion(root, i * 0x40, windows[i]);
    }
    memory_region_transaction_commit();
    lifecycle_expect(memory_region_present(root, 11 * 0x40));
    memory_region_transaction_begin();
    for (i = 0; i < 12; i++) {
        memory_region_del_subregion(root, windows[i]);
    }
    memory_region_transaction_commit();
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
