/*
 * Three overlapping regions of one owner are added out of the order of their priorities.
 *
 * contract: required
 * because: A memory region is destroyed when the object that owns it dies; adding it to a container is
 * no reason to outlive the owner.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x1000);
    MemoryRegion *c = region_init(d1, "C", 0x1000);
    MemoryRegion *e = region_init(d1, "E", 0x1000);

    memory_region_add_subregion_overlap(a, 0, b, 1);
    memory_region_add_subregion_overlap(a, 0, c, -1);
    memory_region_add_subregion_overlap(a, 0, e, 0);
    owner_unref(d1);
}
