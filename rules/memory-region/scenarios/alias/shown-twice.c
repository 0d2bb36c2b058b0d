/*
 * A region is shown directly and by an alias; either is taken out first.
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
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *b = region_init_alias(d1, "B", c, 0x100);
    AddressSpace *as = space_new(root, "space");
    bool alias_first = lifecycle_choose(2, "what is taken out first") == 1;

    memory_region_add_subregion(root, 0, c);
    memory_region_add_subregion(root, 0x400, b);
    drain();
    owner_unref(d1);
    memory_region_del_subregion(root, alias_first ? b : c);
    drain();
    lifecycle_expect(!owner_gone(1));
    memory_region_del_subregion(root, alias_first ? c : b);
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
