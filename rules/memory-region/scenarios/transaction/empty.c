/*
 * A transaction without a change holds nothing afterwards.
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
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    unsigned before;

    memory_region_add_subregion(root, 0, b);
    drain();
    before = OBJECT(d1)->ref;
    memory_region_transaction_begin();
    memory_region_transaction_commit();
    drain();
    lifecycle_expect(OBJECT(d1)->ref == before);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
