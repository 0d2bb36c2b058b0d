/*
 * Logging is started for a client that cannot be chosen.
 *
 * contract: must-assert
 * because: Only DIRTY_MEMORY_VGA can be given (memory_region_set_log).
 * expect: assertion memory_region_set_log
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_ram(d1, "A", 0x1000);

    memory_region_set_log(a, true, DIRTY_MEMORY_CODE);
}
