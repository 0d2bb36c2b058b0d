/*
 * An alias is unparented while it is in a container of its own owner.
 *
 * contract: tolerated
 * because: Aliases may be unparented, but nobody promised that for a region that is still in a
 * container.
 * expect: assertion memory_region_finalize
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *b = region_init_alias(d1, "B", c, 0x100);

    memory_region_add_subregion(a, 0, b);
    object_unparent(OBJECT(b));
    owner_unref(d1);
}
