/*
 * Memory of a host's device is to be shown, and there is none.
 *
 * contract: must-assert
 * because: The pointer must lead to memory (memory_region_init_ram_device_ptr).
 * needs: memory_region_init_ram_device_ptr
 * expect: assertion memory_region_init_ram_device_ptr
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");

    memory_region_init_ram_device_ptr(region_storage(d1), OBJECT(d1), "A", 0x100, NULL);
}
