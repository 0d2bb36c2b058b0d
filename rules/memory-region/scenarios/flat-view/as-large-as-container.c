/*
 * A region grows to the size of its container, and is seen so.
 *
 * contract: required
 * because: Attributes of a region may change at any time in its life, and take effect when it is visible
 * (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, b);
    lifecycle_expect(!memory_region_present(root, 0x800));
    memory_region_set_size(b, 0x1000);
    lifecycle_expect(memory_region_size(b) == 0x1000 && memory_region_present(root, 0x800));
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
