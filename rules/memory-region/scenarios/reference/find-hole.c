/*
 * Nothing is found where nothing is mapped, and nothing is held.
 *
 * contract: required
 * because: A section has no region if and only if nothing overlaps (memory_region_find).
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
    MemoryRegionSection section;

    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0x200, 4);
    lifecycle_expect(section.mr == NULL && !int128_nz(section.size));
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
