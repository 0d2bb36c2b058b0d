/*
 * Nothing is found in a region that no address space shows.
 *
 * contract: tolerated
 * because: Nobody promised what a search finds in a region that no address space contains.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init_io(d2, "B", 0x100);
    MemoryRegionSection section;

    memory_region_add_subregion(a, 0, b);
    section = memory_region_find(a, 0, 4);
    lifecycle_expect(section.mr == NULL);
    owner_unref(d2);
    owner_unref(d1);
}
