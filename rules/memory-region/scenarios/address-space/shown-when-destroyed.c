/*
 * An address space is destroyed while it shows a region, and nothing changes afterwards.
 *
 * contract: tolerated
 * because: Nobody promised when views that no address space uses any more are forgotten.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init_io(d0, "A", 0x1000);
    AddressSpace *as = space_new(root, "space");

    address_space_destroy(as);
    drain();
    g_free(as);
    owner_unref(d0);
}
