/*
 * A bridge has a window onto a device's region inside the device's own container, and takes it out
 * again.
 *
 * contract: required
 * because: Removing a subregion undoes adding it, and it may be added again
 * (memory_region_add_subregion).
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
    lifecycle_expect(!owner_gone(0));
    memory_region_ref(w);
    memory_region_del_subregion(a, w);
    memory_region_unref(w);
    lifecycle_expect(owner_gone(0));
    owner_unref(device);
}
