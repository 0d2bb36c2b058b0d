/*
 * A region is visible in two address spaces by an alias; each is destroyed on its own.
 *
 * contract: required
 * because: Once an address space is destroyed and its readers are gone, the reference on its root is
 * dropped (address_space_destroy).
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
    MemoryRegion *a = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x1000);
    MemoryRegion *c = region_init_io(d2, "C", 0x100);
    MemoryRegion *w = region_init_alias(d1, "W", c, 0x100);
    AddressSpace *first = space_new(a, "first");
    AddressSpace *second = space_new(b, "second");

    memory_region_add_subregion(a, 0, c);
    memory_region_add_subregion(b, 0x800, w);
    drain();
    memory_region_del_subregion(a, c);
    space_destroy(first);
    owner_unref(d2);
    lifecycle_expect(!owner_gone(2));
    lifecycle_expect(memory_region_present(b, 0x800));
    memory_region_del_subregion(b, w);
    drain();
    lifecycle_expect(owner_gone(2));
    space_destroy(second);
    owner_unref(d1);
    owner_unref(d0);
}
