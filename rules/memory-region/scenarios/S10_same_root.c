/*
 * The root of an address space contains a region of the same owner.
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
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as;

    memory_region_add_subregion(a, 0, b);
    as = space_new(a, "space");
    drain();
    space_destroy(as);
    owner_unref(d1);
}
