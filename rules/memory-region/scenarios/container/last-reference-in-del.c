/*
 * The last reference on an owner is dropped inside memory_region_del_subregion.
 *
 * contract: tolerated
 * because: Nobody promised that a region may be removed that nothing but its container keeps alive.
 * expect: use-after-free
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

    memory_region_add_subregion(a, 0, b);
    owner_unref(d2);
    memory_region_del_subregion(a, b);
    owner_unref(d1);
}
