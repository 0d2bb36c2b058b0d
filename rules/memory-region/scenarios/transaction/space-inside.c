/*
 * An address space is made and destroyed while a transaction is open.
 *
 * contract: tolerated
 * because: Nobody promised what an address space that is made within a transaction shows.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init_io(d0, "A", 0x1000);
    AddressSpace *as;

    memory_region_transaction_begin();
    as = space_new(root, "space");
    address_space_destroy(as);
    memory_region_transaction_commit();
    topology_change();
    drain();
    g_free(as);
    owner_unref(d0);
}
