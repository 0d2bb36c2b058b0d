/*
 * An address space is freed before its grace period is over.
 *
 * contract: tolerated
 * because: The documentation forbids to free the storage before the RCU callback has run; nobody
 * promised how that ends (address_space_destroy).
 * expect: use-after-free
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    AddressSpace *as = space_new(root, "space");

    address_space_destroy(as);
    g_free(as);
    drain();
    owner_unref(d0);
}
