/*
 * An owner removes a region of its own from another's container in its instance_finalize.
 *
 * contract: required
 * because: A container holds what it contains, so this instance_finalize only runs when nobody contains
 * the region any more.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

/* The owner's instance_finalize. */
static void look(Owner *owner)
{
    lifecycle_expect(!memory_region_is_mapped(&owner->regions[0]));
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d2, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x100);

    memory_region_add_subregion(a, 0, b);
    owner_at_finalize(d1, look);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(0));
    memory_region_ref(b);
    memory_region_del_subregion(a, b);
    memory_region_unref(b);
    lifecycle_expect(owner_gone(0));
    owner_unref(d2);
}
