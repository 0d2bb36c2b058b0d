/*
 * Regions on the heap, without owner or name; the container is freed first.
 *
 * contract: required
 * because: A container may be unparented at any time: its subregions are removed from it.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    MemoryRegion *a = region_new_unowned();
    MemoryRegion *b = region_new_unowned();

    memory_region_add_subregion(a, 0, b);
    region_free(a);
    region_free(b);
}
