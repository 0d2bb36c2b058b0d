/*
 * A region is found twice while it is removed; it stays until both are let go of.
 *
 * contract: required
 * because: What memory_region_find returns is held until the caller lets go of it (memory_region_ref).
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
    MemoryRegionSection first, second;

    memory_region_add_subregion(root, 0, b);
    first = memory_region_find(root, 0, 4);
    second = memory_region_find(root, 0x80, 4);
    lifecycle_expect(first.mr == b && second.mr == b);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    memory_region_unref(first.mr);
    lifecycle_expect(!owner_gone(1));
    memory_region_unref(second.mr);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
