/*
 * A reference taken by hand keeps a removed region until it is dropped.
 *
 * contract: required
 * because: Regions used outside of the lock are kept by references on their owner (memory_region_ref).
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
    MemoryRegion *b = region_init_io(d2, "B", 0x100);

    memory_region_add_subregion(a, 0, b);
    memory_region_ref(b);
    owner_unref(d2);
    memory_region_del_subregion(a, b);
    lifecycle_expect(!owner_gone(1));
    memory_region_unref(b);
    lifecycle_expect(owner_gone(1));
    owner_unref(d1);
}
