/*
 * A region in front of another hides it; what is hidden holds nothing in the flat view.
 *
 * contract: required
 * because: An address space holds its root and what it shows; both are let go of once it is destroyed
 * and its readers are gone.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d2, "C", 0x300);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion_overlap(root, 0x100, b, 1);
    memory_region_add_subregion_overlap(root, 0, c, 0);
    section = memory_region_find(root, 0x100, 4);
    lifecycle_expect(section.mr == b);
    memory_region_unref(section.mr);
    memory_region_del_subregion(root, b);
    section = memory_region_find(root, 0x100, 4);
    lifecycle_expect(section.mr == c);
    memory_region_unref(section.mr);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    memory_region_del_subregion(root, c);
    drain();
    owner_unref(d2);
    lifecycle_expect(owner_gone(2));
    space_destroy(as);
    owner_unref(d0);
}
