/*
 * Only the outermost of nested transactions makes changes visible.
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

    memory_region_transaction_begin();
    memory_region_transaction_begin();
    memory_region_add_subregion(root, 0, b);
    memory_region_transaction_commit();
    memory_region_set_enabled(b, false);
    memory_region_set_enabled(b, true);
    memory_region_transaction_commit();
    lifecycle_expect(memory_region_present(root, 0));
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
