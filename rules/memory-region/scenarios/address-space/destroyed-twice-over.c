/*
 * Two address spaces with one root are destroyed before either has ended.
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
    MemoryRegion *root = region_init_io(d0, "A", 0x1000);
    AddressSpace *first = space_new(root, "first");
    AddressSpace *second = space_new(root, "second");

    owner_unref(d0);
    address_space_destroy(first);
    address_space_destroy(second);
    topology_change();
    settle();
    lifecycle_expect(owner_gone(0));
    g_free(first);
    g_free(second);
}
