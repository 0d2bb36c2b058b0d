/*
 * What is found behind an alias is its target, and the target is held.
 *
 * contract: required
 * because: What memory_region_find returns is held until the caller lets go of it (memory_region_ref).
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
    Owner *d2 = owner_new("D2");
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *b = region_init_alias(d2, "B", c, 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0x10, 4);
    lifecycle_expect(section.mr == c);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d2);
    lifecycle_expect(owner_gone(2));
    owner_unref(d1);
    lifecycle_expect(!owner_gone(1));
    memory_region_unref(section.mr);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
