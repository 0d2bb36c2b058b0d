/*
 * An alias in a container, all of one owner; the alias's target is finalized last.
 *
 * contract: required
 * because: A memory region is destroyed when the object that owns it dies; adding it to a container is
 * no reason to outlive the owner.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A1", 0x1000);
    MemoryRegion *b = region_init_alias(d1, "B5", &d1->regions[2], 0x1000);

    region_init(d1, "C0", 0x1000);
    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
}
