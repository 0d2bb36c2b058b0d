/*
 * A section is copied twice, and the copies are freed in the order they were made.
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
    MemoryRegionSection *first, *second;

    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0, 4);
    first = memory_region_section_new_copy(&section);
    second = memory_region_section_new_copy(first);
    memory_region_unref(section.mr);
    memory_region_section_free_copy(first);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    memory_region_section_free_copy(second);
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
