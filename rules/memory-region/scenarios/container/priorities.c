/*
 * Regions of three owners are in one container, each with a priority of its own.
 *
 * contract: required
 * because: A container holds what it contains, whichever is in front
 * (memory_region_add_subregion_overlap).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    Owner *d3 = owner_new("D3");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d2, "B", 0x100);
    MemoryRegion *c = region_init(d3, "C", 0x100);
    MemoryRegion *e = region_init(d2, "E", 0x100);

    memory_region_add_subregion_overlap(a, 0, b, 0);
    memory_region_add_subregion_overlap(a, 0, c, 2);
    memory_region_add_subregion_overlap(a, 0, e, -1);
    memory_region_del_subregion(a, c);
    owner_unref(d3);
    lifecycle_expect(owner_gone(2));
    owner_unref(d2);
    lifecycle_expect(!owner_gone(1));
    owner_unref(d1);
}
