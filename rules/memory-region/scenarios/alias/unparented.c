/*
 * An alias in another owner's container is removed and unparented; its target stays.
 *
 * contract: required
 * because: An alias may be unparented any time.
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
    MemoryRegion *c = region_init(d2, "C", 0x1000);
    MemoryRegion *b = region_init_alias(d2, "B", c, 0x800);

    memory_region_add_subregion(a, 0, b);
    lifecycle_expect(memory_region_is_mapped(b));
    memory_region_del_subregion(a, b);
    object_unparent(OBJECT(b));
    lifecycle_expect(lifecycle_region_lives(c));
    owner_unref(d1);
    owner_unref(d2);
}
