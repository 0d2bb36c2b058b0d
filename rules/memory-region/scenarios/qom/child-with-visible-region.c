/*
 * A child object has a region in an address space when it is unparented.
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
    MemoryRegion *b = region_init_io(d2, "B", 0x100);
    AddressSpace *as = space_new(root, "space");

    object_property_add_child(OBJECT(d1), "slot", OBJECT(d2));
    owner_unref(d2);
    memory_region_add_subregion(root, 0, b);
    drain();
    object_unparent(OBJECT(d2));
    lifecycle_expect(!owner_gone(2));
    memory_region_del_subregion(root, b);
    drain();
    lifecycle_expect(owner_gone(2));
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
