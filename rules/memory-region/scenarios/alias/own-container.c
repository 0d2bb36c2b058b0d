/*
 * An alias shows a region of its own owner in a container of that owner.
 *
 * contract: required
 * because: Destruction of a region happens when the object that owns it dies (docs/devel/memory.rst,
 * Region lifecycle).
 * expect: leak
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
    owner_unref(d1);
}
