/*
 * Three levels of one owner; the innermost is finalized first.
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
    MemoryRegion *b = region_init(d1, "B1", 0x1000);
    MemoryRegion *c = region_init(d1, "C0", 0x1000);

    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(b, 0, c);
    owner_unref(d1);
}
