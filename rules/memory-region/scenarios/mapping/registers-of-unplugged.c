/*
 * Registers are mapped through a bounce buffer, which holds them until it is unmapped after their device was
 * unplugged.
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
    MemoryRegion *b = region_init_io(d1, "B", 0x1000);
    AddressSpace *as = space_new(root, "space");
    bool is_write = lifecycle_choose(2, "for reading or for writing") == 1;
    hwaddr length = 0x10;
    uint8_t *mapped;

    memory_region_add_subregion(root, 0x1000, b);
    drain();
    mapped = address_space_map(as, 0x1000, &length, is_write, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped && length == 0x10);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    if (is_write) {
        memset(mapped, 1, length);
    }
    address_space_unmap(as, mapped, length, is_write, length);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
