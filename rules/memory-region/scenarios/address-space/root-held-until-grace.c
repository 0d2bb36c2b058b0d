/*
 * A reader delays the end of a destroyed address space, and with it that of its root.
 *
 * contract: required
 * because: Destruction of an address space is done by RCU; the reference on its root is dropped with it
 * (address_space_destroy).
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

    rcu_read_lock();
    address_space_destroy(as);
    owner_unref(d0);
    lifecycle_expect(!owner_gone(0));
    rcu_read_unlock();
    drain();
    topology_change();
    drain();
    lifecycle_expect(owner_gone(0));
    g_free(as);
}
