/*
 * Taking and dropping a reference on a region leaves the count of its owner as it was.
 *
 * contract: required
 * because: A region is kept alive by references on its owner.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);

    memory_region_ref(a);
    lifecycle_expect(OBJECT(d1)->ref == 2);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(0));
    memory_region_unref(a);
    lifecycle_expect(owner_gone(0));
}
