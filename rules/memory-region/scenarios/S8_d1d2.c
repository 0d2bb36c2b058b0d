/*
 * Two levels of one owner contain a region of another; the containers' owner is dropped first.
 *
 * contract: required
 * because: A container holds a reference on the owner of what it contains, and lets go of it when it
 * is finalized itself.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A0", 0x1000);
    MemoryRegion *b = region_init(d1, "B0", 0x1000);
    MemoryRegion *c = region_init(d2, "C", 0x1000);

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(b, 0, c);
    owner_unref(d1);
    owner_unref(d2);
}
