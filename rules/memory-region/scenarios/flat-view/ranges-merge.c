/*
 * Two windows that continue one another show one range, which is let go of with them.
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

/* A window of 0x100 to a region, at an offset into it. */
static MemoryRegion *window(Owner *owner, const char *name, MemoryRegion *target, hwaddr offset)
{
    MemoryRegion *mr = region_storage(owner);

    memory_region_init_alias(mr, OBJECT(owner), name, target, offset, 0x100);
    return region_track(mr, owner, name);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *c = region_init_io(d1, "C", 0x200);
    MemoryRegion *low = window(d0, "L", c, 0);
    MemoryRegion *high = window(d0, "H", c, 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_transaction_begin();
    memory_region_add_subregion(root, 0x400, low);
    memory_region_add_subregion(root, 0x500, high);
    memory_region_transaction_commit();
    drain();
    lifecycle_expect(memory_region_present(root, 0x5f0));
    memory_region_del_subregion(root, low);
    memory_region_del_subregion(root, high);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
