/*
 * The storage of a destroyed address space is used for another one.
 *
 * contract: required
 * because: Once an address space is destroyed and its readers are gone, the reference on its root is
 * dropped (address_space_destroy).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static AddressSpace space;

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_io(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x1000);

    address_space_init(&space, a, "first");
    address_space_destroy(&space);
    topology_change();
    settle();
    owner_unref(d0);
    lifecycle_expect(owner_gone(0));
    address_space_init(&space, b, "second");
    address_space_destroy(&space);
    topology_change();
    drain();
    owner_unref(d1);
}
