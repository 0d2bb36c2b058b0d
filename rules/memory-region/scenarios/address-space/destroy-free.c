/*
 * An address space on the heap is destroyed and freed in one.
 *
 * contract: required
 * because: address_space_destroy_free does the same as address_space_destroy, and frees the address
 * space afterwards.
 * needs: address_space_destroy_free
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init_io(d0, "A", 0x1000);
    AddressSpace *as = space_new(root, "space");

    owner_unref(d0);
    address_space_destroy_free(as);
    topology_change();
    settle();
    lifecycle_expect(owner_gone(0));
}
