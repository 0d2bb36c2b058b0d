/*
 * A device maps its own RAM: it keeps itself alive until it unmaps it, although it is unplugged.
 *
 * contract: required
 * because: What is mapped stays until it is unmapped, and whoever maps it must unmap it (address_space_map,
 * address_space_unmap): a mapping is a use of the region, whose owner it keeps alive.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x10000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    AddressSpace *as = space_new(root, "space");
    hwaddr length = 0x1000;
    void *mapped;

    memory_region_add_subregion(root, 0, b);
    drain();
    mapped = address_space_map(as, 0, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped == memory_region_get_ram_ptr(b));
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    address_space_unmap(as, mapped, length, true, 0x10);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
