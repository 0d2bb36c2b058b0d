/*
 * A region was above another, is removed and added below: its old priority does not count.
 *
 * contract: required
 * because: memory_region_add_subregion adds with the priority 0; where regions overlap the higher priority is
 * seen, and of equal ones the later (docs/devel/memory.rst, Overlapping regions and priority).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static bool is_seen(MemoryRegion *root, MemoryRegion *mr)
{
    MemoryRegionSection section = memory_region_find(root, 0, 4);

    lifecycle_expect(section.mr != NULL);
    memory_region_unref(section.mr);
    return section.mr == mr;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion_overlap(root, 0, b, 5);
    memory_region_add_subregion_overlap(root, 0, c, 1);
    lifecycle_expect(is_seen(root, b));
    memory_region_del_subregion(root, b);
    memory_region_add_subregion(root, 0, b);
    lifecycle_expect(is_seen(root, c));
    memory_region_del_subregion(root, c);
    memory_region_add_subregion(root, 0, c);
    memory_region_del_subregion(root, b);
    memory_region_add_subregion_overlap(root, 0, b, -5);
    lifecycle_expect(is_seen(root, c));
    memory_region_del_subregion(root, b);
    memory_region_del_subregion(root, c);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
