/*
 * A ROM device is made without callbacks.
 *
 * contract: must-assert
 * because: The callbacks must not be NULL (memory_region_init_rom_device_nomigrate).
 * expect: assertion memory_region_init_rom_device_nomigrate
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");

    memory_region_init_rom_device_nomigrate(region_storage(d1), OBJECT(d1), NULL, d1, "A", 0x1000, &error_abort);
}
