/*
 * Regions in a disabled container change, and a window shows them as they are now.
 *
 * contract: required
 * because: What a window shows does not depend on where its target is (docs/devel/memory.rst, alias); attributes
 * may change at any time in the life of a region, and take effect when it is visible (Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

/* What is at an address of the root; nothing is kept. */
static MemoryRegionSection seen(MemoryRegion *root, hwaddr at)
{
    MemoryRegionSection section = memory_region_find(root, at, 4);

    lifecycle_expect(section.mr != NULL);
    memory_region_unref(section.mr);
    return section;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x4000);
    MemoryRegion *hidden = region_init(d1, "H", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x100);
    MemoryRegion *c = region_init_alias(d1, "C", b, 0x80);
    MemoryRegion *window = region_init_alias(d0, "W", b, 0x100);
    MemoryRegion *second = region_init_alias(d0, "V", c, 0x80);
    AddressSpace *as = space_new(root, "space");

    memory_region_set_enabled(hidden, false);
    memory_region_add_subregion(hidden, 0x800, b);
    memory_region_add_subregion(hidden, 0x200, c);
    memory_region_add_subregion(root, 0, window);
    memory_region_add_subregion(root, 0x1000, second);
    lifecycle_expect(seen(root, 0).mr == b && seen(root, 0).offset_within_region == 0);
    lifecycle_expect(!seen(root, 0).readonly && !seen(root, 0).nonvolatile);
    memory_region_set_readonly(b, true);
    lifecycle_expect(seen(root, 0).readonly);
    memory_region_set_nonvolatile(b, true);
    lifecycle_expect(seen(root, 0).nonvolatile);
    lifecycle_expect(seen(root, 0x1000).offset_within_region == 0);
    memory_region_set_alias_offset(c, 0x40);
    lifecycle_expect(seen(root, 0x1000).offset_within_region == 0x40);
    memory_region_set_alias_offset(c, 0);
    lifecycle_expect(seen(root, 0x1000).offset_within_region == 0);
    memory_region_del_subregion(root, window);
    memory_region_del_subregion(root, second);
    memory_region_del_subregion(hidden, b);
    /* Nobody holds it, and it may still be turned. */
    memory_region_del_subregion(hidden, c);
    memory_region_set_alias_offset(c, 0x20);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
