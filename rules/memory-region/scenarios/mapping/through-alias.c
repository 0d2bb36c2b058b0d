/*
 * RAM is mapped through an alias of another owner, which goes first: the mapping holds the RAM, not the alias.
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
    Owner *d2 = owner_new("D2");
    MemoryRegion *root = region_init(d0, "A", 0x10000);
    MemoryRegion *ram = region_init_ram(d1, "B", 0x2000);
    MemoryRegion *window = region_init_alias(d2, "C", ram, 0x1000);
    AddressSpace *as = space_new(root, "space");
    hwaddr length = 0x1000;
    void *mapped;

    memory_region_add_subregion(root, 0, window);
    drain();
    mapped = address_space_map(as, 0, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped == memory_region_get_ram_ptr(ram));
    memory_region_del_subregion(root, window);
    owner_unref(d2);
    drain();
    lifecycle_expect(owner_gone(2));
    owner_unref(d1);
    lifecycle_expect(!owner_gone(1));
    address_space_unmap(as, mapped, length, true, length);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
