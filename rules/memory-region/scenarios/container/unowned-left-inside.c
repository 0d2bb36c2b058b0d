/*
 * An owner goes while a region of nobody is in its container.
 *
 * contract: required
 * because: A container lets go of what it contains when it is finalized (docs/devel/memory.rst, Region
 * lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_new_unowned();

    memory_region_add_subregion(a, 0, b);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
    lifecycle_expect(!memory_region_is_mapped(b));
    region_free(b);
}
