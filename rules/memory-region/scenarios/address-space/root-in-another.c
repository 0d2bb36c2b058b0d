/*
 * The root of one address space is added below the root of another later.
 *
 * contract: required
 * because: Once an address space is destroyed and its readers are gone, the reference on its root is
 * dropped (address_space_destroy).
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
    AddressSpace *as = space_new(root, "outer");
    AddressSpace *inner = space_new(b, "inner");

    lifecycle_expect(!memory_region_present(b, 0x10));
    memory_region_transaction_begin();
    memory_region_add_subregion(root, 0x400, b);
    memory_region_transaction_commit();
    memory_region_del_subregion(root, b);
    space_destroy(inner);
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    lifecycle_expect(!lifecycle_region_lives(c));
    space_destroy(as);
    owner_unref(d0);
}
