/*
 * A region counts as mapped until the last of its aliases is taken out.
 *
 * contract: required
 * because: memory_region_is_mapped tells whether a region is mapped into another region; aliases count
 * since 7.0.
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
    MemoryRegion *c = region_init(d2, "C", 0x100);
    MemoryRegion *b = region_init_alias(d2, "B", c, 0x100);
    MemoryRegion *e = region_init_alias(d2, "E", c, 0x80);
    bool counted;

    memory_region_add_subregion(a, 0, b);
    counted = memory_region_is_mapped(c);
    memory_region_add_subregion(a, 0x200, e);
    memory_region_del_subregion(a, b);
    lifecycle_expect(memory_region_is_mapped(c) == counted);
    memory_region_del_subregion(a, e);
    lifecycle_expect(!memory_region_is_mapped(c));
    owner_unref(d1);
    owner_unref(d2);
}
