/*
 * A copy of a section outlives the address space that it was found in.
 *
 * contract: required
 * because: A copy of a section takes a reference on all that it refers to, and freeing it drops them
 * (memory_region_section_new_copy).
 * needs: memory_region_section_new_copy
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
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;
    MemoryRegionSection *copy;

    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0, 4);
    copy = memory_region_section_new_copy(&section);
    memory_region_unref(section.mr);
    space_destroy(as);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    owner_unref(d0);
    lifecycle_expect(!owner_gone(1));
    memory_region_section_free_copy(copy);
    drain();
    lifecycle_expect(owner_gone(0) && owner_gone(1));
}
