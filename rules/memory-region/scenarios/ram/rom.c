/*
 * A ROM is visible, is made writable, and goes.
 *
 * contract: required
 * because: Attributes of a region may change at any time in its life, and take effect when it is
 * visible (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_storage(d1);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_init_rom_nomigrate(b, OBJECT(d1), "B", 0x100, &error_abort);
    region_track(b, d1, "B");
    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0, 4);
    lifecycle_expect(section.mr == b && section.readonly);
    memory_region_unref(section.mr);
    memory_region_set_readonly(b, false);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
