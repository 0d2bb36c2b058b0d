/*
 * A manager is set for a region that is no RAM.
 *
 * contract: must-assert
 * because: It must not be called for a region that does not cover RAM
 * (memory_region_set_ram_discard_manager).
 * needs: RamDiscardManager
 * expect: assertion memory_region_set_ram_discard_manager
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_io(d1, "A", 0x1000);

    lifecycle_expect(!memory_region_has_ram_discard_manager(a));
    memory_region_set_ram_discard_manager(a, NULL);
}
