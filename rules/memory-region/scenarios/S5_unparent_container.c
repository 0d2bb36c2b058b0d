/*
 * Different owners; the container is unparented, then both owners are dropped.
 *
 * contract: required
 * because: A container may be unparented at any time: its subregions are removed from it.
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
    MemoryRegion *b = region_init(d2, "B", 0x1000);

    memory_region_add_subregion(a, 0, b);
    object_unparent(OBJECT(a));
    owner_unref(d1);
    owner_unref(d2);
}
