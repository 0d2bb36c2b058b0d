/*
 * Different owners; the child is removed twice.
 *
 * contract: must-assert
 * because: A region is in one container at a time, and is removed from the one it is in.
 * expect: assertion memory_region_del_subregion
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
    memory_region_del_subregion(a, b);
    memory_region_del_subregion(a, b);
}
