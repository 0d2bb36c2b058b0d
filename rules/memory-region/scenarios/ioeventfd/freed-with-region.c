/*
 * A region goes with ioeventfds that nobody deleted.
 *
 * contract: required
 * because: What a region owns goes with it, and it goes when the object that owns it dies
 * (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_io(d1, "A", 0x1000);

    memory_region_add_eventfd(a, 8, 4, false, 0, NULL);
    memory_region_add_eventfd(a, 0, 2, true, 7, NULL);
    memory_region_add_eventfd(a, 0, 2, true, 5, NULL);
    owner_unref(d1);
}
