/*
 * A region moves whose owner is held by the container only.
 *
 * contract: required
 * because: While it is in a container a region is held by it, moving included (memory_region_set_address).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);

    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(1));
    memory_region_set_address(b, 0x200);
    lifecycle_expect(!owner_gone(1) && b->addr == 0x200 && b->container == a);
    /* The last reference is better not dropped by del_subregion. */
    owner_ref(d1);
    memory_region_del_subregion(a, b);
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    owner_unref(d0);
}
