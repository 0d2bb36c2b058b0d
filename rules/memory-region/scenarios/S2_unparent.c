/*
 * Same owner; the child is unparented while it is in its container.
 *
 * contract: tolerated
 * because: Nobody promised that a region may be unparented while it is still in a container.
 * expect: assertion memory_region_finalize
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x1000);

    memory_region_add_subregion(a, 0, b);
    object_unparent(OBJECT(b));
    owner_unref(d1);
}
