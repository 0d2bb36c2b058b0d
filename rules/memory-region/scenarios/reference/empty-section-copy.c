/*
 * A section without a region is copied and freed.
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
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    section = memory_region_find(root, 0, 4);
    lifecycle_expect(section.mr == NULL);
    memory_region_section_free_copy(memory_region_section_new_copy(&section));
    owner_unref(d1);
    space_destroy(as);
    owner_unref(d0);
}
