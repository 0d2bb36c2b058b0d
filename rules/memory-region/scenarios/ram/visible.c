/*
 * RAM that is visible is removed while somebody reads.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use;
 * afterwards it dies with its last reference, and the region with it (docs/devel/memory.rst, Region
 * lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    AddressSpace *as = space_new(root, "space");
    char *host;

    memory_region_add_subregion(root, 0, b);
    drain();
    rcu_read_lock();
    host = memory_region_get_ram_ptr(b);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    host[0] = 1;
    lifecycle_expect(!owner_gone(1));
    rcu_read_unlock();
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
