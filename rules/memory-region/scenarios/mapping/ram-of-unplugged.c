/*
 * RAM of one device is mapped for another, and goes when it is unmapped after its device was unplugged.
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
    bool is_write = lifecycle_choose(2, "for reading or for writing") == 1;
    hwaddr length = 0x100;
    uint8_t *mapped;

    memory_region_add_subregion(root, 0x1000, b);
    drain();
    mapped = address_space_map(as, 0x1f80, &length, is_write, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped && length == 0x80);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    if (is_write) {
        memset(mapped, 1, length);
    }
    lifecycle_expect(mapped[0] == is_write);
    address_space_unmap(as, mapped, length, is_write, length);
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
