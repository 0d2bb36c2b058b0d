/*
 * A region contains another of the same owner; the container is finalized first.
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
    MemoryRegion *a = region_init(d1, "A0", 0x1000);
    MemoryRegion *b = region_init(d1, "B0", 0x1000);

    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
}
