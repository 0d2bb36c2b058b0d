/*
 * A region is added to itself.
 *
 * contract: tolerated
 * because: Nobody promised anything about a region that contains itself.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);

    memory_region_add_subregion(a, 0, a);
    owner_unref(d1);
}
