/*
 * Two windows in a row show one region as one range, but as two while it must not be merged.
 *
 * contract: required
 * because: Attributes of a region may change at any time in its life, and take effect when it is visible
 * (docs/devel/memory.rst, Region lifecycle), also where its container is disabled.
 * needs: memory_region_set_unmergeable
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static uint64_t seen(MemoryRegion *root)
{
    MemoryRegionSection section = memory_region_find(root, 0, 0x200);

    lifecycle_expect(section.mr != NULL);
    memory_region_unref(section.mr);
    return int128_get64(section.size);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x4000);
    MemoryRegion *hidden = region_init(d1, "H", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x200);
    MemoryRegion *first = region_init_alias(d0, "V", b, 0x100);
    MemoryRegion *second = region_init_alias(d0, "W", b, 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_set_enabled(hidden, false);
    memory_region_add_subregion(hidden, 0, b);
    memory_region_set_alias_offset(second, 0x100);
    memory_region_add_subregion(root, 0, first);
    memory_region_add_subregion(root, 0x100, second);
    lifecycle_expect(seen(root) == 0x200);
    memory_region_set_unmergeable(b, true);
    lifecycle_expect(seen(root) == 0x100 && !hidden->unmergeable);
    memory_region_set_unmergeable(b, false);
    lifecycle_expect(seen(root) == 0x200);
    memory_region_del_subregion(root, first);
    memory_region_del_subregion(root, second);
    memory_region_del_subregion(hidden, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
