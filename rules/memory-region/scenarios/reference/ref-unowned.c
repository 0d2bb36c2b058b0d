/*
 * Taking and dropping a reference on a region without owner does nothing.
 *
 * contract: required
 * because: memory_region_ref takes a reference on the owner; without one there is nothing to take.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    MemoryRegion *a = region_new_unowned();

    memory_region_ref(a);
    memory_region_unref(a);
    region_free(a);
}
