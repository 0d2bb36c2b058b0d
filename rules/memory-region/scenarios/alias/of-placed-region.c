/*
 * A window to a region that lies somewhere in a container shows it from its own start.
 *
 * contract: required
 * because: An alias shows a part of another region at its own address, wherever that region is
 * (docs/devel/memory.rst, alias).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x4000);
    MemoryRegion *c = region_init(d0, "C", 0x2000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *window = region_init_alias(d0, "W", b, 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion(c, 0x400, b);
    memory_region_add_subregion(root, 0x100, window);
    section = memory_region_find(root, 0x100, 4);
    lifecycle_expect(section.mr == b && section.offset_within_region == 0);
    memory_region_unref(section.mr);
    memory_region_del_subregion(root, window);
    memory_region_del_subregion(c, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
