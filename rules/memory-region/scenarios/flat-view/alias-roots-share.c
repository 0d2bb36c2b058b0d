/*
 * An address space shows a region, another an alias of all of it: they share a view.
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
    AddressSpace *direct = space_new(c, "direct");
    AddressSpace *window = space_new(root, "window");

    space_destroy(direct);
    lifecycle_expect(!owner_gone(1));
    space_destroy(window);
    owner_unref(d0);
    owner_unref(d1);
    settle();
    lifecycle_expect(owner_gone(0) && owner_gone(1));
}
