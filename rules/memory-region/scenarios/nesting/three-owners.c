/*
 * Three levels of three owners, dropped from the outside, the inside or the middle.
 *
 * contract: required
 * because: A container holds a reference on the owner of what it contains, and lets go of it when it
 * is finalized itself.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *owners[] = { owner_new("D1"), owner_new("D2"), owner_new("D3") };
    MemoryRegion *a = region_init(owners[0], "A", 0x1000);
    MemoryRegion *b = region_init(owners[1], "B", 0x1000);
    MemoryRegion *c = region_init(owners[2], "C", 0x1000);
    unsigned first = lifecycle_choose(3, "first owner dropped");

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(b, 0, c);
    owner_unref(owners[first]);
    owner_unref(owners[(first + 1) % 3]);
    owner_unref(owners[(first + 2) % 3]);
}
