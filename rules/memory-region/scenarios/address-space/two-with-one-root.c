/*
 * Two address spaces share a root; each is destroyed on its own.
 *
 * contract: required
 * because: An address space holds its root and what it shows; both are let go of once it is destroyed
 * and its readers are gone.
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
    AddressSpace *first = space_new(root, "first");
    AddressSpace *second = space_new(root, "second");

    memory_region_add_subregion(root, 0, b);
    drain();
    space_destroy(first);
    lifecycle_expect(memory_region_present(root, 0));
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(second);
    owner_unref(d0);
}
