/*
 * A container and its child of one owner are taken out of an address space together.
 *
 * contract: required
 * because: An address space holds its root and what it shows; both are let go of once it is destroyed
 * and its readers are gone.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *a = region_init_io(d1, "A0", 0x100);
    MemoryRegion *b = region_init_io(d1, "B0", 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(root, 0, a);
    drain();
    memory_region_del_subregion(root, a);
    drain();
    owner_unref(d1);
    space_destroy(as);
    owner_unref(d0);
}
