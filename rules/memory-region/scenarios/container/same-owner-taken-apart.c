/*
 * A container and its two regions of one owner are taken apart before the owner is dropped.
 *
 * contract: required
 * because: Removing a subregion undoes adding it, and it may be added again
 * (memory_region_add_subregion).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x100);
    MemoryRegion *c = region_init(d1, "C", 0x100);

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(a, 0x100, c);
    memory_region_del_subregion(a, b);
    memory_region_del_subregion(a, c);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
}
