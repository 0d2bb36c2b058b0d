/*
 * A region is mapped as long as an alias of it, or an alias of that alias, is.
 *
 * contract: required
 * because: memory_region_is_mapped tells whether a region is mapped into another region, directly or by an
 * alias of it, however many are between (since 7.0).
 * needs: mapped_via_alias
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
    MemoryRegion *e = region_init_alias(d2, "E", b, 0x80);

    memory_region_add_subregion(a, 0, e);
    lifecycle_expect(memory_region_is_mapped(b));
    lifecycle_expect(memory_region_is_mapped(c));
    memory_region_del_subregion(a, e);
    lifecycle_expect(!memory_region_is_mapped(b));
    lifecycle_expect(!memory_region_is_mapped(c));
    owner_unref(d1);
    owner_unref(d2);
}
