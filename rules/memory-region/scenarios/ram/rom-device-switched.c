/*
 * A visible ROM device is switched between ROM and registers: whoever listens is told.
 *
 * contract: required
 * because: Attributes of a region may change at any time in its life, and take effect when it is visible
 * (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static unsigned added;

static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    added++;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_storage(d1);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .region_add = on_add };

    memory_region_init_rom_device_nomigrate(b, OBJECT(d1), &region_quiet_ops, d1, "B", 0x100, &error_abort);
    region_track(b, d1, "B");
    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    lifecycle_expect(added == 1);
    memory_region_rom_device_set_romd(b, false);
    lifecycle_expect(added == 2 && !memory_region_is_romd(b));
    memory_region_rom_device_set_romd(b, true);
    lifecycle_expect(added == 3 && memory_region_is_romd(b));
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
