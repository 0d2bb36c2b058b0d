/*
 * A region that is visible moves within its container after its owner was dropped.
 *
 * contract: required
 * because: memory_region_set_address moves a region; the owner stays alive as long as the region is
 * visible.
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
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, b);
    owner_unref(d1);
    memory_region_set_address(b, 0x400);
    drain();
    lifecycle_expect(memory_region_present(root, 0x400));
    memory_region_set_address(b, 0x400);
    memory_region_del_subregion(root, b);
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
