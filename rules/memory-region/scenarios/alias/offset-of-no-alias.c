/*
 * The window of a region that is no alias is moved.
 *
 * contract: must-assert
 * because: The region should be an alias (memory_region_set_alias_offset).
 * expect: assertion memory_region_set_alias_offset
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);

    memory_region_set_alias_offset(a, 0x100);
}
