/*
 * Two regions change places in one transaction.
 *
 * contract: required
 * because: Changes inside a transaction are made visible only when it is committed
 * (memory_region_transaction_begin).
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
    Owner *d2 = owner_new("D2");
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d2, "C", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(root, 0x100, c);
    memory_region_transaction_begin();
    memory_region_set_address(b, 0x100);
    memory_region_set_address(c, 0);
    memory_region_transaction_commit();
    section = memory_region_find(root, 0, 4);
    lifecycle_expect(section.mr == c);
    memory_region_unref(section.mr);
    memory_region_del_subregion(root, b);
    memory_region_del_subregion(root, c);
    drain();
    owner_unref(d1);
    owner_unref(d2);
    lifecycle_expect(owner_gone(1) && owner_gone(2));
    space_destroy(as);
    owner_unref(d0);
}
