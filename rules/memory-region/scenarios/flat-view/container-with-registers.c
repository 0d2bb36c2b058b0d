/*
 * A region with registers contains another, which answers in front of it.
 *
 * contract: required
 * because: Subregions may be added to a region that is no pure container; what they do not claim it
 * handles itself (docs/devel/memory.rst, Types of regions).
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
    MemoryRegion *b = region_init_io(d1, "B", 0x300);
    MemoryRegion *c = region_init_io(d2, "C", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion(b, 0x100, c);
    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0x100, 4);
    lifecycle_expect(section.mr == c);
    memory_region_unref(section.mr);
    section = memory_region_find(root, 0x200, 4);
    lifecycle_expect(section.mr == b);
    memory_region_unref(section.mr);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d2);
    lifecycle_expect(!owner_gone(2));
    owner_unref(d1);
    lifecycle_expect(owner_gone(1) && owner_gone(2));
    space_destroy(as);
    owner_unref(d0);
}
