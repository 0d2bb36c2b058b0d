/*
 * A bridge's window onto a device's region is still in the device's container when both go.
 *
 * contract: tolerated
 * because: An alias holds no reference on its target, and nobody promised what happens then.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *bridge = owner_new("D1");
    Owner *device = owner_new("D2");
    MemoryRegion *a = region_init(device, "A", 0x1000);
    MemoryRegion *c = region_init_io(device, "C", 0x100);
    MemoryRegion *w = region_init_alias(bridge, "W", c, 0x100);

    memory_region_add_subregion(a, 0, w);
    owner_unref(bridge);
    owner_unref(device);
}
