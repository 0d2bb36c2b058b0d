/*
 * A region moves from a container of another owner to one of its own owner.
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
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x100);
    MemoryRegion *c = region_init(d2, "C", 0x1000);

    memory_region_add_subregion(c, 0, b);
    memory_region_del_subregion(c, b);
    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
    owner_unref(d2);
}
