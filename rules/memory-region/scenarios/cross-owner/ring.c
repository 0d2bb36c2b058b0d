/*
 * Each of two owners has a container with a region of the other in it.
 *
 * contract: required
 * because: A cycle through another owner's region breaks no rule, though it is known to leak.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x100);
    MemoryRegion *c = region_init(d2, "C", 0x1000);
    MemoryRegion *e = region_init(d2, "E", 0x100);

    memory_region_add_subregion(a, 0, e);
    memory_region_add_subregion(c, 0, b);
    owner_unref(d1);
    owner_unref(d2);
}
