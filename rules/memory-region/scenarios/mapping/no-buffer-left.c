/*
 * Registers cannot be mapped while all that bounce buffers may hold is used; what failed holds nothing.
 *
 * contract: required
 * because: What is mapped stays until it is unmapped, and whoever maps it must unmap it (address_space_map,
 * address_space_unmap): a mapping is a use of the region, whose owner it keeps alive. What cannot be mapped is
 * NULL.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define ALL 0x1000

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x10000);
    MemoryRegion *b = region_init_io(d1, "B", ALL);
    AddressSpace *as = space_new(root, "space");
    hwaddr length = ALL;
    hwaddr more = ALL;
    void *mapped;

    memory_region_add_subregion(root, 0, b);
    drain();
    mapped = address_space_map(as, 0, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped && length == ALL);
    lifecycle_expect(!address_space_map(as, 0, &more, true, MEMTXATTRS_UNSPECIFIED));
    address_space_unmap(as, mapped, length, true, 0);
    length = 4;
    mapped = address_space_map(as, 8, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped && length == 4);
    address_space_unmap(as, mapped, length, true, 0);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
