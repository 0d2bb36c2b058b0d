/*
 * A container of nobody contains another owner's region, and is freed.
 *
 * contract: required
 * because: A container or an alias may be unparented at any time; 10.2 advises against it, and keeps
 * the exception (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_new_unowned();
    MemoryRegion *b = region_init(d1, "B", 0x100);

    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(0));
    region_free(a);
    lifecycle_expect(owner_gone(0));
}
