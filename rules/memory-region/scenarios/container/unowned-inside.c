/*
 * A region of nobody is in an owner's container and taken out again.
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
    MemoryRegion *b = region_new_unowned();

    memory_region_add_subregion(a, 0, b);
    memory_region_del_subregion(a, b);
    region_free(b);
    owner_unref(d1);
}
