/*
 * Two users log writes to the same RAM, and one of them stops.
 *
 * contract: tolerated
 * because: Nobody promised that users of the dirty log are counted.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_ram(d1, "A", 0x1000);

    memory_region_set_log(a, true, DIRTY_MEMORY_VGA);
    memory_region_set_log(a, true, DIRTY_MEMORY_VGA);
    memory_region_set_log(a, false, DIRTY_MEMORY_VGA);
    lifecycle_expect(memory_region_is_logging(a, DIRTY_MEMORY_VGA));
    memory_region_set_log(a, false, DIRTY_MEMORY_VGA);
    lifecycle_expect(!memory_region_is_logging(a, DIRTY_MEMORY_VGA));
    owner_unref(d1);
}
