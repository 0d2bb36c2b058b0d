/*
 * An ioeventfd is deleted with other data than it was added with.
 *
 * contract: must-assert
 * because: memory_region_del_eventfd takes what memory_region_add_eventfd was given.
 * expect: assertion memory_region_del_eventfd
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_io(d1, "A", 0x1000);

    memory_region_add_eventfd(a, 0, 4, true, 7, NULL);
    memory_region_del_eventfd(a, 0, 4, true, 8, NULL);
    owner_unref(d1);
}
