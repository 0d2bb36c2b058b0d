/*
 * A region that shares its page with another is found as itself, and held until it is given back.
 *
 * contract: required
 * because: memory_region_find returns a section with a reference on its region, which the caller drops.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *root = region_init(d0, "A", 0x10000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_ram(d2, "C", 0x1100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion(root, 0x1000, b);
    memory_region_add_subregion(root, 0x1100, c);
    drain();
    section = memory_region_find(root, 0x1080, 0x100);
    lifecycle_expect(section.mr == b && section.offset_within_region == 0x80);
    lifecycle_expect(int128_get64(section.size) == 0x80);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    memory_region_del_subregion(root, c);
    owner_unref(d2);
    drain();
    lifecycle_expect(!owner_gone(1) && owner_gone(2));
    memory_region_unref(section.mr);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
