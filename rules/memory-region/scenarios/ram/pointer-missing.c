/*
 * RAM of the caller is made of no memory.
 *
 * contract: must-assert
 * because: The memory must contain at least as many bytes as the region (memory_region_init_ram_ptr).
 * expect: assertion memory_region_init_ram_ptr
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");

    memory_region_init_ram_ptr(region_storage(d1), OBJECT(d1), "A", 0x1000, NULL);
}
