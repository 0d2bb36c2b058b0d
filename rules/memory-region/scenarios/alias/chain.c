/*
 * An alias of an alias shows a region; all three have owners of their own.
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
    Owner *d2 = owner_new("D2");
    Owner *d3 = owner_new("D3");
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *middle = region_init_alias(d2, "M", c, 0x100);
    MemoryRegion *outer = region_init_alias(d3, "O", middle, 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, outer);
    lifecycle_expect(memory_region_present(root, 0));
    memory_region_del_subregion(root, outer);
    lifecycle_expect(!memory_region_is_mapped(middle));
    lifecycle_expect(!memory_region_is_mapped(c));
    drain();
    owner_unref(d3);
    owner_unref(d2);
    owner_unref(d1);
    lifecycle_expect(owner_gone(1) && owner_gone(2) && owner_gone(3));
    space_destroy(as);
    owner_unref(d0);
}
