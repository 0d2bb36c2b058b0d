/*
 * The coalesced ranges of a region are cleared, set for all of it, and cleared again.
 *
 * contract: required
 * because: memory_region_clear_coalescing disables any coalescing from before.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_io(d1, "A", 0x1000);

    memory_region_add_coalescing(a, 0, 0x10);
    memory_region_clear_coalescing(a);
    memory_region_set_coalescing(a);
    memory_region_set_coalescing(a);
    memory_region_clear_coalescing(a);
    memory_region_clear_coalescing(a);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
}
