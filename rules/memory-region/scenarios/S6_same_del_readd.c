/*
 * Same owner; the child is removed and added again.
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
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x1000);

    memory_region_add_subregion(a, 0, b);
    memory_region_del_subregion(a, b);
    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
}
