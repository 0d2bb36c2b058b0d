/*
 * An alias shows a region of its own owner in an address space.
 *
 * contract: required
 * because: An address space holds its root and what it shows; both are let go of once it is destroyed
 * and its readers are gone.
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
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *b = region_init_alias(d1, "B", c, 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, b);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(1));
    memory_region_del_subregion(root, b);
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
