/*
 * Nothing in the memory map changes after an address space was destroyed.
 *
 * contract: tolerated
 * because: Nobody promised when views that no address space uses any more are forgotten.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d0, "B", 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, b);
    memory_region_del_subregion(root, b);
    address_space_destroy(as);
    drain();
    g_free(as);
    owner_unref(d0);
}
