/*
 * Two owners' regions share a page, and go in either order while a reader may look at both.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use; afterwards it
 * dies with its last reference, and the region with it (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define HALF 0x800

static MemoryRegion *root, *low, *high;

static void drop(Owner *owner, MemoryRegion *mr)
{
    memory_region_del_subregion(root, mr);
    owner_unref(owner);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    AddressSpace *as;
    uint32_t value = 1;

    root = region_init(d0, "A", 0x10000);
    low = region_init_io(d1, "B", HALF);
    high = region_init_io(d2, "C", HALF);
    as = space_new(root, "space");
    memory_region_add_subregion(root, 0, low);
    memory_region_add_subregion(root, HALF, high);
    drain();
    lifecycle_expect(address_space_read(as, HALF, MEMTXATTRS_UNSPECIFIED, &value, 4) == MEMTX_OK && value == 0);
    rcu_read_lock();
    if (lifecycle_choose(2, "which goes first") == 0) {
        drop(d1, low);
        drop(d2, high);
    } else {
        drop(d2, high);
        drop(d1, low);
    }
    lifecycle_expect(!owner_gone(1) && !owner_gone(2));
    rcu_read_unlock();
    drain();
    lifecycle_expect(owner_gone(1) && owner_gone(2));
    space_destroy(as);
    owner_unref(d0);
}
