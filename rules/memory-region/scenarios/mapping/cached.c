/*
 * A range is kept for many accesses: it holds its region, and the view that it was found in, until it is given
 * back.
 *
 * contract: required
 * because: A cache of a range stays usable until it is destroyed (address_space_cache_init,
 * address_space_cache_destroy), and what is in use keeps its owner alive.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *root = region_init(d0, "A", 0x10000);
    MemoryRegion *ram = region_init_ram(d1, "B", 0x1000);
    MemoryRegion *other = region_init_io(d2, "C", 0x1000);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionCache cache;

    memory_region_add_subregion(root, 0, ram);
    memory_region_add_subregion(root, 0x1000, other);
    drain();
    lifecycle_expect(address_space_cache_init(&cache, as, 0, 0x100, true) == 0x100);
    memory_region_del_subregion(root, ram);
    memory_region_del_subregion(root, other);
    owner_unref(d1);
    owner_unref(d2);
    drain();
    lifecycle_expect(!owner_gone(1) && !owner_gone(2));
    address_space_cache_invalidate(&cache, 0, 4);
    address_space_cache_destroy(&cache);
    drain();
    lifecycle_expect(owner_gone(1) && owner_gone(2));
    space_destroy(as);
    owner_unref(d0);
}
