/*
 * Two regions of an owner have the same name, and are in each other's neighbourhood.
 *
 * contract: required
 * because: Region names are only used for debugging; an owner may have several of one name
 * (docs/devel/memory.rst, Region names).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d2, "B", 0x100);
    MemoryRegion *c = region_init(d2, "B", 0x100);

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(a, 0x100, c);
    memory_region_del_subregion(a, b);
    owner_unref(d2);
    lifecycle_expect(lifecycle_region_lives(b) && lifecycle_region_lives(c));
    owner_unref(d1);
    lifecycle_expect(!lifecycle_region_lives(b) && !lifecycle_region_lives(c));
}
