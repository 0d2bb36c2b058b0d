/*
 * Four regions of one owner are nested.
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
    MemoryRegion *b = region_init(d1, "B", 0x800);
    MemoryRegion *c = region_init(d1, "C", 0x400);
    MemoryRegion *e = region_init(d1, "E", 0x200);

    memory_region_add_subregion(c, 0, e);
    memory_region_add_subregion(b, 0, c);
    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
}
