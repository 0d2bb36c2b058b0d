/*
 * An alias shows a container; what is in it is visible, and can be removed.
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

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    Owner *d2 = owner_new("D2");
    MemoryRegion *c = region_init(d1, "C", 0x400);
    MemoryRegion *e = region_init_io(d2, "E", 0x100);
    MemoryRegion *b = region_init_alias(d0, "B", c, 0x400);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(c, 0x100, e);
    lifecycle_expect(memory_region_present(root, 0x100));
    memory_region_del_subregion(c, e);
    drain();
    owner_unref(d2);
    lifecycle_expect(owner_gone(2));
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
