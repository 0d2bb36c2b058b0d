/*
 * RAM is unmapped twice, and its owner dropped.
 *
 * contract: tolerated
 * because: Nobody promised what a second unmapping does: it drops a reference that it does not hold.
 * expect: use-after-free
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
    mapped = address_space_map(as, 0, &length, false, MEMTXATTRS_UNSPECIFIED);
    memory_region_del_subregion(root, b);
    drain();
    address_space_unmap(as, mapped, length, false, 0);
    address_space_unmap(as, mapped, length, false, 0);
    owner_unref(d1);
    space_destroy(as);
    owner_unref(d0);
}
