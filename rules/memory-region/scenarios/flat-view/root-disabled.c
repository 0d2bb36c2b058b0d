/*
 * The root of an address space is disabled and enabled again while its owner is dropped.
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
    MemoryRegion *root = region_init_io(d0, "A", 0x1000);
    AddressSpace *as = space_new(root, "space");

    memory_region_set_enabled(root, false);
    drain();
    owner_unref(d0);
    lifecycle_expect(!owner_gone(0));
    memory_region_set_enabled(root, true);
    drain();
    space_destroy(as);
    settle();
    lifecycle_expect(owner_gone(0));
}
