/*
 * A container of one owner holds two regions of another, and one of them is removed.
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
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d2, "B", 0x100);
    MemoryRegion *c = region_init(d2, "C", 0x100);

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(a, 0x100, c);
    memory_region_del_subregion(a, lifecycle_choose(2, "region removed") ? b : c);
    owner_unref(d2);
    lifecycle_expect(!owner_gone(1));
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
}
