/*
 * A region is found relative to a container below the root.
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
    MemoryRegion *b = region_init(d1, "B", 0x400);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion(root, 0x400, b);
    memory_region_add_subregion(b, 0x200, c);
    section = memory_region_find(b, 0x210, 4);
    lifecycle_expect(section.mr == c && section.offset_within_region == 0x10);
    lifecycle_expect(section.offset_within_address_space == 0x610);
    memory_region_del_subregion(b, c);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    memory_region_unref(section.mr);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
