/*
 * The RAM behind an alias is found, and is not held by it.
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
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *c = region_init_ram(d1, "C", 0x200);
    MemoryRegion *b = region_storage(d2);

    memory_region_init_alias(b, OBJECT(d2), "B", c, 0x100, 0x100);
    region_track(b, d2, "B");
    lifecycle_expect((char *)memory_region_get_ram_ptr(b) == (char *)memory_region_get_ram_ptr(c) + 0x100);
    owner_unref(d2);
    owner_unref(d1);
}
