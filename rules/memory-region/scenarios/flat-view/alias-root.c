/*
 * The root of an address space is an alias of all of another region; both owners go after it.
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
    MemoryRegion *c = region_init_io(d1, "C", 0x1000);
    MemoryRegion *root = region_init_alias(d0, "A", c, 0x1000);
    AddressSpace *as = space_new(root, "space");

    drain();
    space_destroy(as);
    owner_unref(d0);
    lifecycle_expect(owner_gone(0));
    owner_unref(d1);
    settle();
    lifecycle_expect(owner_gone(1));
}
