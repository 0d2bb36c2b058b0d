/*
 * The owner of a root is dropped first; it goes when the address space is destroyed.
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
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    AddressSpace *as = space_new(root, "space");

    owner_unref(d0);
    lifecycle_expect(!owner_gone(0));
    space_destroy(as);
    lifecycle_expect(owner_gone(0));
}
