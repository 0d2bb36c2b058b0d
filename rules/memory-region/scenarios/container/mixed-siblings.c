/*
 * A container has a region of its own owner and one of another.
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
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x100);
    MemoryRegion *c = region_init(d2, "C", 0x100);

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(a, 0x100, c);
    owner_unref(d2);
    owner_unref(d1);
}
